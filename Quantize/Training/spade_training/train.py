"""Training of generator, encoder and discriminators, as in the paper, with what a short run needs.

Scenes are procedural, so the picture of (layout, mood) is known even when the style comes from another layout
in the same mood: then style learns to carry the mood and not the content. The mood itself is known too: most
samples are painted with the style vector that stands for it, and the encoder, which `teach` has taught those,
stays as it is. For photos some styles are drawn at random; for those only the discriminators judge.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from . import losses, segment, team
from .networks import CELL, Discriminator, Encoder, Generator, Shape, one_hot
from .pool import Pool
from .state import load, note, save
from .team import Team

NOTE_EVERY = 20  # iterations between lines of progress


@dataclass(frozen=True)
class Settings:
    """How to train; `crop` and `batch` may change from one stretch of a run to the next."""

    iterations: int
    crop: int = 128  # pixels, a multiple of CELL
    batch: int = 8
    warmup: int = 400  # iterations before the discriminators join
    generator_rate: float = 8e-4
    discriminator_rate: float = 8e-4
    decay: float = 0.4  # share of the run at whose end rates have fallen to a tenth
    average: float = 0.995  # weight of the past in the averaged generator
    own_style: float = 0.25  # share of samples styled by their own picture
    drawn_style: float = 0.2  # share of samples with a random style
    taught_style: float = 0.7  # share of samples with their mood's style, where the mood is known
    matching: float = 8.0
    coarse: float = 8.0
    perceptual: float = 5.0
    texture: float = 3.0
    divergence: float = 0.005
    divergence_ramp: int = 3000  # iterations until it has its full weight
    ndf: int = 24
    seed: int = 1


@dataclass
class Batch:
    """Samples in three groups: first those styled by the encoder, then by their mood, last by chance."""

    pictures: torch.Tensor  # crops, −1 … 1
    labels: torch.Tensor  # of the crops, int64
    styles: torch.Tensor  # whole pictures that lend their style to the first group
    moods: torch.Tensor | None  # the styles that their moods stand for [known, z_dim], where they are known
    known: int  # samples of the first two groups: those whose picture should come out
    cells: tuple[int, int]  # where the crops lie
    seed: int

    @staticmethod
    def of(
        pool: Pool, settings: Settings, z_dim: int, iteration: int, device: str = "cpu", member: int = 0
    ) -> "Batch":
        rng = np.random.default_rng([settings.seed, iteration, member])
        # The picture of any style is known where moods are, so none needs to be judged without it.
        judged = not pool.has_moods and iteration >= settings.warmup
        drawn = round(settings.batch * settings.drawn_style) if judged else 0
        known = settings.batch - drawn
        encoded = max(1, known - round(settings.batch * settings.taught_style)) if pool.has_moods else known
        cells = tuple(int(c) for c in rng.integers(0, (pool.size - settings.crop) // CELL + 1, 2))
        rows, columns = (slice(c * CELL, c * CELL + settings.crop) for c in cells)
        indices = [int(index) for index in rng.integers(0, len(pool), settings.batch)]
        styles = [pool[pool.style_of(index, rng, settings.own_style)][0] for index in indices[:encoded]]
        moods = [pool.mood_style(index, z_dim) for index in indices[:known]] if pool.has_moods else []
        return Batch(
            segment.as_tensor(np.stack([pool[index][0][rows, columns] for index in indices]), device),
            torch.from_numpy(np.stack([pool[index][1][rows, columns] for index in indices]))
            .to(device)
            .long(),
            segment.as_tensor(np.stack(styles), device),
            torch.from_numpy(np.stack(moods)).to(device) if moods else None,
            known,
            cells,
            int(rng.integers(1 << 31)),
        )


class Trainer:
    """The networks, their optimisers and the averaged generator."""

    def __init__(
        self, shape: Shape, settings: Settings, segmenter: segment.Segmenter, device: str, team: Team = Team()
    ):
        self.shape, self.settings, self.device, self.team = shape, settings, device, team
        self.segmenter = segmenter.to(device)
        torch.manual_seed(settings.seed)

        def made(network):
            return network.to(device, memory_format=torch.channels_last)

        self.generator, self.encoder = made(Generator(shape)), made(Encoder(shape))
        self.discriminator = made(Discriminator(shape.class_count, settings.ndf))
        self.averaged = made(Generator(shape))
        self.averaged.load_state_dict(self.generator.state_dict())
        self.averaged_encoder = made(Encoder(shape))
        self.averaged_encoder.load_state_dict(self.encoder.state_dict())
        painters = [*self.generator.parameters(), *self.encoder.parameters()]
        self.painting = torch.optim.Adam(painters, settings.generator_rate, betas=(0.5, 0.99))
        self.judging = torch.optim.Adam(
            self.discriminator.parameters(), settings.discriminator_rate, betas=(0.5, 0.99)
        )
        self.iteration = 0

    PARTS = ("generator", "encoder", "discriminator", "averaged", "averaged_encoder", "painting", "judging")

    def state(self) -> dict:
        state = {name: getattr(self, name).state_dict() for name in self.PARTS}
        return state | {"iteration": self.iteration, "shape": self.shape.to_dict()}

    def restore(self, state: dict):
        for name in self.PARTS:
            getattr(self, name).load_state_dict(state[name])
        self.iteration = state["iteration"]

    def step(self, batch: Batch) -> dict[str, float]:
        """One step of the generator with the encoder, then one of the discriminators. Returns the losses."""
        settings = self.settings
        self._set_rates()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(batch.seed)
            noise = torch.randn(len(batch.labels), self.shape.z_dim).to(self.device)
        encoded, known = len(batch.styles), batch.known
        parts = {}
        if batch.moods is None:
            mean, log_variance = self.encoder(batch.styles)
            z = [mean + (log_variance / 2).exp() * noise[:encoded], noise[known:]]
            # A style that is costly from the start is never used.
            weight = settings.divergence * min(1.0, (self.iteration + 1) / settings.divergence_ramp)
            parts["divergence"] = losses.divergence(mean, log_variance) * weight
        else:
            with torch.no_grad():
                mean, _ = self.encoder.eval()(batch.styles)
            z = [mean, batch.moods[encoded:] + 0.1 * noise[encoded:known], noise[known:]]
        fake = self.generator(batch.labels, torch.cat(z), batch.cells)
        found, wanted = fake[:known], batch.pictures[:known]
        parts["coarse"] = losses.coarse(found, wanted) * settings.coarse
        perceptual, texture = losses.seen(self.segmenter, found, wanted)
        parts["perceptual"] = perceptual * settings.perceptual
        parts["texture"] = texture * settings.texture
        pulls = [(sum(parts.values()), None)]
        if self.iteration >= settings.warmup:
            judgement, pull = self._judge(batch, fake)
            parts |= judgement
            pulls.append((fake, pull))
        self.painting.zero_grad(set_to_none=True)
        torch.autograd.backward(*zip(*pulls))
        self._share(self.painting)
        self.painting.step()
        self.iteration += 1
        self._average(self.averaged, self.generator)
        self._average(self.averaged_encoder, self.encoder)
        return {name: part.item() for name, part in parts.items()}

    def _judge(self, batch: Batch, fake: torch.Tensor):
        """Trains the discriminators on `fake` and the pictures.

        Returns losses, and the gradient of the generator's losses by `fake`: one pass serves both sides.
        """
        settings = self.settings
        map_ = one_hot(batch.labels, self.shape.class_count)
        leaf = fake.detach().requires_grad_()
        seen, wanted = self.discriminator(map_, leaf), self.discriminator(map_, batch.pictures)
        parts = {"adversarial": losses.hinge_generator(seen)}
        known = ([[feature[: batch.known] for feature in scale] for scale in side] for side in (seen, wanted))
        parts["matching"] = losses.feature_matching(*known) * settings.matching
        (pull,) = torch.autograd.grad(sum(parts.values()), leaf, retain_graph=True)
        parts["discriminator"] = losses.hinge_discriminator(seen, wanted)
        self.judging.zero_grad(set_to_none=True)
        parts["discriminator"].backward()
        self._share(self.judging)
        self.judging.step()
        return parts, pull

    def _share(self, optimizer: torch.optim.Optimizer):
        """Makes the gradients of a team, and what its generators saw of their tensors, one."""
        gradients = [p.grad for g in optimizer.param_groups for p in g["params"] if p.grad is not None]
        seen = [b for n, b in self.generator.named_buffers() if ".running_" in n]
        self.team.average(gradients + (seen if optimizer is self.painting else []))

    def _set_rates(self):
        settings = self.settings
        left = (settings.iterations - self.iteration) / max(1, settings.iterations * settings.decay)
        factor = 0.1 + 0.9 * min(1.0, max(0.0, left))
        self.painting.param_groups[0]["lr"] = settings.generator_rate * factor
        self.judging.param_groups[0]["lr"] = settings.discriminator_rate * factor

    @torch.no_grad()
    def _average(self, averaged, current):
        keep = min(self.settings.average, self.iteration / (self.iteration + 10))
        kept, values = averaged.state_dict(), current.state_dict()
        # The vectors of spectral norm follow their weights; averaging them would shorten them.
        mixed = [n for n, v in values.items() if v.is_floating_point() and not n.endswith(("_u", "_v"))]
        torch._foreach_lerp_([kept[n] for n in mixed], [values[n] for n in mixed], 1 - keep)
        for name in values.keys() - set(mixed):
            kept[name].copy_(values[name])

    @torch.no_grad()
    def sheet(self, pool: Pool, path: Path):
        """Four layouts of the last shard, a row each: their picture, four styles, two drawn styles."""
        generator, encoder = self.averaged.eval(), self.averaged_encoder.eval()
        pick = [len(pool) - 1 - 8 * k for k in range(4)]
        pictures = np.stack([pool[k][0] for k in pick])
        labels = torch.from_numpy(np.stack([pool[k][1] for k in pick])).long().to(self.device)
        styles, _ = encoder(segment.as_tensor(pictures, self.device))
        drawn = torch.from_numpy(
            np.random.default_rng(3).standard_normal((2, self.shape.z_dim)).astype(np.float32)
        )
        columns = [pictures]
        for z in [*styles, *drawn.to(self.device)]:
            columns.append(segment.as_pictures(generator(labels, z.expand(4, -1))))
        sheet = np.concatenate([np.concatenate(list(column)) for column in columns], 1)
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(sheet).save(path)


def run(
    folder: Path,
    pool: Pool,
    shape: Shape,
    settings: Settings,
    sheet_every: int = 200,
    save_every: int = 50,
    threads: int = 1,
):
    """Trains in `folder` from its checkpoint, where there is one, to `settings.iterations`.

    Without a GPU `threads` processes share each batch, which has at least one sample for each.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    size = 1 if device == "cuda" else min(threads, settings.batch)
    settings = replace(settings, batch=settings.batch // size)
    places = pool.folder, pool.found
    team.run(size, _advance, folder, places, shape, settings, sheet_every, save_every, device)


def _advance(
    team: Team,
    folder: Path,
    places: tuple[Path, Path | None],
    shape: Shape,
    settings: Settings,
    sheet_every: int,
    save_every: int,
    device: str,
):
    torch.set_float32_matmul_precision("high")
    # Opened anew: a pool that travels to another process travels whole.
    pool = Pool(*places)
    checkpoint = folder / "checkpoint.pt"
    trainer = Trainer(shape, settings, segment.read(folder / "segmenter.pt"), device, team)
    if checkpoint.exists():
        trainer.restore(load(checkpoint))
        if team.leads:
            note(f"resumed at iteration {trainer.iteration}")
    if pool.has_moods and (folder / "encoder.pt").exists():
        for encoder in (trainer.encoder, trainer.averaged_encoder):
            encoder.load_state_dict(load(folder / "encoder.pt")["encoder"])
    sums: dict[str, float] = {}
    with ThreadPoolExecutor(1) as ahead:

        def batch_of(iteration: int):
            return ahead.submit(Batch.of, pool, settings, shape.z_dim, iteration, device, team.rank)

        upcoming = batch_of(trainer.iteration)
        while trainer.iteration < settings.iterations:
            batch = upcoming.result()
            if trainer.iteration % NOTE_EVERY == 0:
                pool.refresh()
            upcoming = batch_of(trainer.iteration + 1)
            for name, value in trainer.step(batch).items():
                sums[name] = sums.get(name, 0) + value
            done, last = trainer.iteration, trainer.iteration == settings.iterations
            if not team.leads:
                continue
            if done % NOTE_EVERY == 0:
                means = " ".join(f"{name} {total / NOTE_EVERY:.3f}" for name, total in sums.items())
                note(f"{done}/{settings.iterations} {means}")
                sums = {}
            if done % save_every == 0 or last:
                save(checkpoint, trainer.state())
            if done % sheet_every == 0 or last:
                trainer.sheet(pool, folder / "sheets" / f"{done:06d}.png")
