"""What the numbers of a palette picture are: ids, or places in a palette that a drawing program made."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .arrays import Array

if TYPE_CHECKING:
    from .file import ModelFile


class PaletteWarning(UserWarning):
    """A picture's palette has the classes' colours, but not in their order, and it was read by its colours."""


def pixels_of(image: Array, indices: NDArray[Any], model: ModelFile, *, stacklevel: int) -> NDArray[np.uint8] | None:
    """Red, green, blue and alpha of a palette image of Pillow whose numbers are no ids, with a warning; None elsewhere.

    indices: of the same image.
    stacklevel: of the warning, 1 for the line that calls this.
    """
    if getattr(image, "mode", None) != "P":
        return None
    opened: Any = image
    pixels = np.asarray(opened.convert("RGBA"))
    if not _are_places(indices, pixels, [each.color for each in model.classes[: min(model.label_count, 256)]]):
        return None
    name = opened.filename if getattr(opened, "filename", "") else "the map"
    warnings.warn(
        f"the palette of {name} has the classes' colours, but not in their order, so it is read by its colours",
        PaletteWarning,
        stacklevel=stacklevel + 1,
    )
    return pixels


def _are_places(indices: NDArray[Any], pixels: NDArray[np.uint8], colors: list[tuple[int, int, int] | None]) -> bool:
    """Whether some of the colours in use differ from their index's own class's and all are classes' colours, or most of
    the pixels are close to classes' colours and more of them to another class's: the rule of the programs.

    colors: of the classes from 0 on.
    """
    is_seen = pixels[:, :, 3] > 0
    counts = np.bincount(indices[is_seen], minlength=256)
    found = np.zeros((256, 3), np.uint8)
    found[indices[is_seen]] = pixels[is_seen][:, :3]
    is_exact, own, other = True, 0, 0
    for value in np.flatnonzero(counts).tolist():
        red, green, blue = found[value].tolist()
        color, count = (red, green, blue), int(counts[value])
        of_index = colors[value] if value < len(colors) else None
        if _is_close(of_index, color):
            own += count
            is_exact = is_exact and of_index == color
        elif any(_is_close(each, color) for each in colors):
            other += count
            is_exact = is_exact and color in colors
        else:
            is_exact = False
    return other > 0 if is_exact else 2 * (own + other) > counts.sum() and other > own


def _is_close(color: tuple[int, int, int] | None, other: tuple[int, int, int]) -> bool:
    """Whether the colours differ by eight levels a channel at most."""
    return color is not None and all(abs(a - b) <= 8 for a, b in zip(color, other))
