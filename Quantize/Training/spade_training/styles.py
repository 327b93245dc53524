"""The style vectors that stand for moods: what the encoder is taught where the mood of a picture is known.

The numbers of a mood are decorrelated and scaled to unit variance over many moods, so that the vectors fill
the space that styles are drawn from.
"""

from functools import cache

import numpy as np

from .scenes import Mood

_SAMPLE = 3000  # moods that directions and scales are found from
_FIRST = 20_000_000  # their first seed


@cache
def _directions(count: int) -> tuple[np.ndarray, np.ndarray]:
    """The mean of mood vectors, and a matrix [numbers, count] to the `count` directions that vary most."""
    moods = np.stack([Mood.from_seed(_FIRST + k).vector() for k in range(_SAMPLE)])
    mean, scale = moods.mean(0), moods.std(0) + 1e-6
    _, values, vectors = np.linalg.svd((moods - mean) / scale, full_matrices=False)
    deviations = values[:count] / np.sqrt(_SAMPLE)
    return mean, (vectors[:count] / deviations[:, None] / scale).T


def style_of_mood(seed: int, count: int) -> np.ndarray:
    """The style, float32 [count], of the mood with this seed; `count` is at most the mood's numbers."""
    mean, matrix = _directions(count)
    return np.clip((Mood.from_seed(seed).vector() - mean) @ matrix, -3, 3).astype(np.float32)
