"""The functions of libspade.so, as spade.h declares them. ctypes releases the interpreter's lock while one runs."""

import ctypes
from ctypes import POINTER, c_char_p, c_float, c_int, c_int32, c_size_t, c_uint8, c_uint16, c_uint64, c_void_p
from pathlib import Path
from typing import Any


class ModelHandle(ctypes.Structure):
    """`spade_model`."""

    _fields_ = [("content", c_uint64 * 32)]


ModelPointer = POINTER(ModelHandle)
library = ctypes.CDLL(str(Path(__file__).with_name("libspade.so.0")))


def _declare(name: str, result: Any, *arguments: Any) -> None:
    function = getattr(library, name)
    function.restype, function.argtypes = result, list(arguments)


_declare("spade_version", c_char_p)
_declare("spade_status_text", c_char_p, c_int)
_declare("spade_open", c_int, ModelPointer, c_void_p, c_size_t)
for _name in ("width", "height", "picture_size", "label_count", "style_count", "class_count", "saved_style_size"):
    _declare(f"spade_{_name}", c_size_t, ModelPointer)
_declare("spade_unknown_label", c_int32, ModelPointer)
_declare("spade_has_edges", c_int, ModelPointer)
_declare("spade_has_encoder", c_int, ModelPointer)
_declare("spade_class_name", c_size_t, ModelPointer, c_size_t, c_char_p, c_size_t)
_declare("spade_class_color", c_int32, ModelPointer, c_size_t)
_declare("spade_seed_style", c_int, ModelPointer, c_uint64, POINTER(c_float))
_declare("spade_read_style", c_int, ModelPointer, c_char_p, c_size_t, POINTER(c_float))
_declare("spade_write_style", c_int, ModelPointer, POINTER(c_float), c_char_p)
_declare("spade_arena_size", c_size_t, ModelPointer, c_size_t)
_declare("spade_start", c_int, POINTER(c_void_p), ModelPointer, c_void_p, c_size_t, c_size_t)
_declare("spade_kernels", c_char_p, c_void_p)
_declare("spade_paint", c_int, c_void_p, POINTER(c_uint16), POINTER(c_uint8), POINTER(c_float), POINTER(c_uint8))
_declare("spade_encode", c_int, c_void_p, POINTER(c_uint8), POINTER(c_float))
_declare("spade_stop", None, c_void_p)
_declare("spade_stretch_photo", c_int, POINTER(c_uint8), c_size_t, c_size_t, POINTER(c_uint8))
_declare(
    "spade_read_drawing",
    c_int,
    ModelPointer,
    POINTER(c_int32),
    POINTER(c_uint8),
    c_size_t,
    c_size_t,
    POINTER(c_uint16),
    POINTER(c_uint8),
)

VERSION: str = library.spade_version().decode()
