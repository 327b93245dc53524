"""Boulders: convex bodies cut by planes, weathered by noise."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix, rgb
from .noise import sample, smoothstep
from .terrain import SNOW

_STONE, _STONE_SECOND, _MOSS = rgb("77716a"), rgb("9d9388"), rgb("6f7a4a")


def paint_rock(
    canvas: Canvas, rng: np.random.Generator, x: float, base: float, width: float, distance: float
):
    height = width * rng.uniform(0.45, 0.95)
    rows, columns = (
        canvas.rows(base - height * 1.25, base + height * 0.2),
        canvas.columns(x - width * 0.75, x + width * 0.75),
    )
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    mood = canvas.mood
    scale = min(1.2, 0.12 / width)
    u, v = canvas.x[:, columns] * scale + rng.uniform(), canvas.y[rows] * scale + rng.uniform()
    grain, crack = sample("rough", u * 1.5, v * 1.5), sample("ridged", u * 0.8, v * 0.8)
    px = (canvas.x[:, columns] - x) / (width * 0.5) + 0.03 * crack
    py = (base - canvas.y[rows]) / height + 0.03 * sample("rough", v, u)
    # Half spaces n · p ≤ d, all facing us: the nearest surface is the least of their depths.
    depth = np.full(px.shape, 2.0, np.float32)
    shade = np.zeros_like(depth)
    light = np.array([0.62 * canvas.light_x, 0.7, 0.36])
    for _ in range(16):
        angle, tilt = rng.uniform(-0.3, np.pi + 0.3), rng.uniform(0.2, 1.5)
        normal = np.array([np.cos(angle) * np.sin(tilt), np.sin(angle) * np.sin(tilt), np.cos(tilt)])
        reach = rng.uniform(0.7, 0.9)
        z = (reach - normal[0] * px - normal[1] * (py - 0.15)) / normal[2]
        facing = 0.38 + 0.5 * float(normal @ light) + 0.05 * rng.uniform(-1, 1)
        nearer = z < depth
        depth, shade = np.where(nearer, z, depth), np.where(nearer, facing, shade)
    # Outlines round off: what is seen aslant ends.
    alpha = smoothstep(0.0, 0.05, depth) * smoothstep(-0.05, 0.02, py + 0.05 * grain)
    shade = shade + 0.08 * grain - 0.1 * smoothstep(0.8, 1.6, crack)
    shade = shade - 0.25 * np.exp(-np.clip(py, 0, 1) * 8)
    albedo = mix(_STONE, _STONE_SECOND, np.clip(0.5 + 0.35 * sample("soft", u, v), 0, 1)[..., None])
    mossy = smoothstep(0.5, 1.3, sample("soft", u + 0.4, v) + 0.4 * grain + 0.8 * (shade - 0.5))
    albedo = mix(albedo, mix(_MOSS, mood.grass, 0.4), (0.55 * rng.random() * mossy)[..., None])
    if mood.frost:
        cap = smoothstep(0.5, 0.66, shade + 0.1 * grain) * np.clip(py * 2, 0, 1)
        albedo = mix(albedo, SNOW, (np.minimum(1, mood.frost * 2) * cap)[..., None])
    colour = mood.hazed(mood.lit(albedo, np.clip(shade, 0.03, 1)), distance)
    canvas.paint(rows, columns, colour, alpha, SceneClass.ROCK)
