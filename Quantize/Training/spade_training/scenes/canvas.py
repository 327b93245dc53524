"""What a scene is painted on: colours and labels at the supersampled size."""

import numpy as np

from .classes import SceneClass
from .mood import Mood


class Canvas:
    """Painter's canvas of `count` × `count` samples; coordinates run 0 … 1 right and down.

    Labels follow from shapes alone. Nothing that is painted by the mood may decide one.
    """

    def __init__(self, count: int, mood: Mood, light_x: float):
        self.count = count
        self.mood = mood
        # Where light comes from: −1 left … 1 right, never 0.
        self.light_x = light_x
        centres = ((np.arange(count) + 0.5) / count).astype(np.float32)
        self.x, self.y = centres[None, :], centres[:, None]
        self.colour = np.zeros((count, count, 3), np.float32)
        self.labels = np.zeros((count, count), np.uint8)

    def rows(self, top: float, bottom: float) -> slice:
        return slice(max(0, int(top * self.count)), min(self.count, int(np.ceil(bottom * self.count))))

    def columns(self, left: float, right: float) -> slice:
        return self.rows(left, right)

    def paint(self, rows: slice, columns: slice, colour, alpha, label: SceneClass | None):
        """Lays `colour` over a box with opacity `alpha` [h, w]; `label` goes where it is over one half."""
        box = self.colour[rows, columns]
        box += (colour - box) * np.asarray(alpha, np.float32)[..., None]
        if label is not None:
            self.labels[rows, columns][alpha > 0.5] = label

    def darken(self, rows: slice, columns: slice, factor):
        """Multiplies the colours of a box by `factor` [h, w]: a shadow, which has no label."""
        self.colour[rows, columns] *= np.asarray(factor, np.float32)[..., None]
