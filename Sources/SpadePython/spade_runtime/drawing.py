"""Drawings in the colours of a network's classes, in the words of the programs."""

from __future__ import annotations

import ctypes
import warnings
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .arrays import Array, picture, pointer
from .errors import NoColors, NoDrawing, Transparent
from .library import library
from .names import listed
from .status import check

if TYPE_CHECKING:
    from .file import ModelFile


class DrawingWarning(UserWarning):
    """A drawing has an area in a colour of no class, which was read as the nearest one's."""


def read(
    model: ModelFile, drawing: Array, handle: ctypes.Structure, fill: int | None, *, stacklevel: int
) -> NDArray[np.uint16]:
    """The ids of a drawing, at its size.

    fill: the id of transparent pixels, in place of the network's for unknown ones.
    stacklevel: of the warning, 1 for the line that calls this.
    """
    pixels = picture(drawing, "drawing", (3, 4))
    height, width, channels = pixels.shape
    if channels == 3:
        pixels = np.concatenate([pixels, np.full((height, width, 1), 255, np.uint8)], axis=2)
    status, ids, strange = _snapped(model, pixels, handle)
    if status == NoColors.status:
        raise NoColors(
            "the network's classes have no colours to read a drawing by; give ids, or make the model with spade "
            "quantize --labels and a list with colours"
        )
    if status == NoDrawing.status:
        advice = _advice(model, pixels, channels, strange, handle)
        photo = "; a photo is a style: paint(…, style=encode(photo))" if model.has_encoder else ""
        advice = advice or f"give a label map, or draw in {_color_list(model)}{photo}"
        raise NoDrawing(f"{_fault(pixels, strange)}; {advice}")
    is_clear = pixels[:, :, 3] == 0
    if status == Transparent.status and fill is None:
        row, column = np.argwhere(is_clear)[0]
        raise Transparent(
            f"the drawing is transparent at x {column}, y {row} and the network does not know unknown pixels; "
            f"give every pixel a colour, or the class that they are, such as ids_of(…, fill={model.classes[0].name!r})"
        )
    if status != Transparent.status:
        check(status)
    if fill is not None:
        ids[is_clear] = fill
    guessed = [
        f"#{color:06x}, {percent} % of the pixels, read as {_nearest(model, color)}"
        for color, percent in _shares(pixels, strange)[:4]
    ]
    if guessed:
        advice = _advice(model, pixels, channels, strange, handle)
        advice = advice or f"the colours to draw in are {_color_list(model)}"
        warnings.warn(f"{'; '.join(guessed)}; {advice}", DrawingWarning, stacklevel=stacklevel + 1)
    return ids


def _snapped(
    model: ModelFile, pixels: NDArray[np.uint8], handle: ctypes.Structure
) -> tuple[int, NDArray[np.uint16], NDArray[np.uint8]]:
    """What the library makes of red, green, blue and alpha: a status, ids, and 1 where a colour is near no class's."""
    height, width, _ = pixels.shape
    colors = np.array([-1 if each.color is None else _packed(each.color) for each in model.classes] or [-1], np.int32)
    ids, strange = np.empty((height, width), np.uint16), np.empty((height, width), np.uint8)
    status = library.spade_read_drawing(
        handle,
        pointer(colors, ctypes.c_int32),
        pointer(pixels, ctypes.c_uint8),
        width,
        height,
        pointer(ids, ctypes.c_uint16),
        pointer(strange, ctypes.c_uint8),
    )
    return int(status), ids, strange


def _advice(
    model: ModelFile, pixels: NDArray[np.uint8], channels: int, strange: NDArray[np.uint8], handle: ctypes.Structure
) -> str | None:
    """What to do where a tenth at most of what is strange stays so when red and blue change places; None elsewhere.

    channels: of the caller's drawing.
    """
    _, _, others = _snapped(model, np.ascontiguousarray(pixels[:, :, [2, 1, 0, 3]]), handle)
    if 10 * np.count_nonzero(others) > np.count_nonzero(strange):
        return None
    turned = "drawing[:, :, ::-1]" if channels == 3 else "drawing[:, :, [2, 1, 0, 3]]"
    return f"red and blue are swapped, as OpenCV has them; give {turned}"


def _fault(pixels: NDArray[np.uint8], strange: NDArray[np.uint8]) -> str:
    """Why a picture is no drawing, as the programs say it."""
    is_drawn = sum(percent for _, percent in _shares(pixels, strange)) >= 50
    return (
        f"the picture is {'' if is_drawn else 'a photo, or '}drawn in other colours than the classes': "
        f"{np.count_nonzero(strange):,} of {strange.size:,} pixels are near none of them"
    )


def gray_levels(model: ModelFile) -> list[int]:
    """The classes' colours in gray, as `convert("L")` of Pillow makes them."""
    colors = [each.color for each in model.classes if each.color is not None]
    return [(19595 * red + 38470 * green + 7471 * blue + (1 << 15)) >> 16 for red, green, blue in colors]


def _shares(pixels: NDArray[np.uint8], strange: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """The sixteen commonest of the first 1024 strange colours that are at least a hundredth of the pixels, and how many
    per cent they are."""
    colors = pixels.view("<u4")[:, :, 0][strange != 0] & 0xFFFFFF
    found, first, counts = np.unique(colors, return_index=True, return_counts=True)
    seen = np.argsort(first)[:1024]
    commonest = seen[np.argsort(-counts[seen], kind="stable")][:16]
    shares = []
    for each in commonest:
        red, green, blue, _ = int(found[each]).to_bytes(4, "little")
        percent = (100 * int(counts[each]) + strange.size // 2) // strange.size
        if percent >= 1:
            shares.append((_packed((red, green, blue)), percent))
    return shares


def _palette(model: ModelFile) -> dict[int, str]:
    """The names of the classes by their colours, the first of equal ones."""
    names: dict[int, str] = {}
    for each in model.classes[: model.label_count]:
        if each.color is not None:
            names.setdefault(_packed(each.color), each.name)
    return names


def _color_list(model: ModelFile) -> str:
    """The colours to draw in, as in a sentence: the first of them where there are many."""
    return listed([f"{name} #{color:06x}" for color, name in _palette(model).items()])


def _nearest(model: ModelFile, color: int) -> str:
    """The name of the class with the nearest colour."""
    palette = _palette(model)
    return palette[min(palette, key=lambda each: sum((a - b) ** 2 for a, b in zip(_levels(each), _levels(color))))]


def _packed(color: tuple[int, int, int]) -> int:
    return color[0] << 16 | color[1] << 8 | color[2]


def _levels(color: int) -> tuple[int, int, int]:
    return color >> 16, color >> 8 & 255, color & 255
