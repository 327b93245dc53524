"""A model file: what it says, and what it does without threads."""

from __future__ import annotations

import ctypes
import mmap
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, SupportsIndex

import numpy as np
from numpy.typing import NDArray

from . import drawing as drawings
from .arrays import OPEN_PICTURE, READ_STYLE, AnyPath, Array, given, map_values, pointer, style_values, whole
from .errors import NotAStyle, UnknownClass, UnknownLabel
from .fit import Fit, checked, fitted, kept
from .library import ModelHandle, library
from .names import listed, meant
from .palette import pixels_of
from .photo import is_photo
from .places import model_path
from .status import check
from .styles import beside


@dataclass(frozen=True)
class Class:
    """A class of the network: its id in label maps, its name, and its colour as red, green and blue, 0 to 255 each, or
    None where the model file has none."""

    id: int
    name: str
    color: tuple[int, int, int] | None


class ModelFile:
    """A checked model file, mapped."""

    __slots__ = ("__weakref__", "_classes", "_file", "_handle", "_path", "_shape")

    def __init__(self, path: AnyPath) -> None:
        path = model_path(path)
        self._path = Path(os.fsdecode(path)).absolute()
        self._handle = ModelHandle()
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            # An empty file cannot be mapped: the library says what is wrong with it.
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b"\0"
        self._file = np.frombuffer(content, np.uint8)
        check(library.spade_open(ctypes.byref(self._handle), self._file.ctypes.data, size), path)
        self._shape: tuple[int, int] = (library.spade_height(self._handle), library.spade_width(self._handle))
        self._classes = tuple(self._class(id) for id in range(library.spade_class_count(self._handle)))

    def _class(self, id: int) -> Class:
        name = ctypes.create_string_buffer(library.spade_class_name(self._handle, id, None, 0) + 1)
        library.spade_class_name(self._handle, id, name, len(name))
        color = library.spade_class_color(self._handle, id)
        return Class(id, name.value.decode(), (color >> 16, color >> 8 & 255, color & 255) if color >= 0 else None)

    @property
    def path(self) -> Path:
        """Of the file, absolute; also where the model was named and found."""
        return self._path

    @property
    def styles(self) -> tuple[str, ...]:
        """The names of the styles in the folder `styles` beside the file, for `read_style`; none without such a
        folder."""
        return tuple(name for name, _ in beside(self._path))

    @property
    def width(self) -> int:
        """Of label maps and pictures, in pixels."""
        return self._shape[1]

    @property
    def height(self) -> int:
        """Of label maps and pictures, in pixels."""
        return self._shape[0]

    @property
    def classes(self) -> tuple[Class, ...]:
        """By id; none where the file names none."""
        return self._classes

    @property
    def label_count(self) -> int:
        """Ids are below it."""
        return int(library.spade_label_count(self._handle))

    @property
    def unknown_label(self) -> int | None:
        """The id of unknown pixels, or None where the network has none."""
        label = library.spade_unknown_label(self._handle)
        return int(label) if label >= 0 else None

    @property
    def style_count(self) -> int:
        """Length of a style; 0 for a network without one."""
        return int(library.spade_style_count(self._handle))

    @property
    def has_edges(self) -> bool:
        """Whether `paint` needs instance borders."""
        return bool(library.spade_has_edges(self._handle))

    @property
    def has_encoder(self) -> bool:
        """Whether `encode` makes styles of photos."""
        return bool(library.spade_has_encoder(self._handle))

    def label(self, name: str) -> int:
        """The id of the class of that name. Raises `errors.UnknownClass`, a KeyError, where there is none."""
        if not isinstance(name, str):
            raise TypeError(f"name is {name!r}, and the name of a class is needed")
        names = [each.name for each in self.classes]
        if name in names:
            return names.index(name)
        guess = meant(name, names)
        advice = f", did you mean {guess!r}?" if guess else ""
        raise UnknownClass(f"there is no class {name!r}{advice}; there are {listed(names)}")

    def ids_of(
        self, drawing: Array, *, fit: Fit | None = None, fill: str | SupportsIndex | None = None
    ) -> NDArray[np.uint16]:
        """Reads the ids of a drawing in the classes' colours, as `spade synthesize` does.

        A colour that differs by eight levels a channel at most takes the nearest class; others are taken for those of
        smoothed edges and take a class around them. What is fully transparent is unknown.

        drawing: red, green, blue, and alpha if there is one, 0 to 255: uint8, shape (any height, any width, 3 or 4).
        fit: what becomes of another shape than the network's: "stretch" squeezes it, "crop" takes the middle, "pad"
            repeats the border, as `--fit` does. It is squeezed if not given, with a `ShapeWarning`.
        fill: the class of transparent pixels, by its name or id, as `--fill`.

        Returns ids at the network's size, for `paint`: uint16, shape (height, width).
        Raises `errors.NoDrawing` where most pixels are near no class's colour, `errors.Transparent` where the network
        has no id for unknown pixels, `errors.NoColors` where the classes have no colours, ValueError for another shape
        and TypeError for another type. Warns by `DrawingWarning` of areas in a colour of no class.
        """
        checked(fit)
        id = None if fill is None else self._id(fill, "fill")
        ids = drawings.read(self, drawing, self._handle, id, stacklevel=2)
        return fitted(ids, self._shape, fit, "the drawing", stacklevel=2)

    def fit_ids(self, ids: Array, *, fit: Fit | None = None) -> NDArray[Any]:
        """Resizes a map of ids or of instances to the network's size by nearest neighbour, as the programs do.

        A palette image of Pillow that has the classes' colours, but not in their order, is read by its colours, as
        `ids_of` reads them, with a `PaletteWarning`; its indices are `numpy.asarray(image)`.

        ids: whole numbers, shape (any height, any width).
        fit: as that of `ids_of`.

        Returns ids of the same type, or uint16 for those of colours, shape (height, width).
        """
        return fitted(map_values(self._map(ids)), self._shape, fit, "the map", stacklevel=2)

    def _map(self, ids: Array) -> NDArray[Any]:
        """A map's values, or the ids that the colours of a palette image stand for. Warnings are about the line that
        called the method that calls this."""
        values = given(ids, "ids", OPEN_PICTURE)
        pixels = pixels_of(ids, values, self, stacklevel=3)
        return values if pixels is None else drawings.read(self, pixels, self._handle, None, stacklevel=3)

    def kept(self, height: SupportsIndex, width: SupportsIndex) -> tuple[slice, slice]:
        """Where a drawing or map of that size lies in the picture after fit="pad": `picture[model.kept(450, 800)]` is
        what `--crop-back` leaves.

        height, width: of the drawing, in pixels.

        Returns rows and columns.
        """
        return kept((whole(height, "height"), whole(width, "width")), self._shape)

    def _id(self, wanted: str | SupportsIndex, name: str) -> int:
        """The id of a class by its name, or by itself."""
        if isinstance(wanted, str):
            return self.label(wanted)
        id = whole(wanted, name)
        if not 0 <= id < self.label_count:
            raise UnknownLabel(f"{name} is {id}; give a class's name or an id of 0 to {self.label_count - 1}")
        return id

    def seed_style(self, seed: SupportsIndex) -> NDArray[np.float32]:
        """The style of a seed, 0 to 2**64 - 1, the same everywhere: float32, shape (style_count,)."""
        number = whole(seed, "seed")
        if not 0 <= number < 1 << 64:
            raise ValueError(f"seed is {number}; give 0 to {(1 << 64) - 1}")
        style = np.empty(self.style_count, np.float32)
        check(library.spade_seed_style(self._handle, number, pointer(style, ctypes.c_float)))
        return style

    def _saved_style(self, path: AnyPath) -> NDArray[np.float32]:
        """The style of a file that `--save-style` or `write_style` wrote: float32, shape (style_count,)."""
        content = Path(os.fsdecode(path)).read_bytes()
        style = np.empty(self.style_count, np.float32)
        status = library.spade_read_style(self._handle, content, len(content), pointer(style, ctypes.c_float))
        advice = ""
        if status == NotAStyle.status and is_photo(content):
            advice = ", but a picture; encode() makes a style of a photo"
        elif status == NotAStyle.status and content.startswith(b"\x93NUMPY"):
            advice = ", but an array; numpy.load() reads it, and write_style() saves it as a style"
        check(status, path, advice)
        return style

    def write_style(self, path: AnyPath, style: Array) -> None:
        """Writes a style to a small checksummed file.

        style: finite numbers, shape (style_count,).
        """
        values = style_values(given(style, "style", READ_STYLE), self.style_count)
        content = ctypes.create_string_buffer(max(library.spade_saved_style_size(self._handle), 1))
        check(library.spade_write_style(self._handle, pointer(values, ctypes.c_float), content))
        Path(os.fsdecode(path)).write_bytes(content.raw)
