"""Photos: those of files, which say how the camera was held."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .arrays import Array

_ORIENTATION = 0x0112
"""The tag of EXIF: 1 for an upright photo, 2 to 8 for one to be turned or mirrored."""


class OrientationWarning(UserWarning):
    """A photo is to be turned by what its file says, and was taken as it lies."""


def is_photo(content: bytes) -> bool:
    """Whether a file's content begins as that of a JPEG or PNG does."""
    return content.startswith((b"\xff\xd8", b"\x89PNG"))


def read_photo(path: Path) -> NDArray[np.uint8]:
    """The pixels of a photo, upright, as the programs read it: uint8, shape (any height, any width, 3)."""
    try:
        from PIL import Image, ImageOps
    except ImportError as error:
        raise ImportError(f"{path} is a photo, and Pillow, which reads it, is missing ({error})") from None
    with Image.open(path) as image:
        photo = ImageOps.exif_transpose(image)
        if not photo.mode.startswith("I"):
            return np.asarray(photo.convert("RGB"))
        # Gray of 16 bits, which Pillow would cut off at 255.
        return np.repeat((np.asarray(photo) >> 8).astype(np.uint8)[:, :, np.newaxis], 3, axis=2)


def tell_orientation(photo: Array) -> None:
    """Warns, about the line that called `Model.encode`, where an image of Pillow has the tag. An array has none."""
    exif = getattr(photo, "getexif", None)
    orientation = exif().get(_ORIENTATION) if exif else None
    if orientation in range(2, 9):
        warnings.warn(
            f"the photo is on its side or mirrored by its EXIF (orientation {orientation}) and was taken as it lies; "
            "give PIL.ImageOps.exif_transpose(photo), which is upright, as spade takes it",
            OrientationWarning,
            stacklevel=3,
        )
