"""What stands on the plane in rows from far to near: blades of grass, a crop, blossoms.

A row takes its colour from the ground at its feet, so light, haze, snow and patches carry over.
"""

import numpy as np

from .classes import SceneClass
from .ground import Ground
from .mood import mix, rgb
from .noise import STRIP_SHAPE, sample, smoothstep, strip
from .terrain import SNOW

_HEART, _DARK_HEART = rgb("f2c23c"), rgb("3a2a2a")
_SPRITE = 25  # pixels of a blossom's drawing


def _nears():
    near = 0.02
    while near < 1.14:
        yield near
        near = near * 1.075 + 0.004


class Cover:
    """The rows, and where on them something grows. `growth` [rows, count]: density 0 … 1 by label."""

    def __init__(self, ground: Ground, rng: np.random.Generator):
        self.ground, self.canvas, self.rng = ground, ground.canvas, rng
        self.labels = ground.canvas.labels[ground.rows].copy()
        self.soil = ground.canvas.colour[ground.rows].copy()
        self.growth: dict[SceneClass, np.ndarray] = {}
        self.flower_kind = str(rng.choice(["daisy", "poppy", "tulip", "spike"], p=[0.4, 0.25, 0.2, 0.15]))
        self.flower_density = rng.uniform(0.6, 1.0)

    def paint(self):
        kinds = {SceneClass.GRASS: ("grass", 0.062), SceneClass.FIELD: ("crop", 0.09)}
        kinds |= {SceneClass.FLOWERS: ("grass", 0.05), SceneClass.SAND: ("tuft", 0.05)}
        here = [label for label in kinds if (self.labels == label).any()]
        sprites = _sprites(self.flower_kind) if SceneClass.FLOWERS in here else None
        for near in _nears():
            for label in here:
                name, tall = kinds[label]
                self._row(near, label, name, tall)
            if sprites is not None:
                self._blossoms(near, sprites)

    def _base(self, near: float) -> tuple[int, int]:
        """Row of the canvas at `near`, which may lie below it, and the ground's row there."""
        horizon, count = self.ground.horizon, self.canvas.count
        row = int((horizon + near * (1 - horizon)) * count)
        return row, min(row, count - 1) - self.ground.rows.start

    def _row(self, near: float, label: SceneClass, name: str, tall: float):
        canvas, row_at = self.canvas, self._base(near)
        row, base = row_at
        height = tall * (near + 0.05) * canvas.count
        offset = int(self.rng.integers(STRIP_SHAPE[1]))
        # Tufts on sand stand here and there.
        sparse = float(self.rng.random()) if label == SceneClass.SAND else 0.0
        mask = (self.labels[base] == label).astype(np.float32)
        if label in self.growth:
            mask *= self.growth[label][base]
        if height < 1.5 or not mask.any():
            return
        if label == SceneClass.SAND:
            wave = self.ground.swell[base] + 0.3 * np.sin(canvas.x[0] * 40 + near * 90)
            mask *= smoothstep(1.2 + sparse * 0.4, 1.5 + sparse * 0.4, wave)
        # Feet stand on a wavy line, and growth is uneven: no row is seen as one.
        wave = sample("soft", canvas.x[0] * 0.7, float(self.rng.random()))
        uneven = 1.0
        if name == "grass":
            uneven = np.clip(0.75 + 0.3 * self.ground.swell[base] + 0.25 * wave, 0.35, 1.25)
            mask *= smoothstep(-1.2, 0.1, wave + 0.5 * self.ground.swell[base])
        feet_line = row + 0.28 * height * np.clip(wave, -2, 2)
        rows = slice(max(0, int(row - 1.6 * height)), min(canvas.count, int(row + 0.5 * height)))
        if rows.stop <= rows.start:
            return
        part = (feet_line - np.arange(rows.start, rows.stop)[:, None] - 0.5) / (height * uneven)
        up = np.clip(part * STRIP_SHAPE[0], 0, STRIP_SHAPE[0] - 1).astype(int)
        along = (np.arange(canvas.count) * (STRIP_SHAPE[0] / height)).astype(int) + offset
        opacity, tone = (table[up, along & (STRIP_SHAPE[1] - 1)] for table in strip(name))
        opacity = opacity * ((part > 0) & (part < 1))
        feet = self.soil[base]
        if label == SceneClass.SAND:
            feet = canvas.mood.hazed(canvas.mood.lit(canvas.mood.grass, np.full(1, 0.6)), 0.1 * (1 - near))
        tip = np.clip(part, 0, 1)
        light = (
            1 + (tone - 1) * (0.45 + 0.55 * min(1.0, near * 1.5)) + 0.05 * canvas.mood.contrast * (tip - 0.4)
        )
        colour = feet * light[..., None]
        if canvas.mood.frost:
            white = canvas.mood.hazed(canvas.mood.lit(SNOW, np.full(1, 0.6)), 0)
            colour = mix(colour, white, (canvas.mood.frost * 0.7 * tip * opacity)[..., None])
        canvas.paint(rows, slice(None), colour, opacity * mask, label)

    def _blossoms(self, near: float, sprites: np.ndarray):
        """Stamps one row of blossoms, all of one size; those that overlap cover one another in any order."""
        canvas, ground, rng = self.canvas, self.ground, self.rng
        row, base = self._base(near)
        radius = (0.017 * near + 0.002) * canvas.count
        count = int(self.flower_density * canvas.count / (2.3 * radius))
        column = rng.uniform(0, canvas.count, count)
        lift = rng.uniform(0.3, 1.2, count) * 0.055 * (near + 0.05) * canvas.count
        pick = rng.integers(len(sprites), size=count)
        choice, tone = rng.normal(0, 0.25, count), rng.uniform(0.85, 1.12, count)
        if radius < 0.8:
            return
        at = column.astype(int)
        keep = self.labels[base, at] == SceneClass.FLOWERS
        at, column, lift, pick, choice, tone = (v[keep] for v in (at, column, lift, pick, choice, tone))
        if not len(at):
            return
        side = np.arange(-int(np.ceil(radius)), int(np.ceil(radius)) + 1)
        index = np.clip(((side / radius + 1) / 2 * (_SPRITE - 1)).round(), 0, _SPRITE - 1).astype(int)
        inside = (np.abs(side) <= radius + 0.5).astype(np.float32)
        stamp = sprites[pick][:, index[:, None], index[None]] * (inside[:, None] * inside)[..., None]
        mood = canvas.mood
        cluster = smoothstep(-0.1, 0.45, ground.swell[base, at] + choice)[:, None]
        bloom = mix(mood.flower, mood.flower_second, cluster) * tone[:, None]
        bloom = mix(bloom, SNOW, mood.frost * 0.8)
        heart = _DARK_HEART if self.flower_kind == "poppy" else _HEART
        albedo = mix(bloom[:, None, None], heart, stamp[..., 2:3])
        shade = stamp[..., 1] * ground.sunlight[base, at][:, None, None]
        colour = mood.hazed(mood.lit(albedo, shade), ground.distance[base, 0])
        ys = (row - lift).astype(int)[:, None, None] + side[None, :, None]
        xs = at[:, None, None] + side[None, None, :]
        alpha = stamp[..., 0] * ((ys >= 0) & (ys < canvas.count) & (xs >= 0) & (xs < canvas.count))
        ys, xs = (np.broadcast_to(np.clip(v, 0, canvas.count - 1), alpha.shape) for v in (ys, xs))
        hit = alpha > 0.03
        ys, xs, alpha, colour = ys[hit], xs[hit], alpha[hit][:, None], colour[hit]
        canvas.colour[ys, xs] = mix(canvas.colour[ys, xs], colour, alpha)
        solid = alpha[:, 0] > 0.5
        canvas.labels[ys[solid], xs[solid]] = SceneClass.FLOWERS


