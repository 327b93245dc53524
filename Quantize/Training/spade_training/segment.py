"""The segmentation network: labels pictures, lends its features to a loss, and measures consistency."""

import math
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from .pool import Pool
from .state import load, note, save


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

    WIDTHS = (24, 48, 96, 128, 128)

    def __init__(self, class_count: int):
        super().__init__()
        self.class_count = class_count
        w = self.WIDTHS
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


def _batch(pool: Pool, seed: int, iteration: int, count: int, crop: int, device: str):
    """Random crops, flipped; some are blurred, noisy or tinted, so that texture alone does not decide."""
    rng = np.random.default_rng([seed, iteration, 7])
    pictures, labels = [], []
    for index in rng.integers(0, len(pool), count):
        picture, label = pool[int(index)]
        row, column = rng.integers(0, pool.size - crop + 1, 2)
        flip = slice(None, None, -1 if rng.random() < 0.5 else 1)
        pictures.append(picture[row : row + crop, column : column + crop][:, flip])
        labels.append(label[row : row + crop, column : column + crop][:, flip])
    batch = as_tensor(np.stack(pictures), device)
    chance = torch.from_numpy(rng.random((count, 1, 1, 1))).to(device)
    batch = torch.where(chance < 0.25, _blurred(batch), batch)
    tint = torch.from_numpy(rng.normal(0, 0.04, (count, 3, 1, 1)).astype(np.float32))
    grain = torch.from_numpy(rng.standard_normal(batch.shape).astype(np.float32)) * 0.04
    batch = torch.where(chance > 0.6, batch + (tint + grain).to(device), batch)
    return batch, torch.from_numpy(np.stack(labels)).to(device).long()


def _class_weights(pool: Pool, class_count: int) -> torch.Tensor:
    """Rare classes count more: by the root of how rare they are, at most three times."""
    ids = np.concatenate([np.ravel(shard) for shard in pool.labels[:8]])
    counts = np.bincount(ids, minlength=class_count)
    return torch.from_numpy(np.sqrt(counts.max() / np.maximum(counts, 1)).clip(1, 3).astype(np.float32))


def train(
    pool: Pool, path: Path, class_count: int, iterations: int, batch: int = 8, crop: int = 128, seed: int = 1
):
    """Trains from `path`, where it exists, to `iterations`, and leaves the network there."""
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = Segmenter(class_count).to(device, memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(network.parameters(), 2e-3)
    start = 0
    if path.exists():
        state = load(path)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        start = state["iteration"]
    network.train()
    weights = _class_weights(pool, class_count).to(device)
    recent: list[float] = []
    for iteration in range(start, iterations):
        optimizer.param_groups[0]["lr"] = 2e-5 + 1e-3 * (1 + math.cos(math.pi * iteration / iterations))
        pictures, labels = _batch(pool, seed, iteration, batch, crop, device)
        loss = functional.cross_entropy(network(pictures), labels, weights)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        recent.append(loss.item())
        done = iteration + 1
        if done % 50 == 0 or done == iterations:
            note(f"segmentation {done}/{iterations}: loss {np.mean(recent):.3f}")
            recent.clear()
            pool.refresh()
        if done % 200 == 0 or done == iterations:
            save(
                path,
                {
                    "network": network.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "iteration": done,
                    "class_count": class_count,
                },
            )


def read(path: Path) -> Segmenter:
    """The trained network, ready to label and to be differentiated through, its weights fixed."""
    state = load(path)
    network = Segmenter(state["class_count"]).to(memory_format=torch.channels_last)
    network.load_state_dict(state["network"])
    return network.eval().requires_grad_(False)
