"""A model file, ready to paint."""

from __future__ import annotations

import ctypes
import mmap
import operator
import os
import threading
import time
import weakref
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .errors import BadThreadCount, UnknownLabel, check
from .library import ModelHandle, library

PHOTO_SIDE = 256
"""Side of the square photo that `Model.encode` reads, in pixels."""

ALIGNMENT = 64


@dataclass(frozen=True)
class Class:
    """A class of the network: its id in label maps, its name, and its colour as red, green and blue, 0 to 255 each."""

    id: int
    name: str
    color: tuple[int, int, int] | None


class Model:
    """A model file in an arena of its own, with its threads.

    One picture is painted at a time: a call from another thread waits. Other threads of the interpreter run meanwhile.

    Attributes:
        width, height: of label maps and pictures, in pixels.
        classes: a tuple of `Class`, by id.
        label_count: ids are below it.
        unknown_label: the id of unknown pixels, or None where the network has none.
        style_count: length of a style; 0 for a network without one.
        has_edges: whether `paint` needs instance borders.
        has_encoder: whether `encode` makes styles of photos.
        threads: how many paint.
        kernels: the instruction set in use.
        seconds: how long the last `paint` or `encode` took inside the library; 0 before the first.
        arena: uint8, the memory that the library works in.
    """

    def __init__(self, path: str | os.PathLike[str], *, threads: int | None = None) -> None:
        """Maps and checks a model file, and starts the threads.

        path: the file. It may be replaced, as by `mv`, but not written into while the model is open.
        threads: 1 to 64; the number of cores if not given.

        Raises OSError where the file cannot be read, a class of `spade_runtime.errors` where it is not a good model.
        """
        self.threads = min(len(os.sched_getaffinity(0)), 64) if threads is None else _index(threads, "threads")
        if not 1 <= self.threads <= 64:
            raise BadThreadCount(f"threads is {threads}; give 1 to 64")
        self.seconds = 0.0
        self._path = os.fspath(path)
        self._handle = ModelHandle()
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            # An empty file cannot be mapped: the library says what is wrong with it.
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size else b"\0"
        self._file = np.frombuffer(content, np.uint8)
        check(library.spade_open(ctypes.byref(self._handle), self._file.ctypes.data, size), os.fspath(path))

        self.width: int = library.spade_width(self._handle)
        self.height: int = library.spade_height(self._handle)
        self.label_count: int = library.spade_label_count(self._handle)
        unknown = library.spade_unknown_label(self._handle)
        self.unknown_label: int | None = unknown if unknown >= 0 else None
        self.style_count: int = library.spade_style_count(self._handle)
        self.has_edges = bool(library.spade_has_edges(self._handle))
        self.has_encoder = bool(library.spade_has_encoder(self._handle))
        self.classes = tuple(self._class(id) for id in range(library.spade_class_count(self._handle)))

        arena_size = library.spade_arena_size(self._handle, self.threads)
        memory = np.empty(max(arena_size, 1) + ALIGNMENT, np.uint8)
        start = -memory.ctypes.data % ALIGNMENT
        self.arena: NDArray[np.uint8] = memory[start : start + arena_size]
        runtime = ctypes.c_void_p()
        check(
            library.spade_start(ctypes.byref(runtime), self._handle, self.arena.ctypes.data, arena_size, self.threads)
        )
        self.kernels: str = library.spade_kernels(runtime).decode()
        self._runtime: ctypes.c_void_p | None = runtime
        self._lock = threading.Lock()
        # Keeps the arena and the file until the threads have ended, whatever the interpreter lets go first.
        self._stop = weakref.finalize(self, _stop, runtime, self.arena, self._file, self._handle)

    def __repr__(self) -> str:
        return f"Model({self._path!r}, threads={self.threads})"

    def _class(self, id: int) -> Class:
        name = ctypes.create_string_buffer(library.spade_class_name(self._handle, id, None, 0) + 1)
        library.spade_class_name(self._handle, id, name, len(name))
        color = library.spade_class_color(self._handle, id)
        return Class(id, name.value.decode(), (color >> 16, color >> 8 & 255, color & 255) if color >= 0 else None)

    def label(self, name: str) -> int:
        """The id of the class of that name. Raises KeyError where there is none."""
        for found in self.classes:
            if found.name == name:
                return found.id
        raise KeyError(f"there is no class {name!r}; there are {', '.join(each.name for each in self.classes)}")

    def paint(
        self,
        ids: ArrayLike,
        *,
        edges: ArrayLike | None = None,
        style: ArrayLike | None = None,
        seed: int | None = None,
        out: NDArray[np.uint8] | None = None,
    ) -> NDArray[np.uint8]:
        """Paints a picture.

        ids: whole numbers, shape (height, width): the label map, each below `label_count`.
        edges: shape (height, width), true where an instance border runs; for networks that read borders (`has_edges`).
        style: finite numbers, shape (style_count,), as `encode`, `seed_style` and `read_style` give them.
        seed: 0 to 2**64 - 1, in place of a style; seed 0 where neither is given and the network has a style.
        out: uint8, shape (height, width, 3), contiguous: where the picture goes; a new array if not given.

        Returns red, green and blue, 0 to 255: uint8, shape (height, width, 3).
        Raises ValueError for another shape, and a class of `spade_runtime.errors`.
        """
        given = np.asarray(ids)
        labels = _whole(given, "ids", (self.height, self.width))
        if style is not None and seed is not None:
            raise ValueError("give a style or a seed, not both")
        if style is None and self.style_count > 0:
            style = self.seed_style(0 if seed is None else seed)
        elif style is None and seed is not None:
            raise ValueError("the network has no style, so a seed changes nothing")
        values = None if style is None else _array(style, np.float32, "style", (self.style_count,))
        borders = None if edges is None else _array(np.asarray(edges, bool), np.uint8, "edges", labels.shape)
        shape = (self.height, self.width, 3)
        if out is None:
            out = np.empty(shape, np.uint8)
        elif (
            not isinstance(out, np.ndarray)
            or out.shape != shape
            or out.dtype != np.uint8
            or not out.flags.c_contiguous
            or not out.flags.writeable
        ):
            raise ValueError(f"out is not a contiguous, writeable uint8 array of shape {shape}")
        with self._lock:
            start = time.perf_counter()
            status = library.spade_paint(
                self._open(),
                _pointer(labels, ctypes.c_uint16),
                _pointer(borders, ctypes.c_uint8),
                _pointer(values, ctypes.c_float),
                _pointer(out, ctypes.c_uint8),
            )
            self.seconds = time.perf_counter() - start
        if status == UnknownLabel.status:
            raise self._unknown(given)
        check(status)
        return out

    def _unknown(self, ids: NDArray[Any]) -> UnknownLabel:
        """What is wrong with labels that the network does not have."""
        wrong = np.argwhere((ids < 0) | (ids >= self.label_count))
        row, column = wrong[0]
        unknown = "no id" if self.unknown_label is None else str(self.unknown_label)
        return UnknownLabel(
            f"ids has {ids[row, column]} at row {row}, column {column}, and {len(wrong)} such pixels in all; the "
            f"network has 0 to {self.label_count - 1}, and {unknown} for unknown pixels"
        )

    def encode(self, photo: ArrayLike) -> NDArray[np.float32]:
        """Makes the style of a photo.

        photo: red, green and blue, 0 to 255: uint8, shape (256, 256, 3).

        Returns float32, shape (style_count,).
        Raises ValueError for another shape, and a class of `spade_runtime.errors`.
        """
        pixels = _array(photo, np.uint8, "photo", (PHOTO_SIDE, PHOTO_SIDE, 3), casting="no")
        style = np.empty(self.style_count, np.float32)
        with self._lock:
            start = time.perf_counter()
            status = library.spade_encode(
                self._open(), _pointer(pixels, ctypes.c_uint8), _pointer(style, ctypes.c_float)
            )
            self.seconds = time.perf_counter() - start
        check(status)
        return style

    def seed_style(self, seed: int) -> NDArray[np.float32]:
        """The style of a seed, 0 to 2**64 - 1, the same everywhere: float32, shape (style_count,)."""
        seed = _index(seed, "seed")
        if not 0 <= seed < 1 << 64:
            raise ValueError(f"seed is {seed}; give 0 to {(1 << 64) - 1}")
        style = np.empty(self.style_count, np.float32)
        check(library.spade_seed_style(self._handle, seed, _pointer(style, ctypes.c_float)))
        return style

    def read_style(self, path: str | os.PathLike[str]) -> NDArray[np.float32]:
        """Reads a style that `--save-style` or `write_style` wrote: float32, shape (style_count,)."""
        content = Path(path).read_bytes()
        style = np.empty(self.style_count, np.float32)
        status = library.spade_read_style(self._handle, content, len(content), _pointer(style, ctypes.c_float))
        check(status, os.fspath(path))
        return style

    def write_style(self, path: str | os.PathLike[str], style: ArrayLike) -> None:
        """Writes a style to a small checksummed file.

        style: finite numbers, shape (style_count,).
        """
        values = _array(style, np.float32, "style", (self.style_count,))
        content = ctypes.create_string_buffer(max(library.spade_saved_style_size(self._handle), 1))
        check(library.spade_write_style(self._handle, _pointer(values, ctypes.c_float), content))
        Path(path).write_bytes(content.raw)

    def close(self) -> None:
        """Ends the threads; the model paints and encodes no more. Also done when the model is let go."""
        with self._lock:
            self._runtime = None
            self._stop()

    def __enter__(self) -> Model:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self) -> ctypes.c_void_p:
        if self._runtime is None:
            raise ValueError("the model is closed")
        return self._runtime


