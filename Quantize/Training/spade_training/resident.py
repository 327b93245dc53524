"""A pool that lies whole in the device's memory: batches are gathered, mirrored and drawn there.

Nothing crosses the bus in a step but a few indices.
"""

import numpy as np
import torch

from .batch import Batch, Settings
from .networks import CELL
from .pool import SHARD_COUNT, Pool


class Resident:
    """The first `capacity` pictures of a pool of scenes, as uint8, with every map of each and its styles."""

    def __init__(self, pool: Pool, z_dim: int, device: str, capacity: int | None = None):
        if not pool.has_moods:
            raise SystemExit("Photos have no known mood; train on them without --resident.")
        self.pool, self.z_dim, self.device = pool, z_dim, device
        capacity = -(-(capacity or len(pool)) // SHARD_COUNT) * SHARD_COUNT
        size, drawn = pool.size, 0 if pool.drawings[0] is None else pool.drawings[0].shape[1]
        self.pictures = torch.empty(capacity, size, size, 3, dtype=torch.uint8, device=device)
        # The exact map, then the drawings.
        self.maps = torch.empty(capacity, 1 + drawn, size, size, dtype=torch.uint8, device=device)
        # As it is, and mirrored.
        self.styles = torch.empty(capacity, 2, z_dim, device=device)
        self.count = 0
        self.take()

    def take(self, shards: int | None = None) -> int:
        """Copies shards that are new in the pool, at most `shards`; returns how many pictures there are."""
        self.pool.refresh()
        last = min(len(self.pool), len(self.pictures)) // SHARD_COUNT
        first = self.count // SHARD_COUNT
        for shard in range(first, last if shards is None else min(last, first + shards)):
            rows = slice(shard * SHARD_COUNT, (shard + 1) * SHARD_COUNT)
            self.pictures[rows].copy_(torch.from_numpy(np.array(self.pool.pictures[shard])))
            self.maps[rows, 0].copy_(torch.from_numpy(np.array(self.pool.labels[shard])))
            if self.maps.shape[1] > 1:
                drawings = self.pool.drawings[shard]
                if drawings is None:
                    drawings = np.array(self.pool.labels[shard])[:, None].repeat(self.maps.shape[1] - 1, 1)
                self.maps[rows, 1:].copy_(torch.from_numpy(np.array(drawings)))
            styles = [
                [self.pool.mood_style(k, self.z_dim, mirrored) for mirrored in (False, True)]
                for k in range(rows.start, rows.stop)
            ]
            self.styles[rows].copy_(torch.from_numpy(np.array(styles)))
            self.count = rows.stop
        return self.count

    def batch(self, settings: Settings, iteration: int) -> Batch:
        """A batch as `Batch.of` makes it, half of it mirrored."""
        rng = np.random.default_rng([settings.seed, iteration, 0])
        count, size = settings.batch, self.pool.size
        encoded = count - round(count * settings.taught_style)
        indices = rng.integers(0, self.count, count)
        lenders = [self.pool.style_of(int(k), rng, settings.own_style) for k in indices[:encoded]]
        mirrored = rng.random(count) < 0.5
        maps = 1 + rng.integers(0, max(1, self.maps.shape[1] - 1), count)
        maps = np.where((rng.random(count) < settings.doodled) & (self.maps.shape[1] > 1), maps, 0)
        cells = tuple(int(c) for c in rng.integers(0, (size - settings.crop) // CELL + 1, 2))
        rows, columns = (slice(c * CELL, c * CELL + settings.crop) for c in cells)
        numbers = np.stack([indices, maps, mirrored.astype(np.int64)])
        which, map_, flip = torch.from_numpy(numbers).to(self.device, non_blocking=True)
        lent = torch.tensor(lenders, dtype=torch.int64, device=self.device)

        def turned(values: torch.Tensor, flip: torch.Tensor) -> torch.Tensor:
            """Mirrors [N, …, W] where `flip` is not 0."""
            turn = flip.bool().view(-1, *[1] * (values.ndim - 1))
            return torch.where(turn, values.flip(-1), values)

        def values(pictures: torch.Tensor) -> torch.Tensor:
            shown = pictures.float() / 127.5 - 1
            return shown.contiguous(memory_format=torch.channels_last)

        pictures = turned(self.pictures[which].permute(0, 3, 1, 2), flip)
        styles = turned(self.pictures[lent].permute(0, 3, 1, 2), flip[:encoded])
        return Batch(
            values(pictures[:, :, rows, columns]),
            turned(self.maps[which, map_], flip)[:, rows, columns].long(),
            values(styles),
            self.styles[which, flip],
            map_ > 0,
            count,
            cells,
            int(rng.integers(1 << 31)),
        )
