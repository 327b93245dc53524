"""Where models lie that are named and not given by a path: where `spade-run list` looks."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from .arrays import AnyPath
from .library import VERSION
from .names import meant

# Of an archive that was copied there, and of the package.
INSTALLED = ["/usr/local/share/spade", "/usr/share/spade"]


def model_path(named: AnyPath) -> AnyPath:
    """The file of a model: a path as it is, or that of a name without folder, such as "landscapes", which is the first
    `landscapes.spade` found here, in `Models`, in the folders that SPADE_MODELS names with colons between them, among
    the installed ones, and one folder further down in each. A file that has the name wins."""
    if not isinstance(named, str) or os.sep in named or not named or named.startswith(".") or os.path.isfile(named):
        return named
    models = [path for folder in _folders() for path in _models(folder)]
    for path in models:
        if named in (path.stem, path.name):
            return str(path)
    if not models:
        package = f"spade-run_{VERSION}_{'arm64' if os.uname().machine == 'aarch64' else 'amd64'}"
        raise _absent(
            f"{named}: no such file here, and no models here or in {' or '.join(INSTALLED)}; {package}.deb or "
            ".tar.gz of the release has landscapes"
        )
    stems = list(dict.fromkeys(path.stem for path in models))
    guess = meant(named.removesuffix(".spade"), stems)
    advice = f" (did you mean {guess!r}?)" if guess else ""
    raise _absent(f"{named}: no such file here, and no model's name{advice}; there are {', '.join(stems)}")


def _absent(sentence: str) -> FileNotFoundError:
    """An error that says the sentence alone, without a name behind it."""
    error = FileNotFoundError(sentence)
    error.errno = errno.ENOENT
    return error


def _folders() -> list[str]:
    named = os.environ.get("SPADE_MODELS", "").split(":")
    return [".", "Models", *filter(None, named), *INSTALLED]


def _models(place: str) -> list[Path]:
    """Model files in a folder, and in the folders in it."""
    folders = [Path(place)]
    try:
        folders += sorted(each for each in folders[0].iterdir() if not each.name.startswith(".") and each.is_dir())
    except OSError:
        return []
    models: list[Path] = []
    for folder in folders:
        try:
            models += sorted(each for each in folder.glob("*.spade") if not each.name.startswith("."))
        except OSError:
            continue
    return models
