"""Figures that compare pictures, labels and features."""

import numpy as np
import torch
from torch.nn import functional


class Confusion:
    """Counts of (true id, found id) over any number of maps."""

    def __init__(self, class_count: int):
        self.counts = np.zeros((class_count, class_count), np.int64)

    def add(self, true: np.ndarray, found: np.ndarray):
        side = len(self.counts)
        pairs = true.astype(np.int64).ravel() * side + found.astype(np.int64).ravel()
        self.counts += np.bincount(pairs, minlength=side * side).reshape(side, side)

    def intersection_over_union(self) -> np.ndarray:
        """For each class; not a number where neither map has it."""
        both = np.diag(self.counts)
        either = self.counts.sum(0) + self.counts.sum(1) - both
        return np.where(either > 0, both / np.maximum(either, 1), np.nan)

    def mean(self) -> float:
        return float(np.nanmean(self.intersection_over_union()))


def frechet_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Between the normal distributions fitted to two sets of features [N, F]."""
    mean_a, mean_b = a.mean(0), b.mean(0)
    cov_a, cov_b = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    values, vectors = np.linalg.eigh(cov_a)
    root = (vectors * np.sqrt(np.clip(values, 0, None))) @ vectors.T
    cross = np.sqrt(np.clip(np.linalg.eigvalsh(root @ cov_b @ root), 0, None)).sum()
    return float(((mean_a - mean_b) ** 2).sum() + np.trace(cov_a) + np.trace(cov_b) - 2 * cross)


def _changes(labels: np.ndarray, picture: np.ndarray, grid: int) -> tuple[np.ndarray, np.ndarray]:
    """Sums and counts [across lines, elsewhere] of the steps between columns inside areas of one label."""
    height, width = labels.shape
    values = picture.astype(np.float64)
    # A low pass along the lines, so that texture does not hide them.
    padded = np.pad(values, ((2, 2), (0, 0), (0, 0)), mode="edge")
    smooth = sum(padded[k : k + height] for k in range(5)) / 5
    step = np.abs(np.diff(smooth, axis=1)).mean(-1)
    # Both sides of the step and four pixels more have one label.
    border = np.pad(np.diff(labels.astype(np.int32), axis=1) != 0, ((0, 0), (4, 4)))
    same = ~np.logical_or.reduce([border[:, k : k + width - 1] for k in range(9)])
    same[:, :8] = same[:, -8:] = False
    column = np.arange(1, width)
    sides = column % grid == 0, column % (grid // 2) != 0
    sums = [step[:, side][same[:, side]].sum() for side in sides]
    return np.array(sums), np.array([same[:, side].sum() for side in sides])


def grid_ratio(labels: np.ndarray, picture: np.ndarray, grid: int = 32) -> float:
    """How much larger steps across the lines of a grid are than elsewhere, inside areas of one label; 1: no larger.

    Of ids [H, W] and a uint8 picture [H, W, 3]; vertical and horizontal lines count alike. Lines of half the
    grid count as neither. Not a number where no area is large enough.
    """
    means = []
    for ids, values in ((labels, picture), (labels.T, picture.transpose(1, 0, 2))):
        sums, counts = _changes(ids, values, grid)
        if counts.all():
            means.append(sums / counts)
    if not means:
        return float("nan")
    across, elsewhere = np.sum(means, 0)
    return float(across / max(elsewhere, 1e-9))


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    """In dB, of uint8 pictures; equal ones give 99."""
    error = np.mean((a.astype(np.float64) - b.astype(np.float64)) ** 2)
    return 99.0 if error == 0 else float(10 * np.log10(255**2 / error))


def ssim(a: np.ndarray, b: np.ndarray) -> float:
    """Structural similarity of uint8 pictures [H, W, 3], the mean over pixels and channels.

    The window is a Gaussian of 11 pixels and deviation 1.5.

    Source: Wang et al., "Image quality assessment: from error visibility to structural similarity", 2004.
    """
    place = torch.arange(11, dtype=torch.float64) - 5
    line = torch.exp(-(place**2) / (2 * 1.5**2))
    line /= line.sum()
    window = torch.outer(line, line)[None, None]
    x, y = (torch.from_numpy(p.astype(np.float64)).permute(2, 0, 1)[:, None] for p in (a, b))

    def blurred(t):
        return functional.conv2d(t, window)

    mean_x, mean_y = blurred(x), blurred(y)
    var_x, var_y = blurred(x * x) - mean_x**2, blurred(y * y) - mean_y**2
    cov = blurred(x * y) - mean_x * mean_y
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    values = (
        (2 * mean_x * mean_y + c1) * (2 * cov + c2) / ((mean_x**2 + mean_y**2 + c1) * (var_x + var_y + c2))
    )
    return float(values.mean())
