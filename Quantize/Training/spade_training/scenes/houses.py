"""Houses: cottages with a gable, barns, and towers; windows are lit at night."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix, rgb
from .noise import sample, smoothstep
from .terrain import SNOW

_WALLS = [rgb(c) for c in ("e6dccb", "d2ae84", "a9533c", "c6c0b4", "83654b", "d8caa2", "eceae2")]
_ROOFS = [rgb(c) for c in ("843a2c", "575159", "9c5a3e", "4a5560", "69483a")]
_LAMP, _PANE, _DOOR, _FRAME = rgb("ffd27a"), rgb("39434f"), rgb("54392a"), rgb("efe9dc")


class _House:
    """Coordinates of one house: p to the gable's side, q up, in units of its width; 0 on the ground."""

    def __init__(self, canvas: Canvas, rng, x: float, base: float, width: float, distance: float):
        self.canvas, self.width, self.distance = canvas, width, distance
        self.tower = rng.random() < 0.2
        self.barn = not self.tower and rng.random() < 0.2
        self.front, self.gable = (
            (0.5, 0.42) if self.tower else (rng.uniform(0.8, 1.25), rng.uniform(0.45, 0.75))
        )
        self.wall = rng.uniform(1.5, 2.1) if self.tower else rng.uniform(0.42, 0.75)
        self.roof = rng.uniform(0.55, 1.0) if self.tower else rng.uniform(0.36, 0.62)
        self.side = rng.choice([-1.0, 1.0])
        self.corner = (self.front - self.gable) / 2
        self.rows = canvas.rows(base - (self.wall + self.roof + 0.3) * width, base + 0.02 * width)
        self.columns = canvas.columns(x - 1.15 * width, x + 1.15 * width)
        self.p = (canvas.x[:, self.columns] - x) / width * self.side
        self.q = (base - canvas.y[self.rows]) / width
        self.soft = 1.0 / canvas.count / width
        self.wall_colour = rgb("8c3a2e") if self.barn else _WALLS[rng.integers(len(_WALLS))]
        self.roof_colour = _ROOFS[rng.integers(len(_ROOFS))]
        self.planks = self.barn or rng.random() < 0.3
        u, v = canvas.x[:, self.columns] * 1.3, canvas.y[self.rows] * 1.3
        self.grain, self.stain = sample("rough", u, v), sample("soft", u * 0.8, v * 0.8)
        light = canvas.light_x * self.side
        self.front_light, self.gable_light = (
            np.clip(0.52 - 0.34 * light, 0.1, 1),
            np.clip(0.52 + 0.34 * light, 0.1, 1),
        )

    def inside(self, *distances):
        return smoothstep(-self.soft, self.soft, np.minimum.reduce(np.broadcast_arrays(*distances)))

    def lay(self, alpha, albedo, light):
        mood = self.canvas.mood
        light = np.broadcast_to(light, alpha.shape) + 0.05 * self.grain
        colour = mood.hazed(mood.lit(albedo, np.clip(light, 0.02, 1.05)), self.distance)
        self.canvas.paint(self.rows, self.columns, colour, alpha, SceneClass.BUILDING)

    def window(self, px: float, py: float, w: float, h: float, light: float):
        p, q, mood = self.p - px, self.q - py, self.canvas.mood
        frame = self.inside(w * 1.28 - np.abs(p), h * 1.25 - np.abs(q))
        self.lay(frame, _FRAME * 0.92, light)
        alpha = self.inside(w - np.abs(p), h - np.abs(q))
        mirrored = mood.horizon * (0.4 + 0.6 * q[:, :1, None] / h)
        sky = 0.8 * mood.hazed(mood.lit(_PANE, np.full(1, 0.5)), self.distance) + 0.2 * mirrored
        lamp = min(1.0, mood.night * 1.7 + 0.04)
        pane = mix(np.clip(sky, 0, 1), _LAMP * (1.02 - 0.2 * np.abs(q[..., None]) / h), lamp)
        pane = np.broadcast_to(pane, alpha.shape + (3,))
        self.canvas.paint(self.rows, self.columns, pane, alpha, SceneClass.BUILDING)
        if w * self.width * self.canvas.count > 5:
            bar = 0.012
            cross = np.maximum(self.inside(bar - np.abs(p) + 0 * q), self.inside(bar - np.abs(q) + 0 * p))
            self.lay(cross * alpha, _FRAME * 0.92, light)


def paint_house(
    canvas: Canvas, rng: np.random.Generator, x: float, base: float, width: float, distance: float
):
    house = _House(canvas, rng, x, base, width, distance)
    if house.rows.stop <= house.rows.start or house.columns.stop <= house.columns.start:
        return
    _paint_walls(house)
    _paint_roof(house, rng)
    _paint_openings(house, rng)


