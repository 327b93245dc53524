"""Sheets to look at: scenes, their maps and drawings of them."""

from pathlib import Path

import numpy as np
from PIL import Image

from .drawings import coloured
from .pool import doodles_of
from .scenes import Mood, render

COLUMNS = 2


def write(path: Path, first: int, count: int, size: int = 256):
    """Scene, exact map and two drawings of each, two scenes a row, as a PNG."""
    cells = []
    for index in range(first, first + count):
        picture, labels = render(index, Mood.from_seed(index), size)
        cells.append(np.concatenate([picture, coloured(labels), *coloured(doodles_of(index, labels))], 1))
    rows = [np.concatenate(cells[k : k + COLUMNS], 1) for k in range(0, count - count % COLUMNS, COLUMNS)]
    Image.fromarray(np.concatenate(rows)).save(path, optimize=True)
