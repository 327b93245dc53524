"""A scene: what is where, drawn from the layout's seed, in the light of a mood drawn from another."""

import numpy as np

from . import ground as flat
from .canvas import Canvas
from .ground import Ground
from .mood import Mood
from .objects import paint_house, paint_rock
from .plants import paint_broadleaf, paint_bush, paint_conifer, paint_poplar, paint_shadow
from .sky import paint_clouds, paint_sky
from .terrain import paint_forest, paint_hill, paint_mountains

SUPERSAMPLING = 2


def render(layout_seed: int, mood: Mood, size: int = 256) -> tuple[np.ndarray, np.ndarray]:
    """Paints one scene.

    The labels depend on `layout_seed` and `size` alone.
    Returns the picture, uint8 [size, size, 3], and the labels, uint8 [size, size].
    """
    streams = [np.random.default_rng([layout_seed, k]) for k in range(8)]
    plan = streams[0]
    horizon = float(plan.uniform(0.36, 0.6))
    sun = _sun(plan, horizon)
    canvas = Canvas(size * SUPERSAMPLING, mood, _light_x(sun, mood))
    kind = plan.choice(
        ["meadow", "lake", "river", "sea", "field", "snow"], p=[0.25, 0.23, 0.16, 0.18, 0.11, 0.07]
    )

    paint_sky(canvas, streams[1], horizon, sun)
    paint_clouds(canvas, streams[2], horizon)
    _paint_background(canvas, streams[3], horizon, kind)
    surface = Ground(canvas, streams[4], horizon)
    water = _paint_ground(canvas, streams[5], surface, kind)
    _paint_things(canvas, streams[6], horizon, kind, water, surface)
    return _downsampled(canvas, size)


def _sun(plan, horizon):
    chance, x = plan.random(), float(plan.uniform(0.1, 0.9))
    y, radius = float(plan.uniform(0.12, 0.8)) * horizon, float(plan.uniform(0.022, 0.045))
    return (x, y, radius) if chance < 0.45 else None


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
    tall = rng.uniform(0.16, 0.42) * (horizon / 0.48)
    for k in range(ranges):
        nearer = (k + 1) / ranges
        height = tall * (1 - 0.42 * k / max(ranges, 1))
        paint_mountains(canvas, rng, horizon + 0.01, height, 0.62 - 0.42 * nearer, snow * (1 - 0.45 * k))
    hills = int(rng.choice([0, 1, 2, 3], p=[0.25, 0.33, 0.27, 0.15]))
    if kind == "snow":
        hills = 0
    if kind == "sea":
        hills = min(hills, 1)
    if ranges == 0 and hills == 0 and kind != "sea":
        hills = 2
    for k in range(hills):
        distance = 0.32 - 0.22 * (k + 1) / hills
        height = rng.uniform(0.05, 0.16) * (1 - 0.25 * k)
        top = paint_hill(canvas, rng, horizon + 0.012, height, distance)
        if rng.random() < 0.35:
            paint_forest(canvas, rng, top + 0.012, rng.uniform(0.015, 0.03), distance)
    if kind != "sea" and rng.random() < 0.6:
        foot = np.full(canvas.count, horizon + 0.012, np.float32)
        paint_forest(canvas, rng, foot, rng.uniform(0.025, 0.085), 0.12)


def _paint_ground(canvas, rng, surface: Ground, kind) -> np.ndarray:
    """Paints the plane. Returns how much water there is, [canvas, canvas], 0 … 1."""
    water = np.zeros((canvas.count, canvas.count), np.float32)
    if kind == "snow":
        surface.paint_snow(rng)
    elif kind == "sea":
        surface.paint_sand(rng)
    else:
        surface.paint_grass(rng)
    if kind == "field" or (kind in ("meadow", "river") and rng.random() < 0.2):
        alpha = surface.bed(rng, rng.uniform(0.4, 0.95 if kind == "field" else 0.5))
        surface.paint_field(rng, alpha)
    if kind in ("meadow", "lake", "river") and rng.random() < 0.45:
        surface.paint_flowers(rng, surface.bed(rng, rng.uniform(0.2, 0.6)))
    if kind in ("meadow", "field", "snow") and rng.random() < 0.5:
        surface.paint_road(rng)
    if kind in ("lake", "river", "sea"):
        shape = {"lake": flat.lake_shape, "river": flat.river_shape, "sea": flat.sea_shape}[kind](
            surface, rng
        )
        if kind == "sea" and rng.random() < 0.6:
            edge = surface.near - rng.uniform(0.78, 0.95) + 0.05 * surface.strokes("rough", 0.6)
            surface.paint_grass(rng, np.where(shape < -0.12, flat.smoothstep(-0.05, 0.05, edge), 0))
        elif kind != "sea" and rng.random() < 0.6:
            rim = rng.uniform(0.03, 0.12)
            surface.paint_sand(
                rng, flat.smoothstep(-0.02, 0.02, shape + rim + 0.02 * surface.strokes("rough", 0.7))
            )
        alpha = flat.smoothstep(-0.008, 0.008, shape)
        flat.paint_water(surface, rng, alpha, shape if kind == "sea" else None)
        water[surface.rows] = alpha
    return water


