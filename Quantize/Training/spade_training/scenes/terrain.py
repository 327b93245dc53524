"""What stands on the horizon: mountain ranges, hills and forests, each drawn below a line over x."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix, rgb
from .noise import crags, sample, smoothstep, swells

ROCK, ROCK_SECOND, SNOW = rgb("6d6870"), rgb("8d8078"), rgb("eef3fa")


def paint_mountains(
    canvas: Canvas, rng: np.random.Generator, foot: float, height: float, distance: float, snow: float
):
    """A range from `foot` up to about `height` above it; `snow` is the white share of it, 0 for none."""
    x, mood = canvas.x[0], canvas.mood
    envelope = 0.62 + 0.38 * np.sin(x * rng.uniform(2, 6) + rng.uniform(0, 6.3)).astype(np.float32)
    line = 0.5 + 0.5 * crags(rng, x, knots=int(rng.integers(3, 6)), roughness=0.48, octaves=7)
    top = foot - height * np.clip(envelope * (0.3 + line * 0.8), 0.06, 1.15)
    rows = canvas.rows(float(top.min()) - 0.01, foot + 0.02)
    y = canvas.y[rows]
    alpha = np.clip((y - top) * canvas.count, 0, 1)
    down = np.clip((y - top) / height, 0, 1)

    scale = rng.uniform(0.55, 0.8)
    u = canvas.x * scale + rng.uniform() + 0.02 * sample("soft", canvas.x, y)
    v = (y - 0.55 * top) * scale * 0.75 + rng.uniform()
    relief = sample("ridged_x", u, v) * canvas.light_x + 0.35 * sample("ridged_y", u, v)
    grain = sample("rough", canvas.x * 0.9, y * 0.9)
    shade = np.clip(0.5 + 0.32 * relief * (1 - 0.45 * down) + 0.05 * grain, 0.04, 1)
    albedo = mix(ROCK, ROCK_SECOND, np.clip(0.5 + 0.4 * sample("soft", u * 2, v * 2), 0, 1)[..., None])
    forest = smoothstep(0.5, 0.95, down + 0.1 * grain)[..., None]
    albedo = mix(albedo, mood.conifer * 0.9 + 0.05, forest * 0.65)
    white = None
    if snow > 0:
        reach = (snow - down) * 4 + 0.42 * sample("ridged", u, v) + 0.3 * sample("rough", u * 0.7, v * 0.5)
        reach += 2.0 * (foot - top - height * 0.55) / height
        white = smoothstep(-0.35, 0.35, reach) * alpha
        albedo = mix(albedo, SNOW, white[..., None])
        shade = np.clip(shade + 0.12 * white, 0, 1)
    mist = distance + 0.35 * down**2 * (0.4 + distance)
    colour = mood.hazed(mood.lit(albedo, shade), mist)
    canvas.paint(rows, slice(None), colour, alpha, SceneClass.MOUNTAIN)
    if white is not None:
        canvas.labels[rows][white > 0.5] = SceneClass.SNOW


def paint_hill(
    canvas: Canvas, rng: np.random.Generator, foot: float, height: float, distance: float
) -> np.ndarray:
    """A rolling hill with meadows and copses. Returns its line: y for every column."""
    x, mood = canvas.x[0], canvas.mood
    line = swells(rng, x, knots=int(rng.integers(2, 4)))
    top = foot - height * np.clip(0.55 + 0.45 * line + rng.uniform(-0.5, 0.5) * (x - 0.5), 0.08, 1.2)
    rows = canvas.rows(float(top.min()) - 0.01, foot + 0.05)
    y = canvas.y[rows]
    alpha = np.clip((y - top) * canvas.count, 0, 1)
    down = np.clip((y - top) / (height + 0.02), 0, 1)
    slope = np.gradient(top, x)
    relief = np.clip(0.6 - 0.45 * slope * canvas.light_x * 3, 0.1, 1)
    u, v = canvas.x * 0.6 + rng.uniform(), (y - 0.7 * top) * 1.8 + rng.uniform()
    mottle = sample("soft", u * 1.6, v)
    shade = relief * (0.95 - 0.45 * down) + 0.07 * mottle + 0.05 * sample("rough", u * 1.5, v)
    albedo = mix(mood.hill, mood.grass_second * 0.95, np.clip(0.4 + 0.45 * mottle, 0, 1)[..., None])
    copse = smoothstep(0.75, 1.15, sample("soft", u * 2.6, v * 1.7) + 0.35 * sample("rough", u * 2, v * 2))
    albedo = mix(albedo, mood.conifer * 0.55 + mood.leaves * 0.35, copse[..., None] * 0.75)
    colour = mood.hazed(mood.lit(albedo, np.clip(shade, 0.05, 1)), distance + 0.25 * down**2 * distance)
    canvas.paint(rows, slice(None), colour, alpha, SceneClass.HILL)
    return top


def paint_forest(canvas: Canvas, rng: np.random.Generator, foot: np.ndarray, height: float, distance: float):
    """Rows of small trees along the line `foot` (y for every column), from the back row to the front one."""
    x, mood = canvas.x[0], canvas.mood
    pointed = rng.random() < 0.55
    gaps = swells(rng, x, knots=4) + rng.uniform(0.1, 0.9)
    for row in range(3):
        count = int(rng.integers(45, 75) * 0.05 / max(height, 0.02)) + 8
        centre = np.sort(rng.uniform(-0.02, 1.02, count)).astype(np.float32)[:, None]
        size = (height * rng.uniform(0.55, 1.1, (count, 1)) * (1 - 0.12 * row)).astype(np.float32)
        off = np.abs(x[None] - centre)
        if pointed:
            crown = np.clip(size - off * 3.0, 0, None)
        else:
            crown = np.sqrt(np.clip((size * 0.62) ** 2 - off**2, 0, None)) + 0.35 * size * (off < size * 0.62)
        nearest = np.abs(x[:, None] - centre[None, :, 0]).argmin(1)
        side = np.clip((x - centre[nearest, 0]) / (size[nearest, 0] * 0.5), -1, 1)
        tone = rng.uniform(-0.16, 0.16, count).astype(np.float32)[nearest]
        profile = crown.max(0) * smoothstep(-0.1, 0.25, gaps)
        base = foot + 0.004 * row
        top = base - profile
        rows = canvas.rows(float(top.min()) - 0.01, float(base.max()) + 0.01)
        y = canvas.y[rows]
        alpha = np.clip((y - top) * canvas.count, 0, 1) * np.clip((base + 0.004 - y) * canvas.count, 0, 1)
        alpha *= profile > 0.15 * height
        depth = np.clip((y - top) / height, 0, 1)
        grain = sample("rough", canvas.x * 2.2, y * 2.2 + 0.1 * row)
        shade = 0.62 + tone + 0.25 * side * canvas.light_x - 0.5 * depth + 0.13 * grain + 0.05 * row
        green = mood.conifer if pointed else mix(mood.leaves, mood.leaves_second, 0.5 + 2 * tone[..., None])
        colour = mood.hazed(mood.lit(green * 0.9, np.clip(shade, 0.03, 1)), distance * (1 - 0.1 * row))
        if mood.frost:
            colour = mix(
                colour,
                mood.hazed(mood.lit(SNOW, 0.6), distance),
                (mood.frost * np.clip(0.7 - depth, 0, 1))[..., None],
            )
        canvas.paint(rows, slice(None), colour, alpha, SceneClass.TREES)
