"""Equal windows of a label map, found once: γ and β are functions of 5 × 5 ids, and maps repeat themselves.

What a dense SPADE layer computes for every pixel is computed here once for each distinct window and then
copied to the pixels, which is the same function at a fraction of the work. Ids outside the map are
`class_count`: a zero activation for the second convolution, no input for the first.
"""

from dataclasses import dataclass

import torch
from torch.nn import functional


def _keys(padded: torch.Tensor, seed: int) -> torch.Tensor:
    """A 64-bit number for the 3 × 3 window around each inner pixel of `padded` [N, H + 2, W + 2]."""
    generator = torch.Generator().manual_seed(seed)
    factors = torch.randint(-(2**62), 2**62, (9,), generator=generator) | 1
    height, width = padded.shape[1] - 2, padded.shape[2] - 2
    keys = torch.zeros(padded.shape[0], height, width, dtype=torch.int64, device=padded.device)
    for tap in range(9):
        row, column = divmod(tap, 3)
        keys += padded[:, row : row + height, column : column + width] * factors[tap].item()
    return keys


def _distinct(keys: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """A flat place where each distinct key occurs, and the number of every key's place, shaped as `keys`."""
    distinct, numbers = torch.unique(keys, return_inverse=True)
    places = torch.empty(len(distinct), dtype=torch.int64, device=keys.device)
    places[numbers.flatten()] = torch.arange(keys.numel(), device=keys.device)
    return places, numbers


def _taps(padded: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
    """The nine values around flat inner places: [places, 9], rows first."""
    height, width = padded.shape[1] - 2, padded.shape[2] - 2
    image, rest = places // (height * width), places % (height * width)
    corner = image * (height + 2) * (width + 2) + (rest // width) * (width + 2) + rest % width
    offsets = torch.tensor([r * (width + 2) + c for r in range(3) for c in range(3)], device=padded.device)
    return padded.flatten()[corner[:, None] + offsets]


@dataclass
class Windows:
    """The distinct windows of a batch of maps at one resolution."""

    # Inner windows, one-hot: [inner, class_count · 9], class-major as a convolution's weight.
    inner: torch.Tensor
    # The nine inner windows of each outer one: [outer, 9]; the number `len(inner)` lies outside the map.
    outer: torch.Tensor
    # The outer window of each pixel: [N, H, W].
    place: torch.Tensor

    @staticmethod
    def of(labels: torch.Tensor, class_count: int) -> "Windows":
        """`labels`: int64 ids [N, H, W]."""
        padded = functional.pad(labels, (1, 1, 1, 1), value=class_count)
        places, numbers = _distinct(_keys(padded, 1))
        ids = _taps(padded, places)
        inner = (
            functional.one_hot(ids, class_count + 1)[:, :, :class_count].float().transpose(1, 2).flatten(1)
        )
        padded = functional.pad(numbers, (1, 1, 1, 1), value=len(places))
        outer_places, place = _distinct(_keys(padded, 2))
        return Windows(inner, _taps(padded, outer_places), place)

    def modulate(self, x, shared, gamma, beta, scale, mean, slope: float) -> torch.Tensor:
        """The output of a SPADE layer and the leaky ReLU behind it; 1 is the slope of none."""
        hidden = functional.relu(functional.linear(self.inner, shared.weight.flatten(1), shared.bias))
        hidden = functional.pad(hidden, (0, 0, 0, 1))
        weight, bias = folded(gamma, beta, scale, mean)
        taps = functional.embedding(self.outer, hidden).flatten(1)
        table = functional.linear(taps, weight.permute(0, 2, 3, 1).flatten(1), bias)
        return _modulated(x, functional.embedding(self.place, table).permute(0, 3, 1, 2), slope)


def folded(gamma, beta, scale, mean) -> tuple[torch.Tensor, torch.Tensor]:
    """Weights and bias of one convolution that gives what a SPADE layer multiplies with and then what it adds.

    That is (1 + γ) · scale and β − mean · (1 + γ) · scale, where `scale` and `mean` [C] normalise.
    """
    factor, shift = (values[:, None, None, None] for values in (scale, mean))
    weight, bias = gamma.weight * factor, (1 + gamma.bias) * scale
    return (
        torch.cat([weight, beta.weight - shift * weight]),
        torch.cat([bias, beta.bias - mean * bias]),
    )


def _modulated(x, both, slope: float) -> torch.Tensor:
    """`both` [N, 2C, H, W] holds factors, then summands."""
    factor, summand = both.chunk(2, 1)
    y = torch.addcmul(summand, x, factor)
    return y if slope == 1 else functional.leaky_relu(y, slope)


@dataclass
class Dense:
    """Whole maps, convolved as they are: more arithmetic, no search."""

    one_hot: torch.Tensor  # [N, class_count, H, W]

    @staticmethod
    def of(labels: torch.Tensor, class_count: int) -> "Dense":
        """`labels`: int64 ids [N, H, W]."""
        kind = labels.device.type
        low = torch.is_autocast_enabled(kind)
        ids = torch.arange(class_count, device=labels.device)
        # A channel a label is the last dimension in memory, as convolutions like it.
        one_hot = (labels[..., None] == ids).to(torch.get_autocast_dtype(kind) if low else torch.float32)
        return Dense(one_hot.permute(0, 3, 1, 2))

    def modulate(self, x, shared, gamma, beta, scale, mean, slope: float) -> torch.Tensor:
        hidden = functional.relu(shared(self.one_hot))
        weight, bias = folded(gamma, beta, scale, mean)
        return _modulated(x, functional.conv2d(hidden, weight, bias, padding=1), slope)
