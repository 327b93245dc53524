"""A model, ready to paint."""

from __future__ import annotations

import ctypes
import os
import threading
import time
import weakref
from types import TracebackType
from typing import Any, NoReturn, SupportsIndex, overload

import numpy as np
from numpy.typing import NDArray

from .arrays import (
    OPEN_PICTURE,
    READ_STYLE,
    AnyPath,
    Array,
    given,
    labels,
    picture,
    pointer,
    style_values,
    target,
    whole,
)
from .borders import between, drawn
from .drawing import gray_levels
from .errors import BadThreadCount, Closed, EdgesMissing, EdgesUnexpected, UnknownLabel
from .file import ModelFile
from .library import library
from .names import in_all
from .photo import is_photo, read_photo, tell_orientation
from .status import check
from .styles import found

PHOTO_SIDE = 256
"""Side of the square to which `Model.encode` stretches photos, in pixels."""

ALIGNMENT = 64


class Model(ModelFile):
    """A model file in an arena of its own, with its threads.

    One picture is painted at a time: a call from another thread waits. Other threads of the interpreter run meanwhile.
    After a fork the child has a copy of the model, whose threads start when it first paints or encodes.
    """

    __slots__ = (
        "_arena",
        "_is_forked",
        "_kernels",
        "_lock",
        "_runtimes",
        "_seconds",
        "_stop",
        "_threads",
    )

    def __init__(self, path: AnyPath, *misplaced: NoReturn, threads: SupportsIndex | None = None) -> None:
        """Maps and checks a model file, and starts the threads.

        path: the file, or the name of a model that `spade-run list` shows, such as "landscapes": a file of that name
            in the current folder wins. The file may be replaced, as by `mv`, but not written into while the model is
            open.
        threads: 1 to 64; the number of cores if not given.

        Raises OSError where the file cannot be read, a subclass of `errors.BadModel` where it is not a good model.
        """
        if misplaced:
            raise TypeError(f"Model() takes nothing but the file without a name; say threads={misplaced[0]!r}")
        self._threads = min(len(os.sched_getaffinity(0)), 64) if threads is None else whole(threads, "threads")
        if not 1 <= self._threads <= 64:
            raise BadThreadCount(f"threads is {self._threads}; give 1 to 64")
        super().__init__(path)
        self._seconds = 0.0
        arena_size = library.spade_arena_size(self._handle, self._threads)
        memory = np.empty(max(arena_size, 1) + ALIGNMENT, np.uint8)
        start = -memory.ctypes.data % ALIGNMENT
        self._arena: NDArray[np.uint8] = memory[start : start + arena_size]
        self._lock = threading.Lock()
        self._runtimes: list[ctypes.c_void_p] = []
        self._start()
        _models.add(self)

    def _start(self) -> None:
        """Starts the threads."""
        runtime = ctypes.c_void_p()
        arena = self._arena
        check(library.spade_start(ctypes.byref(runtime), self._handle, arena.ctypes.data, arena.size, self._threads))
        self._kernels: str = library.spade_kernels(runtime).decode()
        self._is_forked = False
        self._runtimes.append(runtime)
        # Keeps the arena and the file until the threads have ended, whatever the interpreter lets go first.
        self._stop = weakref.finalize(self, _stop, self._lock, self._runtimes, arena, self._file, self._handle)

    @property
    def threads(self) -> int:
        """How many paint."""
        return self._threads

    @property
    def kernels(self) -> str:
        """The instruction set in use."""
        return self._kernels

    @property
    def seconds(self) -> float:
        """How long the last `paint` or `encode` took inside the library, by any thread; 0 before the first."""
        return self._seconds

    @property
    def arena(self) -> NDArray[np.uint8]:
        """The memory that the library works in, to look at: uint8, read-only."""
        return np.frombuffer(self._arena.data.toreadonly(), np.uint8)

    def __repr__(self) -> str:
        state = "closed" if self._is_closed else f"threads={self._threads}"
        return f"Model({str(self._path)!r}, {state})"

    def __reduce__(self) -> str:
        raise TypeError("a model has threads and is not copied; open the file again")

    @overload
    def paint(
        self,
        ids: Array,
        *,
        instances: Array | None = None,
        edges: Array | None = None,
        style: Array,
        seed: None = None,
        out: NDArray[np.uint8] | None = None,
    ) -> NDArray[np.uint8]: ...

    @overload
    def paint(
        self,
        ids: Array,
        *,
        instances: Array | None = None,
        edges: Array | None = None,
        style: None = None,
        seed: SupportsIndex | None = None,
        out: NDArray[np.uint8] | None = None,
    ) -> NDArray[np.uint8]: ...

    def paint(
        self,
        ids: Array,
        *misplaced: object,
        instances: Array | None = None,
        edges: Array | None = None,
        style: Array | None = None,
        seed: SupportsIndex | None = None,
        out: NDArray[np.uint8] | None = None,
    ) -> NDArray[np.uint8]:
        """Paints a picture. A style and a seed exclude each other.

        ids: whole numbers below `label_count`, shape (height, width): the label map. `ids_of` reads those of a drawing.
            A palette image of Pillow is read as `fit_ids` reads it.
        instances: whole numbers, shape (height, width): a number for each object, for networks that read instance
            borders (`has_edges`), which run where a pixel has another number than one above, below, left or right.
        edges: in place of instances: shape (height, width), true where a border runs, or 0 and 1, or 0 and 255.
        style: finite numbers, shape (style_count,), as `encode`, `seed_style` and `read_style` give them.
        seed: 0 to 2**64 - 1, in place of a style; seed 0 where neither is given and the network has a style.
        out: uint8, shape (height, width, 3), contiguous: where the picture goes; a new array if not given.

        Returns red, green and blue, 0 to 255: uint8, shape (height, width, 3).
        Raises ValueError for another shape or range, such as `errors.UnknownLabel` and `errors.StyleNotFinite`, and
        TypeError for another type.
        """
        self._require_open()
        if misplaced:
            value = misplaced[0]
            meant = f"seed={value}" if isinstance(value, (int, np.integer)) else "style=…"
            raise TypeError(f"paint() takes nothing but the map without a name; say {meant}")
        if style is not None and seed is not None:
            raise ValueError("give a style or a seed, not both")
        map = self._apart(self._map(ids), "ids")
        symbols = labels(map, self._shape)
        values = self._style(style, seed)
        lines = self._borders(instances, edges)
        shape = (*self._shape, 3)
        out = np.empty(shape, np.uint8) if out is None else self._apart(target(out, shape), "out")
        with self._lock:
            runtime = self._running()
            start = time.perf_counter()
            status = library.spade_paint(
                runtime,
                pointer(symbols, ctypes.c_uint16),
                pointer(lines, ctypes.c_uint8),
                pointer(values, ctypes.c_float),
                pointer(out, ctypes.c_uint8),
            )
            self._seconds = time.perf_counter() - start
        if status == UnknownLabel.status:
            raise self._unknown(map)
        check(status)
        return out

    def _borders(self, instances: Array | None, edges: Array | None) -> NDArray[np.uint8] | None:
        """Where instance borders run; None for a network that reads none."""
        if instances is not None and edges is not None:
            raise ValueError("give instances or edges, not both")
        if not self.has_edges:
            if instances is None and edges is None:
                return None
            name = "edges" if instances is None else "instances"
            raise EdgesUnexpected(f"the network reads no instance borders; leave {name} out")
        if instances is not None:
            return between(self._apart(given(instances, "instances", OPEN_PICTURE), "instances"), self._shape)
        if edges is not None:
            return drawn(self._apart(given(edges, "edges", OPEN_PICTURE), "edges"), self._shape)
        raise EdgesMissing(
            "the network needs instance borders; give instances=, a map with a number for each object, or edges=, true "
            "where a border runs"
        )

    def _style(self, style: Array | None, seed: SupportsIndex | None) -> NDArray[np.float32] | None:
        """The style of a picture; None for a network without one."""
        if style is not None:
            return style_values(self._apart(given(style, "style", READ_STYLE), "style"), self.style_count)
        if self.style_count > 0:
            return self.seed_style(0 if seed is None else seed)
        if seed is not None:
            raise ValueError("the network has no style, so a seed changes nothing")
        return None

    def _unknown(self, ids: NDArray[Any]) -> UnknownLabel:
        """What is wrong with labels that the network does not have."""
        wrong = np.argwhere((ids < 0) | (ids >= self.label_count))
        row, column = wrong[0]
        unknown = "no id" if self.unknown_label is None else str(self.unknown_label)
        advice = ""
        if np.isin(np.unique(ids), gray_levels(self)).all():
            advice = (
                '; these are the classes\' colours in gray, as convert("L") makes them: it changes ids, so give the '
                "palette image itself, or the drawing to ids_of()"
            )
        return UnknownLabel(
            f"ids has {ids[row, column]} at row {row}, column {column}{in_all(len(wrong), 'pixels')}; the network has "
            f"0 to {self.label_count - 1}, and {unknown} for unknown pixels{advice}"
        )

    def encode(self, photo: Array) -> NDArray[np.float32]:
        """Makes the style of a photo, which is stretched to 256 by 256 pixels as `spade synthesize --style` does.

        photo: red, green and blue, 0 to 255: uint8, shape (any height, any width, 3).

        Returns float32, shape (style_count,). Warns by `OrientationWarning` of an image of Pillow that EXIF says is to
            be turned.
        Raises ValueError for another shape, TypeError for another type, and `errors.EncoderMissing` where `has_encoder`
        is false.
        """
        self._require_open()
        pixels = picture(photo, "photo", (3,))
        tell_orientation(photo)
        square = np.empty((PHOTO_SIDE, PHOTO_SIDE, 3), np.uint8)
        style = np.empty(self.style_count, np.float32)
        height, width, _ = pixels.shape
        check(
            library.spade_stretch_photo(pointer(pixels, ctypes.c_uint8), width, height, pointer(square, ctypes.c_uint8))
        )
        with self._lock:
            runtime = self._running()
            start = time.perf_counter()
            status = library.spade_encode(runtime, pointer(square, ctypes.c_uint8), pointer(style, ctypes.c_float))
            self._seconds = time.perf_counter() - start
        check(status)
        return style

    def read_style(self, path: AnyPath) -> NDArray[np.float32]:
        """Reads a style that `--save-style` or `write_style` wrote, or one beside the model by its name.

        path: the file, or one of the names of `styles`, such as "sunset", in any case of its letters: a file of that
            name in the current folder wins. What lies beside the model may also be a photo, which is read with Pillow
            and encoded as `encode` does.

        Returns float32, shape (style_count,).
        Raises OSError where the file cannot be read, FileNotFoundError with the names that there are where a name is
        none of them, and `errors.NotAStyle`, `errors.StyleDamaged`, `errors.StyleVersion` or `errors.StyleLength` where
        it is not a good style.
        """
        style = found(path, self._path)
        if style is not None and is_photo(style.read_bytes()):
            return self.encode(read_photo(style))
        return self._saved_style(path if style is None else style)

    def close(self) -> None:
        """Ends the threads; the model paints and encodes no more. Also done when the model is let go.

        What needs no threads goes on: the facts, `label`, `ids_of`, `fit_ids`, `kept`, the styles of seeds and of
        saved files, and `arena`, which stays as the last picture left it.
        """
        self._is_forked = False
        self._stop()

    def __enter__(self) -> Model:
        self._require_open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def _is_closed(self) -> bool:
        return not self._runtimes and not self._is_forked

    def _require_open(self) -> None:
        if self._is_closed:
            raise Closed("the model is closed; open the file again")

    def _running(self) -> ctypes.c_void_p:
        """The runtime; under the lock."""
        if self._is_forked:
            self._start()
        self._require_open()
        return self._runtimes[0]

    def _leave_threads(self) -> None:
        """In the child of a fork, which has none of the threads, and the lock as it was."""
        self._is_forked = not self._is_closed
        self._stop.detach()
        self._runtimes.clear()
        self._lock = threading.Lock()

    def _apart(self, values: NDArray[Any], name: str) -> NDArray[Any]:
        """`values`, unless they lie in the arena."""
        if np.may_share_memory(values, self._arena):
            raise ValueError(f"{name} lies in the model's arena, where the library works")
        return values


_models: weakref.WeakSet[Model] = weakref.WeakSet()


def _after_fork() -> None:
    for model in list(_models):
        model._leave_threads()


os.register_at_fork(after_in_child=_after_fork)


def _stop(lock: threading.Lock, runtimes: list[ctypes.c_void_p], *_kept: object) -> None:
    # Not before the picture that another thread paints.
    with lock:
        while runtimes:
            library.spade_stop(runtimes.pop())
