"""Single trees and bushes, drawn in a box around them; sizes and places in units of the picture."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix, rgb
from .noise import sample, smoothstep
from .terrain import SNOW

BARK = rgb("6a5140")


def paint_shadow(canvas: Canvas, x: float, base: float, width: float, strength: float = 0.55):
    """A flat ellipse on the ground, drawn out away from the light."""
    reach = width * 1.9
    rows, columns = canvas.rows(base - width * 0.35, base + width * 0.4), canvas.columns(x - reach, x + reach)
    px, py = canvas.x[:, columns] - x + canvas.light_x * width * 0.55, canvas.y[rows] - base
    inside = 1 - np.sqrt((px / (width * 1.15)) ** 2 + (py / (width * 0.22)) ** 2)
    strength *= float(np.clip(canvas.mood.light.mean() * 1.3, 0.35, 1))
    canvas.darken(rows, columns, 1 - strength * smoothstep(-0.05, 0.5, inside))


def _crown(canvas: Canvas, rng, rows, columns, blobs, ragged: float):
    """Opacity and shade of overlapping balls of leaves. `blobs`: (x, y, radius), from back to front."""
    px, py = canvas.x[:, columns], canvas.y[rows]
    size = max(radius for _, _, radius in blobs)
    scale = 0.05 / size + 0.9
    u, v = px * scale + rng.uniform(), py * scale + rng.uniform()
    leaves = sample("rough", u, v)
    clumps = sample("soft", u * 3, v * 3)
    bottom = max(y + radius for _, y, radius in blobs)
    top = min(y - radius for _, y, radius in blobs)
    alpha = np.zeros((py.shape[0], px.shape[1]), np.float32)
    shade = np.zeros_like(alpha)
    for x, y, radius in blobs:
        dx, dy = (px - x) / radius, (py - y) / radius
        place = 1 - np.sqrt(dx * dx + dy * dy) + ragged * (0.6 * leaves + 0.4 * clumps)
        cover = smoothstep(-0.02, 0.1, place)
        facing = 0.5 + 0.3 * (dx * canvas.light_x - dy * 0.85) + 0.08 * rng.uniform(-1, 1)
        shade += (facing - shade) * cover
        alpha = np.maximum(alpha, cover)
    height = np.clip((bottom - py) / (bottom - top), 0, 1)
    return alpha, np.clip(shade * 0.8 + 0.26 * height - 0.06 + 0.12 * leaves, 0.02, 1), clumps


def _leafy(canvas: Canvas, shade, clumps, tone: float, distance: float, dark: float = 1.0):
    mood = canvas.mood
    green = mix(mood.leaves, mood.leaves_second, np.clip(0.35 + tone + 0.25 * clumps, 0, 1)[..., None]) * dark
    if mood.frost:
        green = mix(green, SNOW, (mood.frost * np.clip(shade * 1.4 - 0.2, 0, 1))[..., None])
    return mood.hazed(mood.lit(green, shade), distance)


def paint_broadleaf(
    canvas: Canvas, rng: np.random.Generator, x: float, base: float, height: float, distance: float
):
    slim = rng.uniform(0.7, 1.1)
    rows, columns = (
        canvas.rows(base - height * 1.1, base + 0.01),
        canvas.columns(x - height * 0.62, x + height * 0.62),
    )
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    _trunk(canvas, rng, x, base, height * 0.5, height * rng.uniform(0.035, 0.05), distance)
    blobs = []
    for _ in range(rng.integers(9, 15)):
        angle, reach = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 1) ** 0.5
        cx = x + np.cos(angle) * reach * height * 0.27 * slim
        cy = base - height * (0.62 + 0.25 * np.sin(angle) * reach)
        blobs.append((cx, cy, height * rng.uniform(0.1, 0.19) * (1.2 - 0.35 * reach)))
    blobs.sort(key=lambda blob: blob[1] + 0.3 * canvas.light_x * blob[0])
    blobs.insert(0, (x, base - height * 0.62, height * 0.25))
    alpha, shade, clumps = _crown(canvas, rng, rows, columns, blobs, ragged=0.22)
    colour = _leafy(canvas, shade, clumps, rng.uniform(-0.25, 0.35), distance)
    canvas.paint(rows, columns, colour, alpha, SceneClass.TREES)


def _trunk(canvas: Canvas, rng, x, base, height, half, distance):
    rows, columns = canvas.rows(base - height, base + 0.004), canvas.columns(x - half * 2.2, x + half * 2.2)
    up = np.clip((base - canvas.y[rows]) / height, 0, 1)
    across = (canvas.x[:, columns] - x) / (half * (1 - 0.4 * up + 0.7 * np.exp(-up * 14)))
    alpha = smoothstep(1.1, 0.85, np.abs(across))
    bark = sample("blades", canvas.x[:, columns] * 1.5, canvas.y[rows] * 0.6)
    shade = np.clip(0.42 + 0.35 * across * canvas.light_x + 0.12 * bark, 0.03, 1)
    colour = canvas.mood.hazed(canvas.mood.lit(BARK, shade), distance)
    canvas.paint(rows, columns, colour, alpha, SceneClass.TREES)


def paint_conifer(
    canvas: Canvas, rng: np.random.Generator, x: float, base: float, height: float, distance: float
):
    mood, half = canvas.mood, height * rng.uniform(0.19, 0.27)
    rows, columns = (
        canvas.rows(base - height * 1.02, base + 0.01),
        canvas.columns(x - half * 1.3, x + half * 1.3),
    )
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    _trunk(canvas, rng, x, base, height * 0.25, height * 0.022, distance)
    px, py = (canvas.x[:, columns] - x) / half, canvas.y[rows]
    up = (base - py) / height
    scale = 0.06 / height + 0.8
    needles = sample("rough", canvas.x[:, columns] * scale + rng.uniform(), py * scale)
    tiers = rng.uniform(6, 10)
    phase = (up * tiers * (0.7 + 0.5 * up) + 0.45 * np.abs(px) + 0.12 * needles + rng.uniform(0, 1)) % 1
    width = np.clip(1.02 - up, 0, 1) ** 0.9 * (1.12 - 0.42 * phase)
    place = (width - np.abs(px)) + 0.05 * needles
    alpha = smoothstep(-0.02, 0.06, place) * smoothstep(0.07, 0.12, up + 0.03 * needles)
    across = px / np.maximum(width, 0.05)
    shade = 0.42 + 0.22 * across * canvas.light_x - 0.3 * (phase - 0.45) + 0.13 * needles + 0.15 * up
    green = mood.conifer * (1 + 0.25 * rng.uniform(-1, 1))
    if mood.frost:
        green = mix(green, SNOW, (mood.frost * 1.2 * smoothstep(0.75, 0.1, phase))[..., None])
    colour = mood.hazed(mood.lit(green, np.clip(shade, 0.02, 1)), distance)
    canvas.paint(rows, columns, colour, alpha, SceneClass.TREES)


def paint_poplar(
    canvas: Canvas, rng: np.random.Generator, x: float, base: float, height: float, distance: float
):
    rows, columns = (
        canvas.rows(base - height * 1.05, base + 0.01),
        canvas.columns(x - height * 0.25, x + height * 0.25),
    )
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    _trunk(canvas, rng, x, base, height * 0.3, height * 0.018, distance)
    steps = np.linspace(0.16, 0.93, 12)
    blobs = [
        (x + rng.normal(0, 0.012) * height, base - height * up, height * (0.035 + 0.075 * np.sin(up * 3.0)))
        for up in steps
    ]
    alpha, shade, clumps = _crown(canvas, rng, rows, columns, blobs, ragged=0.2)
    canvas.paint(rows, columns, _leafy(canvas, shade, clumps, -0.1, distance, 0.9), alpha, SceneClass.TREES)


def paint_bush(
    canvas: Canvas, rng: np.random.Generator, x: float, base: float, width: float, distance: float
):
    rows, columns = (
        canvas.rows(base - width * 0.85, base + width * 0.15),
        canvas.columns(x - width, x + width),
    )
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    blobs = [
        (
            x + rng.uniform(-0.5, 0.5) * width,
            base - width * rng.uniform(0.1, 0.38),
            width * rng.uniform(0.14, 0.26),
        )
        for _ in range(9)
    ]
    blobs.sort(key=lambda blob: blob[1])
    alpha, shade, clumps = _crown(canvas, rng, rows, columns, blobs, ragged=0.24)
    alpha = alpha * smoothstep(0.04, -0.02, (canvas.y[rows] - base) / width)
    canvas.paint(rows, columns, _leafy(canvas, shade, clumps, 0.05, distance, 0.85), alpha, SceneClass.BUSH)
