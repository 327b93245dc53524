"""Photos, whose files say how the camera was held."""

from __future__ import annotations

import warnings

from .arrays import Array

_ORIENTATION = 0x0112
"""The tag of EXIF: 1 for an upright photo, 2 to 8 for one to be turned or mirrored."""


class OrientationWarning(UserWarning):
    """A photo is to be turned by what its file says, and was taken as it lies."""


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
