"""Sky, sun or moon, and stars."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix, rgb
from .noise import sample, smoothstep

_MOON, _MOON_SECOND = rgb("eef0f2"), rgb("b9c0cc")
_GOLD = rgb("ffcf5a")
MOON_SHARE = 0.62  # of the disc's radius
LARGE_SUN = 0.055  # the largest radius that a sun has in nature's pictures; larger ones are drawn


def paint_sky(
    canvas: Canvas, rng: np.random.Generator, horizon: float, sun: tuple[float, float, float] | None
):
    """The sky and what light `sun`, x, y and radius of the disc, gives it; it reaches a little below `horizon`."""
    mood, rows = canvas.mood, canvas.rows(0, horizon + 0.06)
    height = np.clip(1 - canvas.y[rows] / horizon, 0, 1)
    drift = 0.05 * sample("soft", canvas.x * 0.35 + rng.uniform(), canvas.y[rows] * 0.9 + rng.uniform())
    height = np.clip(height + drift * height, 0, 1)[..., None]
    sky = mix(mood.horizon, mood.middle, smoothstep(0, 0.45, height))
    sky = mix(sky, mood.zenith, smoothstep(0.3, 1.05, height))
    sun_x, sun_y = sun[:2] if sun else (0.5 + 0.75 * canvas.light_x, horizon * 0.75)
    distance = np.hypot(canvas.x - sun_x, (canvas.y[rows] - sun_y) * 1.25)[..., None]
    halo = 0.42 * np.exp(-distance * 14) + 0.34 * np.exp(-distance * 5) + 0.26 * np.exp(-distance * 2.0)
    halo *= mood.glow * (1 - 0.6 * mood.night)
    warm = np.clip(mix(mood.horizon, mood.disc, 0.6) * 1.08, 0, 1)
    canvas.colour[rows] = mix(sky, warm, np.clip(halo, 0, 1))
    canvas.labels[rows] = SceneClass.SKY
    if mood.night > 0.2:
        _paint_stars(canvas, rng, rows, height[..., 0])


def _paint_stars(canvas: Canvas, rng, rows: slice, height):
    mood = canvas.mood
    clear = np.clip(mood.contrast * 2, 0, 1)
    x, y = canvas.x * 0.5 + 0.3, canvas.y[rows] * 0.5 + rng.uniform()
    grain = sample("white", x, y)
    twinkle = np.clip(grain - 2.9, 0, 1) * 1.6 * (0.6 + 0.4 * sample("soft", x, y))
    canvas.colour[rows] += (twinkle * np.clip(height * 1.6, 0, 1) * mood.night * clear)[..., None]


def paint_disc(canvas: Canvas, x: float, y: float, radius: float):
    """The sun fills the label's disc; the moon, small and pale, its middle, in a faint ring of light.

    A large sun is golden towards its rim.
    """
    mood, reach = canvas.mood, radius * 1.2
    rows, columns = canvas.rows(y - reach, y + reach), canvas.columns(x - reach, x + reach)
    px, py = canvas.x[:, columns] - x, canvas.y[rows] - y
    distance = np.hypot(px, py)
    moon = float(smoothstep(0.25, 0.6, mood.night))
    own = radius * (1 - (1 - MOON_SHARE) * moon)
    alpha = smoothstep(own * 1.05, own * 0.95, distance)
    disc = np.broadcast_to(np.clip(mood.disc * 1.06, 0, 1), alpha.shape + (3,))
    large = float(smoothstep(LARGE_SUN, 1.6 * LARGE_SUN, radius))
    if moon:
        seas = 0.6 * sample("soft", px / own * 0.1 + 0.3, py / own * 0.1 + 0.2) + 0.2 * sample(
            "soft", px / own * 0.3, py / own * 0.3
        )
        face = mix(_MOON, _MOON_SECOND, smoothstep(-0.2, 0.9, seas)[..., None])
        face = mix(canvas.colour[rows, columns], face, 0.55 + 0.45 * mood.contrast)
        ring = np.clip(1 - distance / radius, 0, 1)[..., None] * 0.5
        canvas.colour[rows, columns] += (_MOON - canvas.colour[rows, columns]) * ring * moon * 0.5
        disc = mix(disc, face, moon)
    else:
        disc = mix(disc, _GOLD, (large * smoothstep(0.2, 1.0, distance / radius))[..., None])
        # Through haze and clouds the disc is less than white, never less than its sky.
        shown = mix(0.4 + 0.6 * mood.contrast, 1.0, 0.6 * large)
        disc = mix(canvas.colour[rows, columns] * 1.1, disc, shown)
    canvas.paint(rows, columns, disc, alpha, None)
    canvas.labels[rows, columns][distance < radius] = SceneClass.SUN


def glitter_column(canvas: Canvas, sun: tuple[float, float, float] | None, width) -> np.ndarray:
    """How much of the disc's light water below it throws back, by column [1, count] and `width` [rows, 1]."""
    if sun is None:
        return np.zeros((1, 1), np.float32)
    return np.exp(-(((canvas.x - sun[0]) / width) ** 2))
