"""From the size of a map or drawing to the network's, as the programs do by --fit."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from .errors import BadSide

Fit = Literal["stretch", "crop", "pad"]
"""How a map of another shape than the network's becomes one of the network's: squeezed or drawn out; its middle,
without what reaches beyond the network's shape; all of it, with its border pixels repeated where the network's shape
reaches beyond."""

MAX_SIDE = 1 << 24
"""`SPADE_MAX_SIDE`, in pixels."""


class ShapeWarning(UserWarning):
    """A map or drawing has another shape than the network and was squeezed, though nobody asked for it."""


@dataclass(frozen=True)
class Span:
    """Pixels along an axis of a map; as a part of a window they may reach beyond it."""

    start: int
    count: int


def fitted(
    values: NDArray[Any], shape: tuple[int, int], fit: Fit | None, name: str, *, stacklevel: int
) -> NDArray[Any]:
    """A map resized by nearest neighbour.

    values: shape (any height, any width), with sides of 1 to `MAX_SIDE`.
    shape: of the network.
    fit: None squeezes, with a warning where the shape is another.
    name: of the map, for the warning.
    stacklevel: of the warning, 1 for the line that calls this.
    """
    height, width = values.shape
    rows, columns = window((height, width), shape, checked(fit) or "stretch")
    if fit is None and differs((height, width), shape):
        warnings.warn(
            f"{name} is {width} by {height} pixels and is squeezed to {shape[1]} by {shape[0]}; "
            'fit="crop" or fit="pad" keeps its shape, fit="stretch" squeezes it without a word',
            ShapeWarning,
            stacklevel=stacklevel + 1,
        )
    found = [
        np.clip(sources(span.count, count) + span.start, 0, side - 1)
        for span, count, side in zip((rows, columns), shape, values.shape)
    ]
    return values[found[0][:, np.newaxis], found[1]]


def kept(size: tuple[int, int], shape: tuple[int, int]) -> tuple[slice, slice]:
    """Rows and columns of the network's map where one of `size` lies that was padded."""
    if not all(1 <= side <= MAX_SIDE for side in size):
        raise BadSide(f"height and width are {size[0]} and {size[1]}; give 1 to {MAX_SIDE}")
    parts = []
    for span, count, side in zip(window(size, shape, "pad"), shape, size):
        places = sources(span.count, count) + span.start
        (inside,) = np.nonzero((places >= 0) & (places < side))
        start = int(inside[0]) if inside.size else 0
        parts.append(slice(start, start + inside.size))
    return parts[0], parts[1]


def checked(fit: Fit | None) -> Fit | None:
    """`fit`, where it is one."""
    if fit not in (None, "stretch", "crop", "pad"):
        raise ValueError(f'fit is {fit!r}; give "stretch", "crop" or "pad"')
    return fit


def window(size: tuple[int, int], shape: tuple[int, int], fit: Fit) -> tuple[Span, Span]:
    """The rows and columns of a map of `size` that a network of `shape` sees; heights before widths."""
    (height, width), (target_height, target_width) = size, shape
    rows, columns = Span(0, height), Span(0, width)
    if fit == "stretch":
        return rows, columns
    is_wide = width * target_height > height * target_width
    if is_wide == (fit == "crop"):
        return rows, _middle(width, height * target_width, target_height)
    return _middle(height, width * target_height, target_width), columns


def _middle(side: int, dividend: int, divisor: int) -> Span:
    """The middle `dividend / divisor` pixels of an axis, rounded; around all of it where they are more."""
    part = max(1, (2 * dividend + divisor) // (2 * divisor))
    # Halves are rounded towards zero.
    return Span((side - part) // 2 if side >= part else -((part - side) // 2), part)


def differs(size: tuple[int, int], shape: tuple[int, int]) -> bool:
    """Whether two shapes differ by more than a fiftieth."""
    a, b = size[1] * shape[0], size[0] * shape[1]
    return abs(a - b) * 50 > max(a, b)


def sources(input_count: int, output_count: int) -> NDArray[np.intp]:
    """For each output position along an axis, the input position it is taken from, by Pillow's rule for `NEAREST`: the
    step between centres is a rounded number and is added up."""
    step = input_count / output_count
    steps = np.full(output_count, step)
    steps[0] = step * 0.5
    return np.minimum(np.add.accumulate(steps).astype(np.intp), input_count - 1)
