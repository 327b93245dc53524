"""Sky, sun or moon, stars and clouds."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix
from .noise import sample, smoothstep


def paint_sky(
    canvas: Canvas, rng: np.random.Generator, horizon: float, sun: tuple[float, float, float] | None
):
    """`sun` is x, y and radius of the disc, or none; the sky reaches a little below `horizon`."""
    mood, rows = canvas.mood, canvas.rows(0, horizon + 0.06)
    height = np.clip(1 - canvas.y[rows] / horizon, 0, 1)
    drift = 0.06 * sample("soft", canvas.x * 0.35 + rng.uniform(), canvas.y[rows] * 0.9 + rng.uniform())
    height = np.clip(height + drift * height, 0, 1)[..., None]
    sky = mix(mood.horizon, mood.middle, smoothstep(0, 0.45, height))
    sky = mix(sky, mood.zenith, smoothstep(0.3, 1.05, height))
    sun_x, sun_y = sun[:2] if sun else (0.5 + 0.75 * canvas.light_x, horizon * 0.75)
    distance = np.hypot(canvas.x - sun_x, (canvas.y[rows] - sun_y) * 1.25)[..., None]
    halo = mood.glow * (0.55 * np.exp(-distance * 7) + 0.35 * np.exp(-distance * 2.4))
    warm = np.clip(mix(mood.horizon, mood.disc, 0.55) * 1.05, 0, 1)
    canvas.colour[rows] = mix(sky, warm, np.clip(halo * (1 - 0.45 * mood.night), 0, 1))
    canvas.labels[rows] = SceneClass.SKY
    if mood.night > 0.2:
        grain = sample("white", canvas.x * 0.5 + 0.3, canvas.y[rows] * 0.5 + rng.uniform())
        stars = (grain > 3.3) * np.clip(height[..., 0] * 1.5, 0, 1) * mood.night
        canvas.colour[rows] += stars[..., None] * 0.75
    if sun:
        _paint_disc(canvas, *sun)


def _paint_disc(canvas: Canvas, x: float, y: float, radius: float):
    reach = radius * 1.2
    rows, columns = canvas.rows(y - reach, y + reach), canvas.columns(x - reach, x + reach)
    distance = np.hypot(canvas.x[:, columns] - x, canvas.y[rows] - y)
    alpha = smoothstep(radius * 1.06, radius * 0.94, distance)
    disc = np.broadcast_to(canvas.mood.disc, alpha.shape + (3,))
    if canvas.mood.night > 0.3:
        craters = sample("soft", canvas.x[:, columns] * 2, canvas.y[rows] * 2)
        disc = disc * (0.95 + 0.07 * np.clip(craters, -1.5, 1))[..., None]
    canvas.paint(rows, columns, disc, alpha, SceneClass.SUN)


def paint_clouds(canvas: Canvas, rng: np.random.Generator, horizon: float):
    kind = rng.choice(["none", "heaps", "streaks", "veil", "mixed"], p=[0.16, 0.38, 0.18, 0.1, 0.18])
    if kind in ("streaks", "veil", "mixed"):
        _paint_streaks(canvas, rng, horizon, cover=rng.uniform(0.15, 0.75) + (kind == "veil") * 0.25)
    if kind in ("heaps", "mixed"):
        for _ in range(rng.integers(2, 7)):
            _paint_heap(canvas, rng, horizon)


def _paint_streaks(canvas: Canvas, rng: np.random.Generator, horizon: float, cover: float):
    """Long flat clouds, denser and thinner towards the horizon."""
    rows = canvas.rows(0, horizon)
    height = np.clip(1 - canvas.y[rows] / horizon, 0.02, 1)
    u = (canvas.x - 0.5) * (0.22 + 0.22 * (1 - height)) + rng.uniform()
    v = 0.55 / (height + 0.22) + rng.uniform() + canvas.x * rng.uniform(-0.06, 0.06)
    place = 0.8 * sample("soft", u, v) + 0.2 * sample("rough", u * 1.4, v)
    place += 0.5 * np.sin(height * rng.uniform(4, 10) + rng.uniform(0, 6)) - 0.9 + 1.5 * cover
    _lay(canvas, rows, slice(None), place, shade=0.5 + 0.35 * (1 - height) + 0.12 * place, softness=0.75)


def _paint_heap(canvas: Canvas, rng: np.random.Generator, horizon: float):
    """One cumulus: puffs piled on a flat base."""
    far = rng.uniform(0, 1)
    base = horizon * (0.28 + 0.62 * far) * rng.uniform(0.75, 1.0)
    width = (0.34 - 0.2 * far) * rng.uniform(0.6, 1.4)
    x = rng.uniform(-0.05, 1.05)
    tall = width * rng.uniform(0.32, 0.62)
    rows, columns = canvas.rows(base - tall * 1.9, base + 0.03), canvas.columns(x - width, x + width)
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    px, py = canvas.x[:, columns], canvas.y[rows]
    field = np.full((py.shape[0], px.shape[1]), -1.0, np.float32)
    shade = np.zeros_like(field)
    for _ in range(rng.integers(9, 16)):
        offset = rng.normal(0, 0.33)
        radius = tall * rng.uniform(0.22, 0.5) * (1.1 - 0.6 * abs(offset))
        cx, cy = (
            x + offset * width,
            base - radius * 0.55 - tall * rng.uniform(0, 0.75) * max(0, 1 - 1.6 * abs(offset)),
        )
        dx, dy = (px - cx) / radius, (py - cy) / radius
        puff = 1 - np.sqrt(dx * dx + dy * dy)
        facing = 0.62 + 0.3 * (dx * canvas.light_x * 0.6 - dy * 0.8)
        shade = np.where(puff > field, facing, shade)
        field = np.maximum(field, puff)
    u, v = px * 1.1 + rng.uniform(), py * 1.3 + rng.uniform()
    billow = sample("soft", u, v)
    place = field * 2.2 + 0.32 * billow + 0.14 * sample("rough", u * 0.9, v * 0.9)
    place -= 2.5 * np.clip((py - base) / tall + 0.12, 0, 1)
    height = np.clip((base - py) / tall, 0, 1.4)
    shade = shade * 0.6 + 0.34 * height + 0.1 * billow + 0.08
    _lay(canvas, rows, columns, place, shade, softness=0.32 + 0.3 * far)


def _lay(canvas: Canvas, rows: slice, columns: slice, place, shade, softness: float):
    mood = canvas.mood
    alpha = smoothstep(-softness, softness, place) * 0.96
    colour = mix(mood.cloud_shadow, mood.cloud_lit, np.clip(shade, 0, 1)[..., None])
    canvas.paint(rows, columns, colour, alpha, SceneClass.CLOUDS)