# Chance of each kind of thing by kind of ground.
_THINGS = {
    "meadow": {"tree": 0.62, "bush": 0.18, "rock": 0.1, "house": 0.1},
    "lake": {"tree": 0.58, "bush": 0.17, "rock": 0.17, "house": 0.08},
    "river": {"tree": 0.58, "bush": 0.18, "rock": 0.17, "house": 0.07},
    "sea": {"tree": 0.16, "bush": 0.2, "rock": 0.56, "house": 0.08},
    "field": {"tree": 0.62, "bush": 0.18, "rock": 0.03, "house": 0.17},
    "snow": {"tree": 0.66, "bush": 0.06, "rock": 0.18, "house": 0.1},
}


def _paint_things(canvas, rng, horizon, kind, water, surface):
    """Trees, bushes, rocks and houses, from far to near; none stands in water, and no house very near."""
    chances = _THINGS[kind]
    tree_kind = rng.choice(["broadleaf", "conifer", "poplar", "both"], p=[0.4, 0.32, 0.08, 0.2])
    if kind == "snow":
        tree_kind = "conifer"
    places = []
    houses = 0
    for _ in range(int(rng.integers(4, 22))):
        near = float(rng.uniform(0.02, 1) ** 1.6)
        base = horizon + 0.02 + near * (0.96 - horizon)
        # The nearer, the more to the sides: the middle stays open.
        x = float(rng.uniform(-0.05, 1.05))
        if near > 0.35:
            x = 0.5 + (0.22 + 0.36 * rng.random()) * (1 if x > 0.5 else -1)
        what = str(rng.choice(list(chances), p=list(chances.values())))
        seed = int(rng.integers(1 << 31))
        if what == "house" and (near > 0.45 or houses == 2):
            continue
        houses += what == "house"
        places.append((base, near, x, what, seed))
    for base, near, x, what, seed in sorted(places):
        own = np.random.default_rng(seed)
        row = min(canvas.count - 1, int(base * canvas.count))
        column = int(np.clip(x, 0, 0.999) * canvas.count)
        if water[row, column] > 0.1:
            continue
        size = 0.05 + 0.42 * near
        distance = (1 - near) ** 2 * 0.22
        if what == "tree":
            height = size * own.uniform(0.75, 1.35) + 0.03
            paint_shadow(canvas, x, base, height * 0.26)
            pick = tree_kind if tree_kind != "both" else own.choice(["broadleaf", "conifer"])
            painter = {"broadleaf": paint_broadleaf, "conifer": paint_conifer, "poplar": paint_poplar}[
                str(pick)
            ]
            painter(canvas, own, x, base, height, distance)
        elif what == "bush":
            width = size * own.uniform(0.25, 0.45) + 0.012
            paint_shadow(canvas, x, base, width * 0.5)
            paint_bush(canvas, own, x, base, width, distance)
        elif what == "rock":
            for _ in range(int(own.integers(1, 4))):
                width = size * own.uniform(0.15, 0.5) + 0.012
                offset = x + own.normal(0, 0.25) * size * 0.6
                paint_shadow(canvas, offset, base, width * 0.45)
                paint_rock(canvas, own, offset, base, width, distance)
        else:
            width = size * own.uniform(0.42, 0.6) + 0.035
            paint_shadow(canvas, x, base, width * 0.7, 0.4)
            paint_house(canvas, own, x, base, width, distance)


def _downsampled(canvas: Canvas, size: int):
    k = SUPERSAMPLING
    # A soft shoulder keeps detail in bright snow and foliage.
    colour = np.clip(canvas.colour, 0, None)
    colour = np.where(colour > 0.72, 0.72 + 0.28 * (1 - np.exp((0.72 - colour) / 0.28)), colour)
    picture = colour.reshape(size, k, size, k, 3).mean((1, 3))
    return (picture * 255 + 0.5).astype(np.uint8), canvas.labels[::k, ::k].copy()