def _paint_walls(house: _House):
    p, q, corner, wall = house.p, house.q, house.corner, house.wall
    slant = house.roof * (1 - np.abs(p - corner - house.gable / 2) / (house.gable / 2))
    lean = 0.04 * np.clip(p - corner, 0, 2)
    lines = np.sin((p if house.barn else q) * (70 if house.barn else 95) + 0 * p + 0 * q)
    pattern = 0.035 * lines * house.planks + 0.05 * house.stain
    # Walls darken towards the ground and under the eaves.
    foot = 0.14 * np.exp(-np.clip(q, 0, 2) * 9)
    eave = 0.3 * np.exp(-np.clip(wall - q, 0, 2) * 11)
    gable = house.inside(p - corner, corner + house.gable - p, q + 0.01 - lean, wall + slant - q)
    house.lay(gable, house.wall_colour, house.gable_light + pattern - foot)
    front = house.inside(corner - p, p - corner + house.front, q + 0.01, wall - q)
    house.lay(front, house.wall_colour, house.front_light + pattern - foot - eave)
    stone = np.maximum(front, gable) * house.inside(0.07 - q + 0 * p)
    house.lay(stone, rgb("86807a"), (house.front_light + house.gable_light) / 2 - 0.1)


def _paint_roof(house: _House, rng):
    p, q, corner, wall, roof, eaves = house.p, house.q, house.corner, house.wall, house.roof, 0.07
    mood, half = house.canvas.mood, house.gable / 2
    shift = (q - wall) / roof * half
    face = house.inside(
        q - wall + 0.05, wall + roof - q, p - shift - corner + house.front + eaves, corner + shift + 0.02 - p
    )
    courses = np.floor((q - wall) * 22)
    tiles = 0.05 * np.sin((q - wall) * 138) + 0.05 * np.sin((p + 0.03 * (courses % 2)) * 75)
    albedo = house.roof_colour * (1 + 0.12 * house.stain[..., None])
    white = np.clip(min(1.0, mood.frost * 2.2) * (0.9 + 0.25 * house.stain), 0, 1)[..., None]
    albedo = mix(albedo, SNOW, white)
    weight = float(1 - min(1.0, mood.frost * 2))
    house.lay(face, albedo, np.clip(house.front_light + 0.14, 0, 1) + tiles * weight + 0.04 * house.grain)
    middle = corner + half
    slant = roof * (1 - np.abs(p - middle) / half)
    rim = np.abs(q - wall - slant + 0.02) - 0.04
    house.lay(
        house.inside(-rim, q - wall + 0.06, half + eaves - np.abs(p - middle)),
        mix(_FRAME * 0.8, albedo, 0.5),
        house.gable_light,
    )
    if not house.tower and not house.barn:
        at = corner - house.front * rng.uniform(0.2, 0.7)
        chimney = house.inside(0.055 - np.abs(p - at), q - wall - roof * 0.7, wall + roof + 0.14 - q)
        light = 0.2 * house.canvas.light_x * house.side
        house.lay(chimney, _ROOFS[0] * 0.9, 0.45 + light * np.clip((p - at) * 18, -1, 1))
        cap = house.inside(0.07 - np.abs(p - at), q - wall - roof - 0.11, wall + roof + 0.15 - q)
        house.lay(cap, mix(rgb("6a625c"), SNOW, min(1.0, mood.frost * 2)), 0.6)


def _paint_openings(house: _House, rng):
    corner, wall, front = house.corner, house.wall, house.front
    middle = corner + house.gable / 2
    if house.barn:
        p, q = house.p, house.q
        for at, light in ((middle, house.gable_light), (corner - front * 0.5, house.front_light)):
            gate = house.inside(0.14 - np.abs(p - at), q + 0.01, wall * 0.72 - q)
            house.lay(gate, _FRAME * 0.85, light)
            leaf = house.inside(0.12 - np.abs(p - at), q + 0.01, wall * 0.68 - q)
            cross = np.abs(np.abs(p - at) * wall * 0.68 / 0.12 - q)
            house.lay(leaf * (cross > 0.03), house.wall_colour * 0.75, light)
        return
    for k in range(1 if house.tower else 3):
        if house.tower or k != 1:
            house.window(corner - front * (0.2 + 0.3 * k), wall * 0.56, 0.075, 0.1, house.front_light)
    house.window(middle, wall * 0.56, 0.065, 0.1, house.gable_light)
    if house.tower:
        house.window(corner - front * 0.5, wall * 0.84, 0.06, 0.1, house.front_light)
        house.window(middle, wall * 0.84, 0.05, 0.1, house.gable_light)
    elif house.gable > 0.55:
        house.window(middle, wall + house.roof * 0.35, 0.05, 0.06, house.gable_light)
    at = corner - front * 0.5
    door = house.inside(0.085 - np.abs(house.p - at), house.q + 0.01, 0.33 - house.q)
    house.lay(door, _FRAME * 0.85, house.front_light)
    leaf = house.inside(0.068 - np.abs(house.p - at), house.q + 0.01, 0.31 - house.q)
    house.lay(leaf, _DOOR, house.front_light - 0.05)
