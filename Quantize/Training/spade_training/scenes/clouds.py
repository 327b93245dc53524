"""Clouds: heaps on flat bases, streaks and decks in perspective."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix
from .noise import sample, smoothstep


def paint_clouds(canvas: Canvas, rng: np.random.Generator, horizon: float):
    kind = rng.choice(
        ["none", "heaps", "streaks", "deck", "veil", "mixed"], p=[0.14, 0.36, 0.14, 0.12, 0.08, 0.16]
    )
    if kind in ("streaks", "veil", "mixed"):
        _paint_streaks(canvas, rng, horizon, cover=rng.uniform(0.15, 0.7) + (kind == "veil") * 0.25)
    if kind == "deck":
        _paint_deck(canvas, rng, horizon, cover=rng.uniform(0.3, 0.75))
    if kind in ("heaps", "mixed"):
        far = np.sort(rng.uniform(0, 1, rng.integers(2, 8)))[::-1]
        for distance in far:
            _paint_heap(canvas, rng, horizon, float(distance))


def _plane(canvas: Canvas, rows: slice, horizon: float):
    """Height above the horizon 0 … 1 and coordinates of a flat layer of air seen from below."""
    height = np.clip(1 - canvas.y[rows] / horizon, 0.02, 1)
    depth = 1 / (height + 0.2)
    return height, (canvas.x - 0.5) * depth * 0.3, depth * 0.5


def _paint_streaks(canvas: Canvas, rng: np.random.Generator, horizon: float, cover: float):
    """Long thin clouds, drawn out sideways and combed by the wind."""
    rows = canvas.rows(0, horizon)
    height, u, v = _plane(canvas, rows, horizon)
    u, v = u * 0.55 + rng.uniform(), v + rng.uniform() + canvas.x * rng.uniform(-0.12, 0.12)
    bend = 0.03 * sample("soft", u * 0.6, v * 0.6)
    place = sample("soft", u * 0.6, v + bend) + 0.16 * sample("rough", u * 0.6, v * 0.7 + bend)
    place += 0.4 * np.sin(height * rng.uniform(4, 10) + rng.uniform(0, 6)) - 1.0 + 1.5 * cover
    _lay(canvas, rows, slice(None), place, shade=0.62 + 0.25 * (1 - height) + 0.1 * place, softness=0.9)


def _paint_deck(canvas: Canvas, rng: np.random.Generator, horizon: float, cover: float):
    """A layer of many small clouds that grow smaller towards the horizon."""
    rows = canvas.rows(0, horizon)
    height, u, v = _plane(canvas, rows, horizon)
    u, v = u * 1.5 + rng.uniform(), v * 1.5 + rng.uniform()

    def density(du: float, dv: float):
        a, b = u + du, v + dv
        return 0.75 * sample("soft", a * 0.7, b * 0.7) - 0.45 * sample("ridged", a * 0.9, b * 0.9)

    place = density(0, 0)
    towards = place - density(0.012 * canvas.light_x, 0.01)
    grain = 0.12 * sample("rough", u, v)
    shade = 0.62 + 0.5 * np.clip(towards, -0.7, 0.7) - 0.1 * place + 0.25 * (1 - height)
    _lay(canvas, rows, slice(None), place + grain - 0.9 + 1.7 * cover, shade, softness=0.45)


def _paint_heap(canvas: Canvas, rng: np.random.Generator, horizon: float, far: float):
    """One cumulus: towers of puffs on a flat base, lit from above and the light's side."""
    base = horizon * (0.3 + 0.58 * far) * rng.uniform(0.8, 1.05)
    width = (0.3 - 0.19 * far) * rng.uniform(0.6, 1.4)
    x = rng.uniform(-0.05, 1.05)
    tall = width * rng.uniform(0.35, 0.8)
    rows, columns = (
        canvas.rows(base - tall * 1.7, base + 0.03),
        canvas.columns(x - width * 1.1, x + width * 1.1),
    )
    puffs = []
    peaks = [(rng.uniform(-0.45, 0.45), rng.uniform(0.5, 1)) for _ in range(int(rng.integers(1, 4)))]
    for _ in range(int(rng.integers(22, 36))):
        offset = float(np.clip(rng.normal(0, 0.36), -0.85, 0.85))
        room = max(high * max(0.0, 1 - abs(offset - place) * 1.9) for place, high in peaks)
        radius = tall * rng.uniform(0.13, 0.26) * (1 + 0.5 * room) * (1.1 - 0.5 * abs(offset))
        up = rng.uniform(0, 1) ** 0.8 * room * tall
        puffs.append((x + offset * width, base - radius * 0.5 - up, radius))
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    # High ones lie behind.
    puffs.sort(key=lambda puff: puff[1])
    px, py = canvas.x[:, columns], canvas.y[rows]
    u, v = px * (0.5 + 0.12 / width) + rng.uniform(), py * (0.6 + 0.12 / width) + rng.uniform()
    billow, grain = sample("ridged", u * 0.8, v * 0.8), sample("rough", u, v)
    px = px + tall * (0.05 * billow + 0.025 * grain)
    py = py + tall * (0.06 * billow + 0.03 * sample("rough", v, u))
    field = np.full(py.shape, -1.0, np.float32)
    shade = np.full(py.shape, 0.5, np.float32)
    for cx, cy, radius in puffs:
        dx, dy = (px - cx) / radius, (py - cy) / radius
        puff = 1 - np.sqrt(dx * dx + dy * dy)
        cover = smoothstep(-0.05, 0.3, puff)
        facing = 0.56 + 0.34 * (dx * canvas.light_x * 0.75 - dy * 0.7)
        shade += (facing - shade) * cover
        field = np.maximum(field, puff)
    flat = (py - base) / tall
    place = field * 2.0 - 0.2 * billow + 0.07 * grain - 3 * np.clip(flat + 0.05, 0, 1)
    height = np.clip(-flat, 0, 1.3)
    shade = 0.72 * shade + 0.34 * height + 0.06 - 0.05 * billow
    _lay(canvas, rows, columns, place, shade, softness=0.4 + 0.3 * far, haze=0.25 * far)


def _lay(canvas: Canvas, rows: slice, columns: slice, place, shade, softness: float, haze: float = 0.0):
    mood = canvas.mood
    alpha = smoothstep(-softness, softness, place) * 0.96
    colour = mix(mood.cloud_shadow, mood.cloud_lit, np.clip(shade, 0, 1)[..., None])
    # Light shines through thin edges.
    thin = (1 - smoothstep(0, softness * 3, place))[..., None] * mood.glow * 0.25
    colour = mix(colour, mood.cloud_lit, thin)
    if haze:
        colour = mood.hazed(colour, haze * 0.6)
    canvas.paint(rows, columns, colour, alpha, SceneClass.CLOUDS)