def _stop(runtime: ctypes.c_void_p, *_kept: object) -> None:
    library.spade_stop(runtime)


def _array(values: ArrayLike, type: Any, name: str, shape: tuple[int, ...], casting: Any = "same_kind") -> NDArray[Any]:
    """`values` as a contiguous array of a shape, without a copy where it is one."""
    given = np.asarray(values)
    if given.shape != shape:
        raise ValueError(f"{name} has shape {given.shape}, and {shape} is needed")
    if given.dtype.kind not in "biuf" or not np.can_cast(given.dtype, type, casting):
        raise ValueError(f"{name} has type {given.dtype}, and {np.dtype(type)} is needed")
    return np.ascontiguousarray(given, type)


def _index(value: object, name: str) -> int:
    """A whole number of any type."""
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{name} is {value!r}, and a whole number is needed") from None


def _whole(given: NDArray[Any], name: str, shape: tuple[int, ...]) -> NDArray[np.uint16]:
    """Whole numbers of any type as uint16. What does not fit becomes 65535, which is no label."""
    if given.dtype.kind not in "iu":
        raise ValueError(f"{name} has type {given.dtype}, and whole numbers are needed")
    if given.dtype != np.uint16 and given.dtype != np.uint8:
        given = np.where((given < 0) | (given > 65535), 65535, given).astype(np.uint16)
    return cast("NDArray[np.uint16]", _array(given, np.uint16, name, shape))


def _pointer(array: NDArray[Any] | None, type: Any) -> Any:
    return None if array is None else array.ctypes.data_as(ctypes.POINTER(type))