def _sprites(kind: str) -> np.ndarray:
    """Blossoms seen aslant: float32 [variants, side, side, (opacity, shade, heart)]."""
    axis = np.linspace(-1, 1, _SPRITE).astype(np.float32)
    x, y = axis[None], axis[:, None]
    variants = []
    for k in range(6):
        rng = np.random.default_rng([31, k])
        flat = rng.uniform(1.1, 1.7)
        distance, angle = np.hypot(x, y * flat), np.arctan2(y * flat, x)
        heart = smoothstep(0.34, 0.24, distance)
        if kind == "daisy":
            petals = 0.78 + 0.2 * np.abs(np.sin(angle * rng.choice([2.5, 3, 4]) + rng.uniform(0, 3)))
            shade = 0.78 - 0.22 * y + 0.12 * np.cos(angle * 6)
        elif kind == "poppy":
            petals = 0.86 + 0.09 * np.sin(angle * 4 + rng.uniform(0, 6))
            shade = 0.66 - 0.34 * y + 0.1 * np.cos(angle * 2)
        elif kind == "tulip":
            distance = np.maximum(np.abs(x) * 1.5, np.abs(y) * 1.05) + 0.25 * (y > 0) * np.abs(x) * y
            petals = 0.95 - 0.16 * (y < -0.4) * np.abs(np.sin(x * 7))
            shade, heart = 0.72 - 0.3 * x * rng.choice([-1, 1]) - 0.15 * y, np.zeros_like(distance)
        else:
            distance = np.hypot(x * (3.0 + 1.2 * -y), y)
            petals = 0.92 + 0.1 * np.sin(y * 26 + x * 9)
            shade, heart = 0.7 + 0.22 * np.sin(y * 26 + x * 9), np.zeros_like(distance)
        opacity = smoothstep(petals + 0.06, petals - 0.08, distance)
        variants.append(np.stack(np.broadcast_arrays(opacity, np.clip(shade, 0.3, 1.05), heart), -1))
    return np.stack(variants).astype(np.float32)
