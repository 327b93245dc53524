"""Single trees and bushes, drawn in a box around them; sizes and places in units of the picture."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix, rgb
from .noise import sample, smoothstep
from .terrain import SNOW

BARK = rgb("65503f")
_PALE_BARK = rgb("aaa598")


def paint_shadow(canvas: Canvas, x: float, base: float, width: float, strength: float = 0.5):
    """A flat, blotchy ellipse on the ground, drawn out away from the light; hardly any under clouds."""
    mood, reach = canvas.mood, width * 2.4
    rows, columns = canvas.rows(base - width * 0.4, base + width * 0.45), canvas.columns(x - reach, x + reach)
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    px, py = canvas.x[:, columns] - x + canvas.light_x * width * 0.75, canvas.y[rows] - base
    inside = 1 - np.sqrt((px / (width * 1.4)) ** 2 + (py / (width * 0.24)) ** 2)
    inside = inside + 0.09 * sample("foliage", px * 0.16 / width, py * 0.5 / width)
    contact = np.exp(-(((canvas.x[:, columns] - x) / (width * 0.7)) ** 2) - (py / (width * 0.12)) ** 2)
    dark = strength * (0.25 + 0.75 * mood.contrast) * smoothstep(-0.03, 0.25, inside)
    canvas.darken(rows, columns, 1 - np.clip(dark + 0.3 * contact * (1 - dark), 0, 0.9))


def _crown(canvas: Canvas, rng, rows, columns, blobs, ragged: float):
    """Opacity and shade of overlapping balls of leaves. `blobs`: (x, y, radius), from back to front."""
    px, py = canvas.x[:, columns], canvas.y[rows]
    bottom = max(y + radius for _, y, radius in blobs)
    top = min(y - radius for _, y, radius in blobs)
    scale = min(1.5, 0.17 / (bottom - top))
    u, v = px * scale + rng.uniform(), py * scale + rng.uniform()
    leaves = sample("foliage", u, v)
    clumps = sample("soft", u * 1.5, v * 1.5)
    alpha = np.zeros((py.shape[0], px.shape[1]), np.float32)
    shade = np.full_like(alpha, 0.3)
    for x, y, radius in blobs:
        dx, dy = (px - x) / radius, (py - y) / radius
        place = 1 - np.sqrt(dx * dx + dy * dy) + ragged * (0.7 * leaves + 0.4 * clumps)
        cover = smoothstep(-0.02, 0.1, place)
        facing = 0.46 + 0.34 * (dx * canvas.light_x - dy * 0.85) + 0.07 * rng.uniform(-1, 1)
        shade += (facing - shade) * cover
        alpha = np.maximum(alpha, cover)
    height = np.clip((bottom - py) / (bottom - top), 0, 1)
    shade = shade * 0.85 + 0.28 * height - 0.1 + 0.15 * leaves
    return alpha, np.clip(shade, 0.02, 1.05), clumps + 0.5 * leaves


def _leafy(canvas: Canvas, shade, clumps, tone: float, distance: float, dark: float = 1.0):
    mood = canvas.mood
    green = mix(mood.leaves, mood.leaves_second, np.clip(0.35 + tone + 0.25 * clumps, 0, 1)[..., None]) * dark
    if mood.frost:
        green = mix(green, SNOW, (mood.frost * 1.2 * np.clip(shade * 1.6 - 0.3, 0, 1))[..., None])
    return mood.hazed(mood.lit(green, shade), distance)


def paint_broadleaf(
    canvas: Canvas, rng: np.random.Generator, x: float, base: float, height: float, distance: float
):
    slim = rng.uniform(0.7, 1.15)
    rows, columns = (
        canvas.rows(base - height * 1.12, base + 0.01),
        canvas.columns(x - height * 0.66, x + height * 0.66),
    )
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    low = rng.uniform(0.5, 0.62)
    thick, bark = height * rng.uniform(0.028, 0.045), _PALE_BARK if rng.random() < 0.08 else BARK
    _trunk(canvas, rng, x, base, height * (low + 0.1), thick, distance, bark)
    count = int(np.clip(height * 60, 12, 26))
    blobs = []
    for _ in range(count):
        angle, reach = rng.uniform(0, 2 * np.pi), rng.uniform(0.05, 1) ** 0.5
        cx = x + np.cos(angle) * reach * height * 0.3 * slim
        cy = base - height * (low + 0.12 + (0.28 if np.sin(angle) > 0 else 0.16) * np.sin(angle) * reach)
        blobs.append((cx, cy, height * rng.uniform(0.075, 0.15) * (1.25 - 0.4 * reach)))
    blobs.sort(key=lambda blob: -((blob[0] - x) ** 2 + (base - height * (low + 0.1) - blob[1]) ** 2))
    blobs.insert(0, (x, base - height * (low + 0.12), height * 0.22))
    alpha, shade, clumps = _crown(canvas, rng, rows, columns, blobs, ragged=0.26)
    colour = _leafy(canvas, shade, clumps, rng.uniform(-0.3, 0.4), distance)
    canvas.paint(rows, columns, colour, alpha, SceneClass.TREES)


def _trunk(canvas: Canvas, rng, x, base, height, half, distance, bark=BARK):
    """A trunk with a foot, and a fork near its top where it is tall."""
    spread = half * 5
    rows, columns = canvas.rows(base - height, base + 0.004), canvas.columns(x - spread, x + spread)
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    up = np.clip((base - canvas.y[rows]) / height, 0, 1)
    bend = half * rng.uniform(-1.2, 1.2) * np.sin(up * 3)
    fork = np.clip(up - 0.62, 0, 1) * half * 9
    wide = half * (1 - 0.45 * up + 0.7 * np.exp(-up * 14))
    px = canvas.x[:, columns] - x - bend
    across = np.where(fork > 0, np.abs(px) - fork, px) / (wide * np.where(fork > 0, 0.75, 1))
    alpha = smoothstep(1.1, 0.85, np.abs(across))
    grain = sample("blades", canvas.x[:, columns] * 1.5, canvas.y[rows] * 0.6)
    shade = np.clip(0.42 + 0.35 * px / wide * canvas.light_x + 0.14 * grain - 0.2 * up, 0.03, 1)
    colour = canvas.mood.hazed(canvas.mood.lit(bark, shade), distance)
    canvas.paint(rows, columns, colour, alpha, SceneClass.TREES)


def paint_conifer(
    canvas: Canvas, rng: np.random.Generator, x: float, base: float, height: float, distance: float
):
    mood, half = canvas.mood, height * rng.uniform(0.16, 0.25)
    rows, columns = (
        canvas.rows(base - height * 1.02, base + 0.01),
        canvas.columns(x - half * 1.4, x + half * 1.4),
    )
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    _trunk(canvas, rng, x, base, height * 0.25, height * 0.02, distance)
    px, py = (canvas.x[:, columns] - x) / half, canvas.y[rows]
    up = (base - py) / height
    scale = min(1.5, 0.16 / height)
    u = canvas.x[:, columns] * scale + rng.uniform()
    needles = sample("foliage", u, py * scale * 1.5)
    bough = sample("rough", np.sign(px) * 0.25 + rng.uniform(), up * 0.12 + rng.uniform())
    tiers = rng.uniform(7, 12)
    # Boughs of the two sides grow apart, and hang as they please.
    apart = 0.5 * np.sign(px) * rng.uniform(0.5, 1) * np.clip(np.abs(px) * 4, 0, 1)
    phase = up * tiers * (0.7 + 0.5 * up) + 0.55 * np.abs(px) + apart + rng.uniform(0, 1)
    phase = phase + 0.3 * needles + 0.16 * bough + 0.2 * sample("soft", u * 2, py * scale * 2)
    phase = phase % 1
    width = np.clip(1.01 - up, 0, 1) ** 0.9 * (1.14 - 0.44 * phase + 0.09 * bough)
    place = (width - np.abs(px)) + 0.07 * needles
    alpha = smoothstep(-0.02, 0.06, place) * smoothstep(0.06, 0.11, up + 0.03 * needles)
    across = px / np.maximum(width, 0.05)
    shade = 0.4 + 0.24 * across * canvas.light_x - 0.42 * (phase - 0.4) + 0.15 * needles + 0.14 * up
    tone = (1 + 0.25 * rng.uniform(-1, 1)) * (1 + 0.08 * needles)
    green = mood.conifer * tone[..., None]
    if mood.frost:
        laden = smoothstep(0.85, 0.15, phase - 0.28 * needles)
        green = mix(green, SNOW, (np.minimum(mood.frost * 1.7, 0.92) * laden)[..., None])
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
    steps = np.linspace(0.16, 0.93, 14)
    blobs = [
        (x + rng.normal(0, 0.015) * height, base - height * up, height * (0.03 + 0.075 * np.sin(up * 3.0)))
        for up in steps
    ]
    alpha, shade, clumps = _crown(canvas, rng, rows, columns, blobs, ragged=0.26)
    canvas.paint(rows, columns, _leafy(canvas, shade, clumps, -0.1, distance, 0.9), alpha, SceneClass.TREES)


PAINTERS = {"broadleaf": paint_broadleaf, "conifer": paint_conifer, "poplar": paint_poplar}


def paint_bush(
    canvas: Canvas,
    rng: np.random.Generator,
    x: float,
    base: float,
    width: float,
    distance: float,
    label: SceneClass = SceneClass.BUSH,
):
    rows, columns = (
        canvas.rows(base - width * 0.85, base + width * 0.15),
        canvas.columns(x - width, x + width),
    )
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    blobs = []
    for _ in range(13):
        offset = float(np.clip(rng.normal(0, 0.26), -0.55, 0.55))
        up = rng.uniform(0.06, 0.42) * (1 - abs(offset))
        blobs.append((x + offset * width, base - width * up, width * rng.uniform(0.1, 0.22)))
    blobs.sort(key=lambda blob: blob[1])
    alpha, shade, clumps = _crown(canvas, rng, rows, columns, blobs, ragged=0.28)
    alpha = alpha * smoothstep(0.04, -0.02, (canvas.y[rows] - base) / width)
    canvas.paint(rows, columns, _leafy(canvas, shade, clumps, 0.05, distance, 0.85), alpha, label)
