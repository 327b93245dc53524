"""Segmentation networks: one labels pictures and lends its features to a loss; another, the judge, measures.

The judge has other widths, another seed and scenes of its own, so that it cannot be flattered.
"""

import math
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from .pool import SHARD_COUNT, Pool
from .state import Clock, load, note, save

WIDTHS = (24, 48, 96, 128, 128)
JUDGE_WIDTHS = (32, 48, 80, 112, 160)
_JUDGED_EVERY = 4  # shards, the last of which is the judge's


def _step(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Segmenter(nn.Module):
    """A small U-Net that works at half size.

    From pictures −1 … 1 [N, 3, H, W], sides multiples of 32, to class scores [N, classes, H, W].
    """

    def __init__(self, class_count: int, widths: tuple[int, ...] = WIDTHS):
        super().__init__()
        self.class_count, self.widths = class_count, tuple(widths)
        w = self.widths
        self.down = nn.ModuleList([_step(3, w[0], stride=2)])
        for inputs, outputs in zip(w, w[1:]):
            self.down.append(nn.Sequential(_step(inputs, outputs, stride=2), _step(outputs, outputs)))
        self.up = nn.ModuleList(_step(w[k] + w[k - 1], w[k - 1]) for k in range(len(w) - 1, 0, -1))
        self.classes = nn.Conv2d(w[0], class_count, 1)

    def features(self, picture) -> list[torch.Tensor]:
        """What each level sees, finest first: at 1/2, 1/4, 1/8, 1/16 and 1/32 of the picture's side."""
        results = []
        for level in self.down:
            picture = level(picture)
            results.append(picture)
        return results

    def forward(self, picture):
        *skips, x = self.features(picture)
        for step, skip in zip(self.up, reversed(skips)):
            x = step(torch.cat([functional.interpolate(x, scale_factor=2.0, mode="nearest"), skip], 1))
        return functional.interpolate(self.classes(x), scale_factor=2.0, mode="bilinear")


def as_tensor(pictures: np.ndarray, device: str = "cpu") -> torch.Tensor:
    """uint8 [N, H, W, 3] to −1 … 1 [N, 3, H, W], channels last in memory."""
    return torch.from_numpy(np.array(pictures)).to(device).permute(0, 3, 1, 2).float() / 127.5 - 1


def as_pictures(values: torch.Tensor) -> np.ndarray:
    """−1 … 1 [N, 3, H, W] to uint8 [N, H, W, 3], truncated as the official implementation does."""
    return ((values.detach().cpu() + 1) * 127.5).clamp(0, 255).byte().permute(0, 2, 3, 1).numpy()


def _blurred(pictures):
    return functional.interpolate(functional.avg_pool2d(pictures, 2), scale_factor=2.0, mode="bilinear")


def _is_judges(index: int, shards: int) -> bool:
    return shards >= _JUDGED_EVERY and index // SHARD_COUNT % _JUDGED_EVERY == _JUDGED_EVERY - 1


def _indices(pool: Pool, rng: np.random.Generator, count: int, judge: bool) -> list[int]:
    """Pictures of the judge's shards, or of the others; of all where there are too few shards."""
    shards, found = len(pool.labels), []
    while len(found) < count:
        index = int(rng.integers(0, len(pool)))
        if shards < _JUDGED_EVERY or _is_judges(index, shards) == judge:
            found.append(index)
    return found


def _batch(pool: Pool, seed: int, iteration: int, count: int, crop: int, device: str, judge: bool):
    """Random crops, flipped; some are blurred, noisy or tinted, so that texture alone does not decide."""
    rng = np.random.default_rng([seed, iteration, 7])
    pictures, labels = [], []
    for index in _indices(pool, rng, count, judge):
        picture, label = pool[index]
        row, column = rng.integers(0, pool.size - crop + 1, 2)
        flip = slice(None, None, -1 if rng.random() < 0.5 else 1)
        pictures.append(picture[row : row + crop, column : column + crop][:, flip])
        labels.append(label[row : row + crop, column : column + crop][:, flip])
    batch = as_tensor(np.stack(pictures), device)
    chance = torch.from_numpy(rng.random((count, 1, 1, 1))).to(device)
    batch = torch.where(chance < 0.25, _blurred(batch), batch)
    tint = torch.from_numpy(rng.normal(0, 0.04, (count, 3, 1, 1)).astype(np.float32))
    dice = torch.Generator(device).manual_seed(int(rng.integers(1 << 31)))
    grain = torch.randn(batch.shape, generator=dice, device=device) * 0.04
    batch = torch.where(chance > 0.6, batch + tint.to(device) + grain, batch)
    return batch, torch.from_numpy(np.stack(labels)).to(device).long()


def _class_weights(pool: Pool, class_count: int) -> torch.Tensor:
    """Rare classes count more: by the root of how rare they are, at most three times."""
    ids = np.concatenate([np.ravel(shard) for shard in pool.labels[:8]])
    counts = np.bincount(ids, minlength=class_count)
    return torch.from_numpy(np.sqrt(counts.max() / np.maximum(counts, 1)).clip(1, 3).astype(np.float32))


def train(
    pool: Pool,
    path: Path,
    class_count: int,
    iterations: int,
    batch: int = 8,
    crop: int = 128,
    judge: bool = False,
    seconds: float | None = None,
):
    """Trains from `path`, where it exists, to `iterations` or for `seconds`, and leaves the network there."""
    device, seed = "cuda" if torch.cuda.is_available() else "cpu", 2 if judge else 1
    torch.manual_seed(seed)
    network = Segmenter(class_count, JUDGE_WIDTHS if judge else WIDTHS).to(
        device, memory_format=torch.channels_last
    )
    optimizer = torch.optim.Adam(network.parameters(), 2e-3)
    start = 0
    if path.exists():
        state = load(path)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        start = state["iteration"]
    network.train()
    weights, crop = _class_weights(pool, class_count).to(device), min(crop, pool.size)
    recent: list[torch.Tensor] = []
    clock = Clock(seconds, start / iterations) if seconds else None
    for iteration in range(start, iterations):
        progress = max(iteration / iterations, clock.progress if clock else 0.0)
        optimizer.param_groups[0]["lr"] = 2e-5 + 1e-3 * (1 + math.cos(math.pi * progress))
        pictures, labels = _batch(pool, seed, iteration, batch, crop, device, judge)
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            scores = network(pictures)
        loss = functional.cross_entropy(scores.float(), labels, weights)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        recent.append(loss.detach())
        done = iteration + 1
        last = done == iterations or progress >= 1
        if done % 50 == 0 or last:
            note(f"{path.stem} {done}: loss {torch.stack(recent).mean().item():.3f}")
            recent.clear()
            pool.refresh()
        if done % 200 == 0 or last:
            save(
                path,
                {
                    "network": network.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "iteration": done,
                    "class_count": class_count,
                    "widths": network.widths,
                },
            )
        if last:
            return


def read(path: Path) -> Segmenter:
    """The trained network, ready to label and to be differentiated through, its weights fixed."""
    state = load(path)
    network = Segmenter(state["class_count"], state.get("widths", WIDTHS)).to(
        memory_format=torch.channels_last
    )
    network.load_state_dict(state["network"])
    return network.eval().requires_grad_(False)
