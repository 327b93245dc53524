"""Teaching the encoder the moods of scenes, before and apart from the generator: plain regression.

Where there is a generator already, it can be taught through it too: what counts then is the picture that comes of a
style.
"""

from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from . import losses
from .networks import CELL, Encoder, Generator, Shape
from .paintings import Paintings
from .pool import SHARD_COUNT, Pool
from .segment import as_tensor
from .state import Clock, load, note, save

NOTE_EVERY = 50  # iterations
_CROP = 4 * CELL  # of what is painted to learn from
_COLOURS, _LIGHT = 4.0, 4.0  # weights of the losses of what is painted


def taught(run: Path) -> dict[str, torch.Tensor] | None:
    """The weights of the encoder that was taught apart, where there is one."""
    path = run / "encoder.pt"
    return load(path)["encoder"] if path.exists() else None


def explained(encoder: Encoder, pool: Pool, z_dim: int, device: str) -> float:
    """Share of the variance of the first 20 style numbers that the encoder explains on the last shard.

    Those numbers hold all but half a percent of what moods differ in.
    """
    indices = range(len(pool) - SHARD_COUNT, len(pool), 2)
    with torch.no_grad():
        mean, _ = encoder.eval()(as_tensor(np.stack([pool[k][0] for k in indices]), device))
    encoder.train()
    wanted = np.stack([pool.mood_style(k, z_dim) for k in indices])[:, :20]
    error = ((mean.cpu().numpy()[:, :20] - wanted) ** 2).mean()
    return float(1 - error / (wanted**2).mean())


def _painted(
    pool: Pool,
    generator: Generator,
    found: torch.Tensor,
    wanted: torch.Tensor,
    lenders: torch.Tensor,
    rng: np.random.Generator,
) -> torch.Tensor:
    """How far layouts in the styles `found` are from the same in the styles `wanted`, painted both.

    And how far their mean brightness is from that of the pictures the styles were taken of: a bright photo should give
    a bright picture.
    """
    crop = min(_CROP, pool.size)
    cells = tuple(int(c) for c in rng.integers(0, (pool.size - crop) // CELL + 1, 2))
    rows, columns = (slice(c * CELL, c * CELL + crop) for c in cells)
    indices = rng.integers(0, len(pool), len(found))
    labels = torch.from_numpy(np.stack([pool[int(k)][1][rows, columns] for k in indices])).to(found.device).long()
    with torch.no_grad():
        target = generator(labels, wanted, cells).float()
    painted = generator(labels, found, cells).float()
    light = functional.l1_loss(painted.mean((1, 2, 3)), lenders.mean((1, 2, 3)))
    return _COLOURS * losses.coarse(painted, target) + _LIGHT * light


def train(
    pool: Pool,
    path: Path,
    shape: Shape,
    iterations: int,
    batch: int = 16,
    rate: float = 2e-3,
    seconds: float | None = None,
    generator: Generator | None = None,
):
    """Teaches from `path`, where it exists, to `iterations` or for `seconds`, and leaves the encoder there.

    The pool's last shard is left out, to be measured on, unless it is the only one. Scenes that come meanwhile are
    learned too, as an encoder that sees few moods knows only those; half of the pictures are mirrored. Where there are
    paintings beside `path`, half of each batch is of them. With a `generator` it learns from what that makes of the
    styles too.
    """
    if not pool.has_moods:
        raise SystemExit("Photos have no known mood; 'train' alone teaches the encoder then.")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    paintings = Paintings(path.parent / "paintings") if (path.parent / "paintings").exists() else None
    torch.manual_seed(1)
    encoder = Encoder(shape).to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(encoder.parameters(), rate, betas=(0.9, 0.99))
    start = 0
    if path.exists():
        state = load(path)
        encoder.load_state_dict(state["encoder"])
        if "optimizer" in state:
            optimizer.load_state_dict(state["optimizer"])
        start = state["iteration"]
    recent: list[torch.Tensor] = []
    clock = Clock(seconds, start / iterations) if seconds else None
    for iteration in range(start, iterations):
        progress = max(iteration / iterations, clock.progress if clock else 0.0)
        optimizer.param_groups[0]["lr"] = rate * (1 - 0.98 * progress)
        rng = np.random.default_rng([1, iteration, 11])
        painted = batch // 2 if paintings else 0
        indices = [int(k) for k in rng.integers(0, len(pool) - SHARD_COUNT or SHARD_COUNT, batch - painted)]
        turned = rng.random(batch - painted) < 0.5
        styles = [pool.mood_style(k, shape.z_dim, bool(t)) for k, t in zip(indices, turned)]
        pictures = [pool[k][0][:, :: -1 if t else 1] for k, t in zip(indices, turned)]
        for k in rng.integers(0, len(paintings), painted) if paintings else ():
            picture, style = paintings[int(k)]
            pictures.append(picture)
            styles.append(style)
        wanted, lenders = torch.from_numpy(np.stack(styles)).to(device), as_tensor(np.stack(pictures), device)
        mean, log_variance = encoder(lenders)
        loss = losses.lesson(mean, log_variance, wanted)
        if generator:
            loss = loss + _painted(pool, generator, mean, wanted, lenders, rng)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        recent.append(loss.detach())
        done = iteration + 1
        last = done == iterations or progress >= 1
        if done % NOTE_EVERY == 0 or last:
            share = explained(encoder, pool, shape.z_dim, device)
            note(
                f"encoder {done}: loss {torch.stack(recent).mean().item():.3f}, explains {share:.3f}"
            )
            recent.clear()
            parts = {"encoder": encoder.state_dict(), "optimizer": optimizer.state_dict(), "iteration": done}
            save(path, parts)
            pool.refresh()
        if last:
            return
