"""Label maps as people see and paint them: palette pictures."""

from pathlib import Path

import numpy as np
from PIL import Image

from .scenes import CLASSES


def palette() -> list[int]:
    return [int(colour[k : k + 2], 16) for _, colour in CLASSES for k in (1, 3, 5)]


def coloured(labels: np.ndarray) -> np.ndarray:
    """The drawing colours of ids [..., H, W]: uint8 [..., H, W, 3]."""
    colours = np.array(palette(), np.uint8).reshape(-1, 3)
    return colours[np.minimum(labels, len(colours) - 1)]


def write_map(path: Path, labels: np.ndarray):
    """A label map whose palette shows the classes' colours."""
    image = Image.fromarray(labels, "P")
    image.putpalette(palette())
    image.save(path)
