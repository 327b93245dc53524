"""Styles that lie beside a model, by their names: photos and saved styles of its folder `styles`."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from .arrays import AnyPath
from .names import meant

_ENDINGS = (".png", ".jpg", ".jpeg", ".z")


def beside(model: Path) -> list[tuple[str, Path]]:
    """The names and files of the styles beside a model, in the order of the files' names.

    A name has no ending. Of files that differ in their endings alone the PNG has the short name, or the first where
    there is none, and the others take their ending along: `a.png`, `a.jpg` are `a`, `a-jpg`.
    """
    files = _files(model.parent / "styles")
    taken = {path.stem for path in files if _is_png(path)}
    named = []
    for path in files:
        name = path.stem
        if not _is_png(path) and name in taken:
            name = f"{name}-{path.suffix[1:].lower()}"
        taken.add(name)
        named.append((name, path))
    return named


def found(named: AnyPath, model: Path) -> Path | None:
    """The file beside a model of a name without folder, such as "sunset", in any case of its letters; None for a path,
    for what is there under the name in the current folder, and where there are no styles at all."""
    if not isinstance(named, str) or os.sep in named or not named or os.path.exists(named):
        return None
    styles = beside(model)
    for name, path in styles:
        if named in (name, path.name):
            return path
    for name, path in styles:
        if named.lower() in (name.lower(), path.name.lower()):
            return path
    here = next((path.name for path in _files(Path()) if path.stem.lower() == named.lower()), None)
    if not styles and here is None:
        return None
    names = [name for name, _ in styles]
    guess = here or meant(named, names)
    advice = f" (did you mean {guess!r}?)" if guess else ""
    others = f"; there are {', '.join(names)}" if names else ""
    error = FileNotFoundError(f"{named}: no such file here, and no style beside the model{advice}{others}")
    error.errno = errno.ENOENT
    raise error


def _files(folder: Path) -> list[Path]:
    """The photos and saved styles of a folder."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    return [folder / name for name in names if not name.startswith(".") and name.lower().endswith(_ENDINGS)]


def _is_png(path: Path) -> bool:
    return path.suffix.lower() == ".png"
