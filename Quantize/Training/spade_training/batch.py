"""How to train, and the samples of one step."""

from dataclasses import dataclass

import numpy as np
import torch

from .networks import CELL
from .pool import Pool
from .segment import as_tensor


@dataclass(frozen=True)
class Settings:
    """How to train; `crop` and `batch` may change from one stretch of a run to the next."""

    iterations: int
    crop: int = 128  # pixels, a multiple of CELL
    batch: int = 8
    warmup: int = 400  # iterations before the discriminators join
    judges_first: int = 0  # iterations after those in which the discriminators alone learn
    generator_rate: float = 8e-4
    discriminator_rate: float = 8e-4
    decay: float = 0.4  # share of the run over which rates fall to nothing, at its end
    average: float = 0.995  # weight of the past in the averaged generator
    own_style: float = 0.25  # share of samples styled by their own picture
    drawn_style: float = 0.2  # share of samples with a random style
    taught_style: float = 0.7  # share of samples with their mood's style, where the mood is known
    doodled: float = 0.5  # share of samples whose map is a drawing of the exact one
    jitter: float = 0.0  # share of samples, in batches, whose coarse labels are read off their corner
    steps: float = 1.0  # weight of what stands out on the grid of the coarsest cells
    drawn_weight: float = 0.5  # what distances from the picture count where the map is a drawing
    matching: float = 8.0
    coarse: float = 8.0
    perceptual: float = 5.0
    texture: float = 3.0
    divergence: float = 0.005
    divergence_ramp: int = 3000  # iterations until it has its full weight
    ndf: int = 24
    precision: str = "float32"  # or "bfloat16", for what the networks compute; weights stay float32
    seed: int = 1


@dataclass
class Batch:
    """Samples in three groups: first those styled by the encoder, then by their mood, last by chance."""

    pictures: torch.Tensor  # crops, −1 … 1
    labels: torch.Tensor  # of the crops, int64
    styles: torch.Tensor  # whole pictures that lend their style to the first group
    moods: torch.Tensor | None  # the styles that their moods stand for [known, z_dim], where they are known
    drawn: torch.Tensor  # whose map is a drawing, bool [N]
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
        by_chance = round(settings.batch * settings.drawn_style) if judged else 0
        known = settings.batch - by_chance
        encoded = max(1, known - round(settings.batch * settings.taught_style)) if pool.has_moods else known
        cells = tuple(int(c) for c in rng.integers(0, (pool.size - settings.crop) // CELL + 1, 2))
        rows, columns = (slice(c * CELL, c * CELL + settings.crop) for c in cells)
        indices = [int(index) for index in rng.integers(0, len(pool), settings.batch)]
        styles = [pool[pool.style_of(index, rng, settings.own_style)][0] for index in indices[:encoded]]
        drawn = rng.random(settings.batch) < settings.doodled
        which = rng.integers(0, 1 << 16, settings.batch)
        maps = [
            pool.drawing(index, int(k)) if d else pool[index][1] for index, d, k in zip(indices, drawn, which)
        ]
        moods = [pool.mood_style(index, z_dim) for index in indices[:known]] if pool.has_moods else []
        return Batch(
            as_tensor(np.stack([pool[index][0][rows, columns] for index in indices]), device),
            torch.from_numpy(np.stack([labels[rows, columns] for labels in maps])).to(device).long(),
            as_tensor(np.stack(styles), device),
            torch.from_numpy(np.stack(moods)).to(device) if moods else None,
            torch.from_numpy(drawn).to(device),
            known,
            cells,
            int(rng.integers(1 << 31)),
        )
