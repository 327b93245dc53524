"""From the statuses of the library to errors."""

from __future__ import annotations

import os

from . import errors
from .arrays import AnyPath
from .errors import SpadeError
from .library import library

_classes = {
    found.status: found
    for found in vars(errors).values()
    if isinstance(found, type) and issubclass(found, SpadeError) and vars(found).get("status", 0) != 0
}


def check(status: int, path: AnyPath | None = None, advice: str = "") -> None:
    """Raises the error of a status, unless it is 0.

    path: the file that the call was about, for the sentence.
    advice: goes behind the sentence.
    """
    if status == 0:
        return
    sentence = library.spade_status_text(status).decode() + advice
    raise _classes.get(status, SpadeError)(sentence if path is None else f"{os.fsdecode(path)}: {sentence}")
