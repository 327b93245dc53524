"""Training of generator, encoder and discriminators, as in the paper, with what a short run needs.

Scenes are procedural, so the picture of (layout, mood) is known even when the style comes from another layout
in the same mood: then style learns to carry the mood and not the content. The mood itself is known too: most
samples are painted with the style vector that stands for it, and the encoder, which `teach` has taught those,
stays as it is. For photos some styles are drawn at random; for those only the discriminators judge.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from . import losses, segment, teach, team
from .batch import Batch, Settings
from .drawings import coloured
from .export import read_checkpoint
from .networks import CELL, Discriminator, Encoder, Generator, Shape, one_hot
from .pool import Pool
from .state import Clock, Tally, load, note, save
from .team import Team

NOTE_EVERY = 20  # iterations between lines of progress


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
        adam = {"betas": (0.5, 0.99), "fused": device == "cuda"}
        painters = [*self.generator.parameters(), *self.encoder.parameters()]
        self.painting = torch.optim.Adam(painters, settings.generator_rate, **adam)
        self.judging = torch.optim.Adam(self.discriminator.parameters(), settings.discriminator_rate, **adam)
        self.iteration = 0
        # Where the run stands, 0 … 1: by iterations, unless `clock` tells the time.
        self.clock: Clock | None = None
        self.begun = 0.0
        self._compute = torch.bfloat16 if settings.precision == "bfloat16" else torch.float32
        if device == "cuda":
            for generator in (self.generator, self.averaged):
                generator.dense = True

    PARTS = ("generator", "encoder", "discriminator", "averaged", "averaged_encoder", "painting", "judging")

    def state(self) -> dict:
        state = {name: getattr(self, name).state_dict() for name in self.PARTS}
        return state | {
            "iteration": self.iteration,
            "progress": self.progress,
            "shape": self.shape.to_dict(),
        }

    def adopt(self, generator: Generator, encoder: Encoder):
        """Begins with a shipped model's weights, and with new discriminators."""
        for network in (self.generator, self.averaged):
            network.load_state_dict(generator.state_dict())
        for network in (self.encoder, self.averaged_encoder):
            network.load_state_dict(encoder.state_dict())

    def restore(self, state: dict):
        for name in self.PARTS:
            getattr(self, name).load_state_dict(state[name])
        self.iteration = state["iteration"]
        # A run that had ended and goes on begins anew.
        progress = state.get("progress", 0.0)
        self.begun = progress if progress < 1 else 0.0

    @property
    def progress(self) -> float:
        """Share of the run that is done, 0 … 1."""
        done = self.clock.progress if self.clock else self.iteration / max(1, self.settings.iterations)
        return min(1.0, done)

    def _autocast(self):
        return torch.autocast(self.device, self._compute, enabled=self._compute != torch.float32)

    def step(self, batch: Batch) -> dict[str, torch.Tensor]:
        """One step of the generator with the encoder, then one of the discriminators. Returns the losses."""
        settings = self.settings
        self._set_rates()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(batch.seed)
            noise = torch.randn(len(batch.labels), self.shape.z_dim).to(self.device)
            off_corner, *place = torch.rand(3).tolist()
        with self._autocast():
            z, parts = self._styles(batch, noise)
            lattice = tuple(place) if off_corner < settings.jitter else (0.0, 0.0)
            fake = self.generator(batch.labels, z, batch.cells, lattice).float()
            parts |= self._likeness(batch, fake)
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
        return {name: part.detach() for name, part in parts.items()}

    def _styles(self, batch: Batch, noise: torch.Tensor) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
        """The styles to paint a batch in, and the encoder's loss where it learns beside the generator."""
        settings, encoded, known = self.settings, len(batch.styles), batch.known
        if batch.moods is None:
            mean, log_variance = self.encoder(batch.styles)
            z = [mean + (log_variance / 2).exp() * noise[:encoded], noise[known:]]
            # A style that is costly from the start is never used.
            weight = settings.divergence * min(1.0, (self.iteration + 1) / settings.divergence_ramp)
            return torch.cat(z), {"divergence": losses.divergence(mean, log_variance) * weight}
        mean = batch.moods[:0]
        if encoded:
            with torch.no_grad():
                mean, _ = self.encoder.eval()(batch.styles)
        return torch.cat([mean, batch.moods[encoded:] + 0.1 * noise[encoded:known], noise[known:]]), {}

    def _weights(self, batch: Batch) -> torch.Tensor | None:
        """What each known sample's distance from its picture counts."""
        if not self.settings.doodled:
            return None
        return 1 - (1 - self.settings.drawn_weight) * batch.drawn[: batch.known].float()

    def _likeness(self, batch: Batch, fake: torch.Tensor) -> dict[str, torch.Tensor]:
        """How far syntheses are from their pictures, and how much the coarse grid shows in them."""
        settings, known, weights = self.settings, batch.known, self._weights(batch)
        found, wanted = fake[:known], batch.pictures[:known]
        perceptual, texture = losses.seen(self.segmenter, found, wanted, weights)
        parts = {
            "coarse": losses.coarse(found, wanted, weights) * settings.coarse,
            "perceptual": perceptual * settings.perceptual,
            "texture": texture * settings.texture,
        }
        if settings.steps:
            parts["steps"] = losses.grid_steps(fake, batch.labels, CELL) * settings.steps
        return parts

    def _judge(self, batch: Batch, fake: torch.Tensor):
        """Trains the discriminators on `fake` and the pictures.

        Returns losses, and the gradient of the generator's losses by `fake`: one pass serves both sides.
        """
        settings = self.settings
        map_ = one_hot(batch.labels, self.shape.class_count)
        leaf = fake.detach().requires_grad_()
        with self._autocast():
            seen, wanted = self.discriminator(map_, leaf), self.discriminator(map_, batch.pictures)
            parts = {"adversarial": losses.hinge_generator(seen)}
            known = (
                [[feature[: batch.known] for feature in scale] for scale in side] for side in (seen, wanted)
            )
            matching = losses.feature_matching(*known, self._weights(batch))
            parts["matching"] = matching * settings.matching
            discriminator = losses.hinge_discriminator(seen, wanted)
        (pull,) = torch.autograd.grad(sum(parts.values()), leaf, retain_graph=True)
        parts["discriminator"] = discriminator
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
        factor = min(1.0, max(0.0, (1 - self.progress) / settings.decay))
        # New discriminators would spoil a network that can paint already.
        begun = not settings.warmup <= self.iteration < settings.warmup + settings.judges_first
        self.painting.param_groups[0]["lr"] = settings.generator_rate * factor * begun
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
        """Four layouts of the last shard, a row each.

        Picture, map and what it is painted as in the picture's style; the same of a drawing; the drawing in
        two drawn styles.
        """
        generator, encoder = self.averaged.eval(), self.averaged_encoder.eval()
        pick = [len(pool) - 1 - 8 * k for k in range(4)]
        pictures = np.stack([pool[k][0] for k in pick])
        exact, drawn = np.stack([pool[k][1] for k in pick]), np.stack([pool.drawing(k, 0) for k in pick])
        styles, _ = encoder(segment.as_tensor(pictures, self.device))
        seeds = np.random.default_rng(3).standard_normal((2, self.shape.z_dim)).astype(np.float32)

        def painted(labels: np.ndarray, z: torch.Tensor) -> np.ndarray:
            map_ = torch.from_numpy(labels).long().to(self.device)
            return segment.as_pictures(generator(map_, z.expand(len(labels), -1)))

        columns = [pictures, coloured(exact), painted(exact, styles), coloured(drawn), painted(drawn, styles)]
        columns += [painted(drawn, z) for z in torch.from_numpy(seeds).to(self.device)]
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
    model: Path | None = None,
):
    """Trains in `folder` from its checkpoint, where there is one, else from `model`, to `settings.iterations`.

    Without a GPU `threads` processes share each batch, which has at least one sample for each.
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    size = 1 if device == "cuda" else min(threads, settings.batch)
    settings = replace(settings, batch=settings.batch // size)
    places = pool.folder, pool.found
    team.run(size, _advance, folder, places, shape, settings, sheet_every, save_every, device, model)


def opened(
    folder: Path,
    pool: Pool,
    shape: Shape,
    settings: Settings,
    device: str,
    team: Team,
    model: Path | None = None,
) -> Trainer:
    """A trainer as `folder` left it: from its checkpoint, or with the weights of `model`, or new.

    The encoder is the one that was taught apart, where there is one.
    """
    torch.set_float32_matmul_precision("high")
    trainer = Trainer(shape, settings, segment.read(folder / "segmenter.pt"), device, team)
    checkpoint = folder / "checkpoint.pt"
    if checkpoint.exists():
        trainer.restore(load(checkpoint))
        if team.leads:
            note(f"resumed at iteration {trainer.iteration}")
    elif model:
        trainer.adopt(*read_checkpoint(model))
        if pool.has_moods and team.leads and not (folder / "encoder.pt").exists():
            save(folder / "encoder.pt", {"encoder": trainer.encoder.state_dict(), "iteration": 0})
    if pool.has_moods:
        take_encoder(folder, trainer)
    return trainer


def take_encoder(folder: Path, trainer: Trainer):
    """Puts the encoder that was taught apart in its place, where there is one."""
    if weights := teach.taught(folder):
        for encoder in (trainer.encoder, trainer.averaged_encoder):
            encoder.load_state_dict(weights)


def _advance(
    team: Team,
    folder: Path,
    places: tuple[Path, Path | None],
    shape: Shape,
    settings: Settings,
    sheet_every: int,
    save_every: int,
    device: str,
    model: Path | None,
):
    # Opened anew: a pool that travels to another process travels whole.
    pool = Pool(*places)
    trainer = opened(folder, pool, shape, settings, device, team, model)
    tally = Tally(NOTE_EVERY)
    with ThreadPoolExecutor(1) as ahead:

        def batch_of(iteration: int):
            return ahead.submit(Batch.of, pool, settings, shape.z_dim, iteration, device, team.rank)

        upcoming = batch_of(trainer.iteration)
        while trainer.iteration < settings.iterations:
            batch = upcoming.result()
            if trainer.iteration % NOTE_EVERY == 0:
                pool.refresh()
            upcoming = batch_of(trainer.iteration + 1)
            parts = trainer.step(batch)
            done, last = trainer.iteration, trainer.iteration == settings.iterations
            if not team.leads:
                continue
            tally.add(done, parts, f"{done}/{settings.iterations}")
            if done % save_every == 0 or last:
                save(folder / "checkpoint.pt", trainer.state())
            if done % sheet_every == 0 or last:
                trainer.sheet(pool, folder / "sheets" / f"{done:06d}.png")
