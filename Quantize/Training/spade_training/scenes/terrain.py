"""What stands on the horizon: mountain ranges and hills, each drawn below a line over x."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix, rgb
from .noise import crags, sample, smoothstep, swells

ROCK, ROCK_SECOND, SNOW = rgb("67636c"), rgb("8b7f76"), rgb("eef3fa")


def _skyline(rng: np.random.Generator, x: np.ndarray) -> np.ndarray:
    """A range's profile, about 0 … 1: a long crest, or a few peaks that stand out."""
    if rng.random() < 0.5:
        envelope = 0.62 + 0.38 * np.sin(x * rng.uniform(2, 6) + rng.uniform(0, 6.3)).astype(np.float32)
        line = 0.5 + 0.5 * crags(rng, x, knots=int(rng.integers(3, 6)), roughness=0.48, octaves=7)
        return envelope * (0.3 + line * 0.8)
    total = np.full_like(x, 0.16)
    for _ in range(int(rng.integers(1, 5))):
        top, middle, lean = rng.uniform(0.55, 1.0), rng.uniform(0.05, 0.95), rng.uniform(0.7, 1.4)
        away = (x - middle) / rng.uniform(0.22, 0.45)
        away = np.where(away < 0, -away * lean, away / lean)
        total = np.maximum(total, top * (1 - away) ** 1.0)
    return total + 0.16 * crags(rng, x, knots=5, roughness=0.58, octaves=6) * np.clip(total * 1.6, 0.3, 1)


def paint_mountains(
    canvas: Canvas, rng: np.random.Generator, foot: float, height: float, distance: float, snow: float
):
    """A range from `foot` up to about `height` above it; `snow` is the white share of it, 0 for none."""
    x, mood = canvas.x[0], canvas.mood
    top = foot - height * np.clip(_skyline(rng, x), 0.06, 1.15)
    rows = canvas.rows(float(top.min()) - 0.01, foot + 0.02)
    y = canvas.y[rows]
    alpha = np.clip((y - top) * canvas.count, 0, 1)
    down = np.clip((y - top) / height, 0, 1)

    scale = rng.uniform(0.5, 0.75)
    u = canvas.x * scale + rng.uniform() + 0.02 * sample("soft", canvas.x, y)
    v = (y - 0.55 * top) * scale * 0.75 + rng.uniform()
    relief = sample("ridged_x", u, v) * canvas.light_x + 0.35 * sample("ridged_y", u, v)
    slope = np.gradient(top, x) * canvas.light_x
    wide = np.convolve(np.pad(slope, 12, mode="edge"), np.ones(25) / 25, "valid").astype(np.float32)
    grain = sample("rough", canvas.x * 0.9, y * 0.9)
    # Whole flanks face the light or turn away; gullies and grain cut them up.
    flank = np.clip(-0.32 * wide, -0.3, 0.3) * (1 - 0.6 * down)
    shade = np.clip(0.5 + flank + 0.3 * relief * (1 - 0.45 * down) + 0.06 * grain, 0.04, 1)
    albedo = mix(ROCK, ROCK_SECOND, np.clip(0.5 + 0.4 * sample("soft", u * 2, v * 2), 0, 1)[..., None])
    leaves = sample("foliage", canvas.x * 1.7 + rng.uniform(), y * 2.4)
    line = rng.uniform(0.45, 0.75)
    forest = smoothstep(line, line + 0.14, down + 0.05 * grain + 0.07 * relief)
    albedo = mix(albedo, mood.conifer * (0.85 + 0.16 * leaves[..., None]), (forest * 0.85)[..., None])
    white = None
    if snow > 0:
        reach = (snow - down) * 4 + 0.5 * sample("ridged", u, v) + 0.3 * sample("rough", u * 0.7, v * 0.5)
        reach += 2.0 * (foot - top - height * 0.55) / height - 0.4 * sample("ridged_x", u, v)
        white = smoothstep(-0.3, 0.3, reach) * alpha
        albedo = mix(albedo, SNOW, white[..., None])
        shade = np.clip(shade + 0.14 * white, 0, 1)
    if mood.frost:
        dusted = mood.frost * np.clip(0.75 + 0.2 * relief + 0.2 * leaves * forest, 0, 1)
        albedo = mix(albedo, SNOW, (dusted * 0.8)[..., None])
    mist = distance + 0.4 * down**2 * (0.35 + distance)
    colour = mood.hazed(mood.lit(albedo, shade), mist)
    canvas.paint(rows, slice(None), colour, alpha, SceneClass.MOUNTAIN)
    if white is not None:
        canvas.labels[rows][white > 0.5] = SceneClass.SNOW


def paint_hill(
    canvas: Canvas, rng: np.random.Generator, foot: float, height: float, distance: float
) -> np.ndarray:
    """A rolling hill with pastures and copses. Returns its line: y for every column."""
    x, mood = canvas.x[0], canvas.mood
    line = swells(rng, x, knots=int(rng.integers(2, 4)))
    top = foot - height * np.clip(0.55 + 0.45 * line + rng.uniform(-0.5, 0.5) * (x - 0.5), 0.08, 1.2)
    rows = canvas.rows(float(top.min()) - 0.01, foot + 0.05)
    y = canvas.y[rows]
    alpha = np.clip((y - top) * canvas.count, 0, 1)
    down = np.clip((y - top) / (height + 0.02), 0, 1)
    slope = np.gradient(top, x)
    # The fold of the ground under the line: fields and shade follow it.
    u, v = canvas.x * 0.6 + rng.uniform(), (y - 0.7 * top) * 1.8 + rng.uniform()
    fold = sample("soft", u * 0.8, v * 0.6)
    relief = np.clip(0.6 - 1.1 * slope * canvas.light_x + 0.12 * fold * canvas.light_x, 0.1, 1)
    mottle = sample("soft", u * 1.6, v)
    leaves = sample("foliage", canvas.x * 2.2 + rng.uniform(), y * 3)
    grain = sample("rough", u * 1.5, v)
    shade = relief * (1.0 - 0.35 * down) + 0.06 * mottle + 0.05 * grain
    parcel = np.floor(u * 9 + 0.35 * mottle) * 0.37 + np.floor(v * 12 + 0.25 * mottle) * 0.61
    tone = np.clip(0.35 + 0.2 * mottle + 0.5 * (parcel % 1 - 0.5), 0, 1)
    albedo = mix(mood.hill, mood.grass_second * 0.95, tone[..., None])
    place = sample("soft", u * 2.6, v * 1.7) + 0.35 * sample("rough", u * 2, v * 2) + 0.25 * leaves
    copse = smoothstep(0.85, 1.1, place)
    green = mood.conifer * 0.5 + mood.leaves * 0.5
    albedo = mix(albedo, green * (0.72 + 0.2 * leaves[..., None]), (copse * 0.95)[..., None])
    if mood.frost:
        albedo = mix(albedo, SNOW, (mood.frost * (1 - 0.6 * copse) * 0.8)[..., None])
    colour = mood.hazed(mood.lit(albedo, np.clip(shade, 0.05, 1)), distance + 0.25 * down**2 * distance)
    canvas.paint(rows, slice(None), colour, alpha, SceneClass.HILL)
    return top
