"""Paints pictures from label maps with int8 SPADE (GauGAN) networks."""

from . import errors
from .drawing import DrawingWarning
from .errors import SpadeError
from .file import Class
from .fit import ShapeWarning
from .library import VERSION as __version__
from .model import PHOTO_SIDE, Model
from .palette import PaletteWarning
from .photo import OrientationWarning

__all__ = [
    "PHOTO_SIDE",
    "Class",
    "DrawingWarning",
    "Model",
    "OrientationWarning",
    "PaletteWarning",
    "ShapeWarning",
    "SpadeError",
    "__version__",
    "errors",
]
