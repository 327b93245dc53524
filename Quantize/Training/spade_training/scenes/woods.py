"""Woods: rows of small crowns far away, and near ones whose edge shows single trees, trunks and shade."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix
from .noise import sample, smoothstep, swells
from .plants import PAINTERS, paint_bush
from .terrain import SNOW


def paint_forest(canvas: Canvas, rng: np.random.Generator, foot: np.ndarray, height: float, distance: float):
    """Far trees along the line `foot` (y for every column), from the back row to the front one."""
    x = canvas.x[0]
    pointed = rng.random() < 0.55
    gaps = swells(rng, x, knots=4) + rng.uniform(0.1, 1.2)
    for row in range(4):
        count = int(rng.integers(40, 60) * 0.05 / max(height, 0.02)) + 8
        centre = np.sort(rng.uniform(-0.02, 1.02, count)).astype(np.float32)
        size = (height * rng.uniform(0.5, 1.1, count) * (1 - 0.12 * row)).astype(np.float32)
        wide = size * (rng.uniform(0.24, 0.36, count) if pointed else rng.uniform(0.42, 0.62, count))
        away = np.abs(x[None] - centre[:, None]) / wide[:, None]
        if pointed:
            crowns = size[:, None] * np.clip(1 - away, 0, 1) ** 0.85
        else:
            crowns = size[:, None] * (0.55 * (away < 1) + 0.45 * np.sqrt(np.clip(1 - away**2, 0, 1)))
        own = crowns.argmax(0)
        profile = crowns.max(0)
        profile = (profile + height * 0.05 * sample("rough", x * 1.3, 0.1 * row)) * smoothstep(
            -0.1, 0.25, gaps
        )
        side = np.clip((x - centre[own]) / wide[own], -1, 1)
        tone = rng.uniform(-0.17, 0.17, count).astype(np.float32)[own]
        _paint_row(canvas, foot + 0.004 * row, profile, height, side, tone, pointed, row, distance)


def _paint_row(canvas, base, profile, height, side, tone, pointed, row, distance):
    mood = canvas.mood
    top = base - profile
    rows = canvas.rows(float(top.min()) - 0.01, float(base.max()) + 0.01)
    y = canvas.y[rows]
    alpha = np.clip((y - top) * canvas.count, 0, 1) * np.clip((base + 0.004 - y) * canvas.count, 0, 1)
    alpha *= profile > 0.15 * height
    depth = np.clip((y - top) / height, 0, 1)
    leaves = sample("foliage", canvas.x * 1.5, y * 1.5 + 0.1 * row)
    shade = 0.6 + tone + 0.28 * side * canvas.light_x - 0.55 * depth + 0.16 * leaves + 0.04 * row
    green = (
        mood.conifer * (1 + tone[..., None])
        if pointed
        else mix(mood.leaves, mood.leaves_second, np.clip(0.4 + 2.2 * tone[..., None], 0, 1))
    )
    colour = mood.hazed(mood.lit(green * 0.9, np.clip(shade, 0.03, 1)), distance * (1 - 0.1 * row))
    if mood.frost:
        white = mood.frost * np.clip(0.8 - depth + 0.2 * leaves, 0, 1)
        colour = mix(colour, mood.hazed(mood.lit(SNOW, 0.6), distance), white[..., None])
    canvas.paint(rows, slice(None), colour, alpha, SceneClass.TREES)


def paint_wood_edge(
    canvas: Canvas,
    rng: np.random.Generator,
    left: float,
    right: float,
    base: float,
    height: float,
    distance: float,
    kind: str,
):
    """A wood from `left` to `right` whose front trees stand about `base`: shade within, trunks, crowns."""
    mood, x = canvas.mood, canvas.x
    inset = min(0.3 * height, 0.3 * (right - left))
    edge = smoothstep(left, left + inset, x) * smoothstep(right, right - inset, x)
    edge = smoothstep(0.1, 0.4, edge * (1 + 0.3 * sample("rough", x * 0.6, 0 * x)))
    rows = canvas.rows(base - 0.55 * height, base + 0.006)
    y = canvas.y[rows]
    ragged = 0.1 * height * sample("soft", x * 0.06 / height + rng.uniform(), 0 * x)
    alpha = smoothstep(0, 0.12 * height, y - base + 0.45 * height + ragged) * np.clip(
        (base - y) * canvas.count + 1, 0, 1
    )
    trunks = sample("blades", x * 0.05 / height + rng.uniform(), y * 0.02)
    dim = np.clip(0.16 + 0.12 * smoothstep(0.6, 1.6, trunks) + 0.1 * (base - y) / height, 0.05, 0.5)
    inner = mood.hazed(mood.lit(mix(mood.conifer, mood.leaves, 0.25) * 0.8, dim), distance + 0.03)
    canvas.paint(rows, slice(None), inner, alpha * edge, SceneClass.TREES)
    spacing = height * (0.2 if kind == "conifer" else 0.34)
    for back in (2, 1, 0):
        count = max(2, int((right - left) / spacing))
        places = left + (np.arange(count) + rng.uniform(0.1, 0.9, count)) * (right - left) / count
        for place in rng.permutation(places):
            pick = kind if kind != "both" else str(rng.choice(["broadleaf", "conifer"]))
            tall = height * rng.uniform(0.72, 1.1) * (1 + 0.06 * back)
            foot = base - 0.045 * height * back + 0.02 * height * rng.uniform(-1, 1)
            PAINTERS[pick](canvas, rng, float(place), foot, tall, distance + 0.02 * back)
            if rng.random() < 0.55:
                # Undergrowth is of the wood.
                beside, wide = place + rng.normal(0, 0.15) * height, height * rng.uniform(0.2, 0.4)
                paint_bush(canvas, rng, float(beside), foot + 0.004, wide, distance, SceneClass.TREES)
