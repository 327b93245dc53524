"""A scene: what is where, drawn from the layout's seed, in the light of a mood drawn from another."""

import numpy as np

from . import water as waters
from .canvas import Canvas
from .clouds import paint_clouds
from .cover import Cover
from .ground import Ground
from .mood import Mood, mix
from .noise import smoothstep
from .sky import LARGE_SUN, paint_disc, paint_sky
from .terrain import paint_hill, paint_mountains
from .things import Things
from .woods import paint_forest

SUPERSAMPLING = 2
_LUMA_COLUMN = np.array([[0.3], [0.59], [0.11]], np.float32)
KINDS = {"meadow": 0.26, "lake": 0.21, "river": 0.15, "sea": 0.16, "field": 0.13, "snow": 0.09}


def render(
    layout_seed: int, mood: Mood, size: int = 256, large_suns: bool = True
) -> tuple[np.ndarray, np.ndarray]:
    """Paints one scene; without `large_suns` every sun is as small as in nature.

    The labels depend on `layout_seed`, `size` and `large_suns` alone.
    Returns the picture, uint8 [size, size, 3], and the labels, uint8 [size, size].
    """
    streams = [np.random.default_rng([layout_seed, k]) for k in range(10)]
    plan = streams[0]
    horizon = float(plan.uniform(0.34, 0.62))
    sun = _sun(plan, streams[9] if large_suns else None, horizon)
    canvas = Canvas(size * SUPERSAMPLING, mood, _light_x(sun, mood))
    kind = str(plan.choice(list(KINDS), p=list(KINDS.values())))

    paint_sky(canvas, streams[1], horizon, sun)
    in_front = sun is not None and sun[2] > LARGE_SUN
    if sun and not in_front:
        paint_disc(canvas, *sun)
    paint_clouds(canvas, streams[2], horizon)
    if in_front:
        paint_disc(canvas, *sun)
    _paint_background(canvas, streams[3], horizon, kind)
    surface = Ground(canvas, streams[4], horizon)
    growth = _paint_ground(canvas, streams[5], surface, kind)
    things = Things(canvas, streams[6], horizon, kind)
    wet = None
    if kind in waters.SHAPES:
        wet, surf = _shore(canvas, streams[8], surface, kind)
        # What stands behind the water is mirrored.
        things.paint_behind(waters.first_rows(wet, surface.rows.start), wet, surface.rows.start)
        waters.paint_water(surface, streams[8], wet, surf if kind == "sea" else None, sun)
    cover = Cover(surface, streams[7])
    cover.growth |= growth
    cover.paint()
    things.paint_rest(wet, surface.rows.start)
    return _downsampled(canvas, size)


def _sun(plan, large, horizon):
    """x, y and radius of the disc, or none. With `large` half of the suns are as large as people draw them."""
    chance, x = plan.random(), float(plan.uniform(0.08, 0.92))
    y, radius = float(plan.uniform(0.12, 0.85)) * horizon, float(plan.uniform(0.024, LARGE_SUN))
    if large and large.random() < 0.5:
        radius = float(np.exp(large.uniform(np.log(LARGE_SUN), np.log(0.18))))
    return (x, y, radius) if chance < 0.5 else None


def _light_x(sun, mood: Mood) -> float:
    if sun is None:
        return mood.side * 0.9
    side = (sun[0] - 0.5) * 2.6
    return float(np.sign(side or 1) * np.clip(abs(side), 0.35, 1))


def _paint_background(canvas, rng, horizon, kind):
    ranges = int(rng.choice([0, 1, 2, 3], p=[0.22, 0.3, 0.3, 0.18]))
    if kind == "snow":
        ranges = max(ranges, 1)
    snow = rng.uniform(0.25, 0.6) if rng.random() < 0.65 else 0.0
    tall = rng.uniform(0.16, 0.48) * (horizon / 0.48)
    for k in range(ranges):
        nearer = (k + 1) / ranges
        height = tall * (1 - 0.42 * k / max(ranges, 1))
        paint_mountains(canvas, rng, horizon + 0.01, height, 0.55 - 0.38 * nearer, snow * (1 - 0.45 * k))
    hills = int(rng.choice([0, 1, 2, 3], p=[0.25, 0.33, 0.27, 0.15]))
    if kind == "snow":
        hills = 0
    if kind == "sea":
        hills = min(hills, 1)
    if ranges == 0 and hills == 0 and kind != "sea":
        hills = 2
    for k in range(hills):
        distance = 0.32 - 0.22 * (k + 1) / hills
        height = rng.uniform(0.05, 0.2) * (1 - 0.25 * k)
        top = paint_hill(canvas, rng, horizon + 0.012, height, distance)
        if rng.random() < 0.35:
            paint_forest(canvas, rng, top + 0.012, rng.uniform(0.015, 0.03), distance)
    if kind != "sea" and rng.random() < 0.55:
        foot = np.full(canvas.count, horizon + 0.012, np.float32)
        paint_forest(canvas, rng, foot, rng.uniform(0.025, 0.085), 0.12)


def _paint_ground(canvas, rng, surface: Ground, kind) -> dict:
    """Paints the dry plane. Returns how densely things grow on it, by label."""
    growth = {}
    if kind == "snow":
        surface.paint_snow(rng)
    elif kind == "sea":
        surface.paint_sand(rng)
    else:
        surface.paint_grass(rng)
    if kind == "field" or (kind in ("meadow", "river") and rng.random() < 0.2):
        alpha = surface.bed(rng, rng.uniform(0.5, 1.0 if kind == "field" else 0.5))
        growth = {15: surface.paint_field(rng, alpha)}
    if kind in ("meadow", "lake", "river") and rng.random() < 0.45:
        surface.paint_bed(rng, surface.bed(rng, rng.uniform(0.25, 0.75)))
    if kind in ("meadow", "field", "snow") and rng.random() < 0.5:
        surface.paint_road(rng)
    return growth


def _shore(canvas, rng, surface: Ground, kind):
    """Paints the rim of the water. Returns its opacity and the distance from it, each of the ground's rows."""
    shape = waters.SHAPES[kind](surface, rng)
    if kind == "sea" and rng.random() < 0.6:
        edge = surface.near - rng.uniform(0.7, 0.95) + 0.05 * surface.strokes("rough", 0.6)
        surface.paint_grass(rng, np.where(shape < -0.12, smoothstep(-0.05, 0.05, edge), 0))
    elif kind != "sea" and rng.random() < 0.6:
        rim = rng.uniform(0.03, 0.12)
        surface.paint_sand(rng, smoothstep(-0.02, 0.02, shape + rim + 0.02 * surface.strokes("rough", 0.7)))
    return smoothstep(-0.008, 0.008, shape), shape


def _downsampled(canvas: Canvas, size: int):
    k = SUPERSAMPLING
    # A soft shoulder keeps detail in bright snow and foliage.
    colour = np.clip(canvas.colour, 0, None)
    colour = np.where(colour > 0.72, 0.72 + 0.28 * (1 - np.exp((0.72 - colour) / 0.28)), colour)
    colour = mix(colour @ _LUMA_COLUMN, colour, 0.9)
    picture = colour.reshape(size, k, size, k, 3).mean((1, 3))
    return (picture * 255 + 0.5).astype(np.uint8), canvas.labels[::k, ::k].copy()
