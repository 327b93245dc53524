"""Rocks and buildings."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix, rgb
from .noise import sample, smoothstep
from .terrain import SNOW

_WALLS = [rgb(c) for c in ("e9e0cf", "d8b48a", "b5543c", "c9c4ba", "8a6a4e", "dccfa6")]
_ROOFS = [rgb(c) for c in ("8c3b2c", "5b5560", "a5603c", "4c5a66", "6e4a36")]
_STONE, _STONE_SECOND, _LAMP, _PANE = rgb("7e776f"), rgb("a09688"), rgb("ffd27a"), rgb("3b4656")


def paint_rock(
    canvas: Canvas, rng: np.random.Generator, x: float, base: float, width: float, distance: float
):
    """A boulder of a few facets."""
    height = width * rng.uniform(0.45, 0.85)
    rows, columns = (
        canvas.rows(base - height * 1.2, base + height * 0.2),
        canvas.columns(x - width * 0.75, x + width * 0.75),
    )
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    px, py = (canvas.x[:, columns] - x) / (width * 0.5), (base - canvas.y[rows]) / height
    # The outline is the inside of a few half planes; each of them shades the facet that is nearest to it.
    angles = np.sort(rng.uniform(-0.2, np.pi + 0.2, 6))
    place = np.full((py.shape[0], px.shape[1]), 9.0, np.float32)
    shade = np.zeros_like(place)
    for angle in angles:
        nx, ny = np.cos(angle), np.sin(angle)
        room = rng.uniform(0.72, 1.0) - nx * px - ny * py
        facing = 0.45 + 0.34 * nx * canvas.light_x + 0.3 * ny + 0.06 * rng.uniform(-1, 1)
        shade = np.where(room < place, facing, shade)
        place = np.minimum(place, room)
    scale = 0.05 / width + 0.7
    u, v = canvas.x[:, columns] * scale + rng.uniform(), canvas.y[rows] * scale + rng.uniform()
    grain = sample("rough", u, v)
    flat = np.clip(place * 1.6, 0, 1)
    shade = (
        shade * (1 - 0.35 * flat)
        + 0.5 * 0.35 * flat
        + 0.1 * sample("ridged_x", u * 1.3, v * 1.3) * canvas.light_x
    )
    alpha = smoothstep(-0.03, 0.05, place + 0.025 * grain) * smoothstep(-0.06, 0.02, py + 0.03 * grain)
    shade = shade - 0.22 * np.exp(-np.clip(py, 0, 1) * 7) + 0.06 * grain
    albedo = mix(_STONE, _STONE_SECOND, np.clip(0.5 + 0.4 * sample("soft", u * 2, v * 2), 0, 1)[..., None])
    if canvas.mood.frost:
        albedo = mix(albedo, SNOW, (canvas.mood.frost * smoothstep(0.45, 0.8, shade))[..., None])
    colour = canvas.mood.hazed(canvas.mood.lit(albedo, np.clip(shade, 0.03, 1)), distance)
    canvas.paint(rows, columns, colour, alpha, SceneClass.ROCK)


def paint_house(
    canvas: Canvas, rng: np.random.Generator, x: float, base: float, width: float, distance: float
):
    """A cottage with a long front and a gable to the side, or a tower; windows are lit at night."""
    tower = rng.random() < 0.22
    front, gable = (0.5, 0.42) if tower else (rng.uniform(0.9, 1.2), rng.uniform(0.45, 0.6))
    wall = rng.uniform(1.5, 2.1) if tower else rng.uniform(0.42, 0.6)
    roof = rng.uniform(0.55, 0.8) if tower else rng.uniform(0.34, 0.5)
    side = rng.choice([-1.0, 1.0])
    rows = canvas.rows(base - (wall + roof + 0.3) * width, base + 0.02 * width)
    columns = canvas.columns(x - 1.1 * width, x + 1.1 * width)
    if rows.stop <= rows.start or columns.stop <= columns.start:
        return
    mood = canvas.mood
    p = (canvas.x[:, columns] - x) / width * side
    q = (base - canvas.y[rows]) / width
    soft = 1.2 / canvas.count / width

    def inside(*distances):
        return smoothstep(-soft, soft, np.minimum.reduce(np.broadcast_arrays(*distances)))

    corner, wall_colour, roof_colour = (
        0.2,
        _WALLS[rng.integers(len(_WALLS))],
        _ROOFS[rng.integers(len(_ROOFS))],
    )
    grain = sample("rough", canvas.x[:, columns] * 1.3, canvas.y[rows] * 1.3)
    front_light = np.clip(0.5 - 0.3 * canvas.light_x * side, 0.1, 1)
    gable_light = np.clip(0.5 + 0.3 * canvas.light_x * side, 0.1, 1)
    lean = 0.04 * np.clip(p - corner, 0, 2)

    def lay(alpha, albedo, light):
        colour = mood.hazed(mood.lit(albedo, np.clip(light + 0.05 * grain, 0.02, 1)), distance)
        canvas.paint(rows, columns, colour, alpha, SceneClass.BUILDING)

    middle, half = corner + gable / 2, gable / 2
    slant = roof * (1 - np.abs(p - middle) / half)
    lay(inside(p - corner, corner + gable - p, q + 0.01 - lean, wall + slant - q), wall_colour, gable_light)
    lay(inside(corner - p, p - corner + front, q + 0.01, wall - q), wall_colour, front_light)
    # The roof's front face leans towards the ridge above the gable's middle.
    shift = (q - wall) / roof * half
    eaves = 0.06
    roof_face = inside(
        q - wall + 0.04, wall + roof - q, p - shift - corner + front + eaves, corner + shift + 0.02 - p
    )
    tiles = 0.04 * np.sin(q * 90)
    albedo = mix(roof_colour, SNOW, mood.frost)
    lay(roof_face, albedo, np.clip(front_light + 0.12, 0, 1) + tiles)
    rim = np.abs(q - wall - slant + 0.02) - 0.035
    lay(inside(-rim, q - wall + 0.05, half + eaves - np.abs(p - middle)), albedo * 0.8, gable_light)
    if not tower:
        chimney = corner - front * rng.uniform(0.2, 0.7)
        lay(
            inside(0.05 - np.abs(p - chimney), q - wall - roof * 0.7, wall + roof + 0.12 - q),
            _ROOFS[0] * 0.9,
            0.45,
        )

    def window(px, py, w, h):
        alpha = inside(w - np.abs(p - px), h - np.abs(q - py))
        pane = mix(
            mood.hazed(mood.lit(_PANE, np.full(1, 0.5)), distance), _LAMP, min(1.0, mood.night * 1.6 + 0.06)
        )
        canvas.paint(rows, columns, pane, alpha * 0.95, SceneClass.BUILDING)

    for k in range(1 if tower else 3):
        window(corner - front * (0.2 + 0.3 * k), wall * 0.58, 0.07, 0.09)
    window(middle, wall * 0.6, 0.06, 0.09)
    if not tower:
        lay(inside(0.055 - np.abs(p - corner + front * 0.35), q + 0.01, 0.26 - q), rgb("5a3d2b"), front_light)
