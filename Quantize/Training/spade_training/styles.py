"""The style vectors that stand for moods: what the encoder is taught where the mood of a picture is known.

The numbers of a mood are decorrelated and scaled to unit variance over many moods, so that the vectors fill
the space that styles are drawn from. Every vector stands for a mood, also one drawn at random.
"""

from functools import cache

import numpy as np

from .scenes import Mood

_SAMPLE = 3000  # moods that directions and scales are found from
_FIRST = 20_000_000  # their first seed
_DRAWN = 32  # numbers of a style that a drawn mood follows


@cache
def _directions() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The mean of mood vectors, their scale, and directions [numbers, numbers], the most varied first.

    The length of a direction is the deviation along it.
    """
    moods = np.stack([Mood.from_seed(_FIRST + k).vector() for k in range(_SAMPLE)])
    mean, scale = moods.mean(0), moods.std(0) + 1e-6
    _, values, vectors = np.linalg.svd((moods - mean) / scale, full_matrices=False)
    return mean, scale, vectors * (values / np.sqrt(_SAMPLE))[:, None]


def style_of_mood(mood: Mood, count: int) -> np.ndarray:
    """The style, float32 [count], of a mood; `count` is at most the mood's numbers."""
    mean, scale, directions = _directions()
    first = directions[:count]
    style = first @ ((mood.vector() - mean) / scale) / (first**2).sum(1)
    return np.clip(style, -3, 3).astype(np.float32)


def drawn_style(seed: int) -> np.ndarray:
    """A style from the normal distribution, float32 [32]; a network with fewer numbers knows the first."""
    return np.random.default_rng([seed, 303]).standard_normal(_DRAWN).astype(np.float32)


def mood_of_style(style: np.ndarray) -> Mood:
    """The mood that a style stands for."""
    mean, scale, directions = _directions()
    return Mood.from_vector(mean + style @ directions[: len(style)] * scale)
