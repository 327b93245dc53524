"""What callers give, as arrays that the library can read."""

from __future__ import annotations

import ctypes
import operator
import os
from typing import Any, Protocol, Union

import numpy as np
from numpy.typing import NDArray

from .errors import BadSide, StyleNotFinite
from .fit import MAX_SIDE
from .names import in_all


class SupportsArray(Protocol):
    """What gives itself as an array, such as those of numpy and tensors of PyTorch."""

    def __array__(self) -> NDArray[Any]: ...


class ArrayInterface(Protocol):
    """What says where its values are, such as images of Pillow."""

    @property
    def __array_interface__(self) -> dict[str, Any]: ...


# Not with |, which Python 3.9 has only in annotations.
Array = Union[SupportsArray, ArrayInterface, list[Any], tuple[Any, ...]]  # noqa: UP007
"""What `numpy.asarray` makes an array of; unlike numpy's `ArrayLike` neither the name of a file nor a number."""

AnyPath = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]  # noqa: UP007
"""The name of a file."""


OPEN_PICTURE = "PIL.Image.open() reads a file"
READ_STYLE = "read_style() reads a file, encode() makes a style of a photo"
COLORS = "ids_of() reads drawings; a photo is a style: style=encode(photo)"
"""What to do with colours in the place of ids."""


def given(values: Array | None, name: str, advice: str) -> NDArray[Any]:
    """`values` as an array, without a copy where they are one.

    advice: what to do with the name of a file.
    """
    if values is None:
        raise TypeError(f"{name} is None, and an array is needed")
    if isinstance(values, (str, bytes, os.PathLike)):
        raise TypeError(f"{name} is a {type(values).__name__}, and an array is needed; {advice}")
    if isinstance(values, np.ma.MaskedArray) and np.ma.is_masked(values):
        raise ValueError(f"{name} has masked values; fill them, as by {name}.filled(0)")
    return np.asarray(values)


def labels(ids: NDArray[Any], shape: tuple[int, int]) -> NDArray[np.uint16]:
    """Ids of any whole type in memory of their own, which no other thread changes. What does not fit becomes 65535,
    which is no label."""
    if ids.ndim == 3 and ids.shape[2] in (3, 4):
        raise ValueError(f"ids has shape {ids.shape}, and {shape} is needed; {COLORS}")
    if ids.shape != shape:
        advice = "; fit_ids() resizes maps by nearest neighbour" if ids.ndim == 2 and ids.size else ""
        raise ValueError(f"ids has shape {ids.shape}, and {shape} is needed{advice}")
    if ids.dtype.kind not in "iu":
        raise TypeError(f"ids has type {ids.dtype}, and whole numbers are needed")
    if ids.dtype == np.uint16:
        # Not numpy's copy, during which other threads run.
        return np.frombuffer(ids.tobytes(), np.uint16).reshape(shape)
    # Negative ones become large.
    return np.minimum(ids.astype(np.uint64), np.uint64(65535)).astype(np.uint16)


def map_values(ids: NDArray[Any]) -> NDArray[Any]:
    """Whole numbers of any shape (height, width), at most `MAX_SIDE` each."""
    if ids.ndim != 2:
        advice = f"; {COLORS}" if ids.ndim == 3 and ids.shape[2] in (3, 4) else ""
        raise ValueError(f"ids has shape {ids.shape}, and (height, width) is needed{advice}")
    if ids.dtype.kind not in "iu":
        raise TypeError(f"ids has type {ids.dtype}, and whole numbers are needed")
    if not all(1 <= side <= MAX_SIDE for side in ids.shape):
        raise BadSide(f"ids has shape {ids.shape}; give sides of 1 to {MAX_SIDE}")
    return ids


def style_values(values: NDArray[Any], count: int) -> NDArray[np.float32]:
    """A style in memory of its own, of finite numbers."""
    if values.shape != (count,):
        advice = "; encode() makes a style of a photo" if values.ndim == 3 else ""
        raise ValueError(f"style has shape {values.shape}, and {(count,)} is needed{advice}")
    if values.dtype.kind not in "iuf":
        raise TypeError(f"style has type {values.dtype}, and real numbers are needed")
    with np.errstate(over="ignore"):
        style = np.array(values, np.float32)
    wrong = np.flatnonzero(~np.isfinite(style))
    if wrong.size:
        value = values[wrong[0]]
        range = ", which is beyond float32" if np.isfinite(value) else ""
        raise StyleNotFinite(
            f"style has {value} at index {wrong[0]}{range}{in_all(wrong.size, 'values')}; finite numbers are needed"
        )
    return style


def picture(values: Array, name: str, channels: tuple[int, ...]) -> NDArray[np.uint8]:
    """Pixels, contiguous: uint8, shape (height, width, channels)."""
    pixels = given(values, name, OPEN_PICTURE)
    if pixels.ndim != 3 or pixels.shape[2] not in channels:
        wanted = " or ".join(f"(height, width, {count})" for count in channels)
        mode = "RGB" if channels == (3,) else "RGBA"
        raise ValueError(
            f'{name} has shape {pixels.shape}, and {wanted} is needed, as convert("{mode}") of Pillow gives'
        )
    if pixels.dtype != np.uint8:
        raise TypeError(f"{name} has type {pixels.dtype}, and uint8 is needed: 0 to 255")
    return np.ascontiguousarray(pixels)


def target(out: object, shape: tuple[int, ...]) -> NDArray[np.uint8]:
    """The array where a picture goes."""
    if not isinstance(out, np.ndarray):
        raise TypeError(f"out is a {type(out).__name__}, and an array is needed")
    if out.dtype != np.uint8:
        raise TypeError(f"out has type {out.dtype}, and uint8 is needed")
    if out.shape != shape or not out.flags.c_contiguous or not out.flags.writeable:
        raise ValueError(f"out is not a contiguous, writeable array of shape {shape}")
    return out


def whole(value: object, name: str) -> int:
    """A whole number of any type."""
    try:
        if isinstance(value, (bool, np.bool_)):
            raise TypeError
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{name} is {value!r}, and a whole number is needed") from None


def pointer(array: NDArray[Any] | None, type: Any) -> Any:
    return None if array is None else array.ctypes.data_as(ctypes.POINTER(type))
