"""What the networks are trained for."""

import torch
from torch.nn import functional

from .segment import Segmenter


def hinge_discriminator(fake: list[list[torch.Tensor]], real: list[list[torch.Tensor]]) -> torch.Tensor:
    """How far the discriminators are from telling pictures from syntheses."""
    losses = [
        functional.relu(1 + f[-1]).mean() + functional.relu(1 - r[-1]).mean() for f, r in zip(fake, real)
    ]
    return sum(losses) / len(losses)


def hinge_generator(fake: list[list[torch.Tensor]]) -> torch.Tensor:
    return -sum(f[-1].mean() for f in fake) / len(fake)


def _distance(a: torch.Tensor, b: torch.Tensor, weights: torch.Tensor | None) -> torch.Tensor:
    """Mean absolute difference [N, …], each sample counting `weights` [N]; none: all count alike."""
    if weights is None:
        return functional.l1_loss(a, b)
    return ((a - b).abs().flatten(1).mean(1) * weights).mean()


def feature_matching(
    fake: list[list[torch.Tensor]], real: list[list[torch.Tensor]], weights: torch.Tensor | None = None
) -> torch.Tensor:
    """Mean distance between the discriminators' features of synthesis and picture."""
    total = 0.0
    for f, r in zip(fake, real):
        for a, b in zip(f[:-1], r[:-1]):
            total = total + _distance(a, b.detach(), weights)
    return total / len(fake)


def coarse(fake: torch.Tensor, real: torch.Tensor, weights: torch.Tensor | None = None) -> torch.Tensor:
    """Distance of colours at a quarter and an eighth of the size: the mood, not the grain."""
    return sum(
        _distance(functional.avg_pool2d(fake, k), functional.avg_pool2d(real, k), weights) for k in (4, 8)
    )


def grid_steps(fake: torch.Tensor, labels: torch.Tensor, grid: int) -> torch.Tensor:
    """How much more neighbours differ across lines every `grid` pixels than elsewhere, inside areas of one label.

    0 where they do not; 1 where lines show as much again as the picture's own changes. `labels` [N, H, W].
    """
    total = 0.0
    for axis in (2, 3):
        picture = fake if axis == 3 else fake.transpose(2, 3)
        ids = labels if axis == 3 else labels.transpose(1, 2)
        smooth = functional.avg_pool2d(picture, (5, 1), stride=1, padding=(2, 0))
        change = (smooth[..., 1:] - smooth[..., :-1]).abs().mean(1)
        border = (ids[..., 1:] != ids[..., :-1]).float()
        inside = functional.max_pool1d(border, 9, stride=1, padding=4) == 0
        on = torch.arange(1, ids.shape[2], device=ids.device) % grid == 0
        across, elsewhere = (
            (change * (inside & side)).sum() / (inside & side).sum().clamp(min=1) for side in (on, ~on)
        )
        total = total + functional.relu(across / elsewhere.clamp(min=1e-4) - 1)
    return total / 2


def seen(
    segmenter: Segmenter, fake: torch.Tensor, real: torch.Tensor, weights: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """What the segmentation network tells about a synthesis and its picture.

    Returns the distance of its features, and that of their texture: how much the finest features and the
    colours vary around each place. Grass should look like grass; its blades may be elsewhere.
    """
    with torch.no_grad():
        wanted = segmenter.features(real)
    found = segmenter.features(fake)
    distances = [_distance(a, b, weights) / b.abs().mean().clamp(min=1e-3) for a, b in zip(found, wanted)]
    textures = []
    for a, b in zip([fake, *found[:2]], [real, *wanted[:2]]):
        a, b = _variation(a), _variation(b)
        textures.append(functional.l1_loss(a, b) / b.mean().clamp(min=1e-3))
    return sum(distances) / len(distances), sum(textures) / len(textures)


def _variation(x: torch.Tensor) -> torch.Tensor:
    """The deviation of each channel in windows of 8 × 8."""
    x = x.float()  # or the difference of squares drowns
    mean, square = (functional.avg_pool2d(v, 8, 4) for v in (x, x * x))
    return (square - mean * mean).clamp(min=1e-5).sqrt()


def divergence(mean: torch.Tensor, log_variance: torch.Tensor) -> torch.Tensor:
    """Kullback–Leibler divergence from the unit normal distribution, in nats a picture."""
    return -0.5 * (1 + log_variance - mean**2 - log_variance.exp()).sum(1).mean()


def lesson(mean: torch.Tensor, log_variance: torch.Tensor, style: torch.Tensor) -> torch.Tensor:
    """How badly the encoder's normal distribution foretells the known style: negative log-likelihood."""
    log_variance = log_variance.clamp(-5, 3)
    return (0.5 * (log_variance + (style - mean) ** 2 * (-log_variance).exp())).mean()
