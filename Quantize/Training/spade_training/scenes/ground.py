"""The plane between horizon and viewer, seen in perspective, and what lies flat on it."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix, rgb
from .noise import sample, smoothstep, swells
from .terrain import SNOW

SAND, SAND_SECOND = rgb("e0c68f"), rgb("f0deb2")
DIRT, DIRT_SECOND = rgb("a3835e"), rgb("c3a57c")


class Ground:
    """Perspective below `horizon`: near(y) is 0 there and 1 at the picture's lower edge."""

    def __init__(self, canvas: Canvas, rng: np.random.Generator, horizon: float):
        self.canvas, self.horizon = canvas, horizon
        self.rows = canvas.rows(horizon, 1)
        y = canvas.y[self.rows]
        self.near = np.clip((y - horizon) / (1 - horizon), 0, 1)
        depth = 1 / (self.near + 0.06)
        # World coordinates of the plane, and (w, ·) of upright things on it, which keep their proportions.
        self.u = (canvas.x - 0.5) * depth * 0.22 + np.float32(rng.uniform())
        self.v = depth * 0.5 + np.float32(rng.uniform())
        self.w = -np.log(self.near + 0.06) * 0.35 + np.float32(rng.uniform())
        self.distance = (1 - self.near) ** 3 * 0.55
        self.fine = np.clip(self.near * 3 + 0.25, 0, 1)

    def strokes(self, name: str, scale: float) -> np.ndarray:
        return sample(name, self.u * scale * 1.6, self.w * scale)

    def plane(self, name: str, scale: float) -> np.ndarray:
        return sample(name, self.u * scale, self.v * scale)

    def paint(self, albedo, shade, alpha, label: SceneClass):
        mood = self.canvas.mood
        colour = mood.hazed(mood.lit(albedo, np.clip(shade, 0.02, 1.1)), self.distance)
        self.canvas.paint(self.rows, slice(None), colour, alpha, label)

    def paint_grass(self, rng, alpha=1.0):
        mood = self.canvas.mood
        patches = 0.7 * self.plane("soft", 0.35) + 0.3 * self.plane("soft", 1.1)
        blades = (0.6 * self.strokes("blades", 1.1) + 0.5 * self.strokes("rough", 0.55)) * self.fine
        part = np.clip(0.45 + 0.33 * patches + 0.12 * blades, 0, 1)[..., None]
        albedo = mix(mood.grass, mood.grass_second, part)
        shade = 0.68 + 0.12 * self.plane("soft", 0.5) + 0.1 * blades - 0.12 * self.near
        if mood.frost:
            albedo = mix(
                albedo, SNOW * 0.95, mood.frost * np.clip(0.45 + 0.4 * patches, 0, 1)[..., None] * 0.6
            )
        self.paint(albedo, shade, np.broadcast_to(alpha, shade.shape), SceneClass.GRASS)

    def paint_sand(self, rng, alpha=1.0):
        waves = self.plane("soft", 0.7)
        ripples = np.sin(self.v * 55 + 1.6 * waves + self.u * 9) * self.fine * 0.5
        grain = self.strokes("rough", 0.8) * self.fine
        albedo = mix(SAND, SAND_SECOND, np.clip(0.5 + 0.3 * waves + 0.1 * grain, 0, 1)[..., None])
        shade = 0.74 + 0.08 * waves + 0.06 * ripples + 0.04 * grain - 0.1 * self.near
        self.paint(albedo, shade, np.broadcast_to(alpha, shade.shape), SceneClass.SAND)

    def paint_snow(self, rng):
        drifts = self.plane("soft", 0.55)
        shade = 0.66 + 0.2 * drifts + 0.03 * self.strokes("rough", 0.8) - 0.06 * self.near
        self.paint(SNOW, shade, np.ones_like(shade), SceneClass.SNOW)

    def paint_field(self, rng, alpha):
        """Rows of a crop that run together at a vanishing point."""
        mood = self.canvas.mood
        lines = np.sin((self.u + rng.uniform(-0.15, 0.15) * self.v) * rng.uniform(70, 120))
        tone = 0.6 * self.plane("soft", 0.4)
        tufts = self.strokes("blades", 0.9) * self.fine
        albedo = mood.field * (1 + 0.1 * tone[..., None])
        shade = (
            0.66
            + 0.22 * lines * self.fine * np.clip(self.near * 5, 0.15, 1)
            + 0.12 * tufts
            - 0.08 * self.near
        )
        self.paint(albedo, shade, alpha, SceneClass.FIELD)

    def paint_road(self, rng):
        goal, start = rng.uniform(0.2, 0.8), rng.uniform(0.25, 0.75)
        bend = rng.uniform(0.05, 0.16) * rng.choice([-1, 1])
        near = self.near[:, :1]
        centre = goal + (start - goal) * near + bend * np.sin(near**0.6 * rng.uniform(3, 7)) * (0.25 + near)
        half = 0.006 + rng.uniform(0.07, 0.15) * near
        across = (self.canvas.x - centre) / half
        edge = 1 - np.abs(across) + 0.12 * self.strokes("rough", 0.8)
        alpha = smoothstep(-0.08, 0.08, edge)
        tracks = np.exp(-((np.abs(across) - 0.5) ** 2) * 14)
        grain = self.strokes("rough", 1.0) * self.fine
        albedo = mix(DIRT, DIRT_SECOND, np.clip(0.35 + 0.4 * tracks + 0.12 * grain, 0, 1)[..., None])
        shade = 0.7 - 0.08 * tracks + 0.08 * grain + 0.06 * self.plane("soft", 1)
        self.paint(albedo, shade, alpha, SceneClass.ROAD)

    def paint_flowers(self, rng, alpha):
        """Blossoms over grass; the label covers the whole bed."""
        mood = self.canvas.mood
        dots = np.maximum(
            self.strokes("dots", 1.15), 0.8 * sample("dots", self.u * 2.3 + 0.37, self.w * 1.45)
        )
        pick = self.plane("soft", 1.3)[..., None] + 0.4 * self.strokes("soft", 4)[..., None]
        bloom = mix(mood.flower, mood.flower_second, smoothstep(0.1, 0.5, pick))
        bloom = mix(bloom, SNOW, mood.frost)
        far = np.clip(0.55 - self.near, 0, 0.5)
        amount = np.clip(dots * 1.2 + far, 0, 1)[..., None]
        green = mood.grass * (0.72 + 0.1 * self.strokes("blades", 0.8))[..., None]
        shade = 0.7 + 0.22 * dots + 0.08 * self.strokes("rough", 0.7)
        self.paint(mix(green, bloom, amount), shade, alpha, SceneClass.FLOWERS)

    def bed(self, rng, cover: float) -> np.ndarray:
        """Opacity of patches that cover about `cover` of the plane."""
        place = self.plane("soft", rng.uniform(0.3, 0.5)) + 0.12 * self.strokes("rough", 0.6)
        return smoothstep(-0.1, 0.1, place - (0.9 - 1.8 * cover))


def lake_shape(ground: Ground, rng: np.random.Generator) -> np.ndarray:
    """Signed place of a lake: above 0 is water, about −0.1 … 0 is the shore. Shape of the ground's rows."""
    x, near = ground.canvas.x, ground.near
    middle, half = rng.uniform(0.12, 0.4), rng.uniform(0.1, 0.34)
    cx, wide = rng.uniform(0.2, 0.8), rng.uniform(0.35, 0.9)
    coast = 0.16 * swells(rng, x[0], knots=5, roughness=0.5, octaves=5)
    across = ((x - cx) / wide) ** 2
    place = 1 - across - ((near - middle) / half) ** 2 + coast
    return place * 0.5


def river_shape(ground: Ground, rng: np.random.Generator) -> np.ndarray:
    near = ground.near
    goal, start = rng.uniform(0.25, 0.75), rng.uniform(0.15, 0.85)
    bend, turns, phase = rng.uniform(0.08, 0.25), rng.uniform(4, 8), rng.uniform(0, 6)
    centre = goal + (start - goal) * near + bend * np.sin(near**0.5 * turns + phase) * (0.2 + near)
    half = 0.012 + rng.uniform(0.1, 0.24) * near * (1 + 0.15 * np.sin(near * 11 + phase))
    wobble = 0.05 * sample("soft", ground.u * 0.8, ground.v * 0.8)
    return (half - np.abs(ground.canvas.x - centre)) / (half + 0.05) * 0.6 + wobble


def sea_shape(ground: Ground, rng: np.random.Generator) -> np.ndarray:
    x = ground.canvas.x
    shore = rng.uniform(0.3, 0.72) + rng.uniform(-0.35, 0.35) * (x - 0.5)
    shore = shore + 0.06 * swells(rng, x[0], knots=2)
    return (shore - ground.near) * 1.2 + 0.015 * sample("soft", ground.u, ground.v)


def paint_water(ground: Ground, rng: np.random.Generator, alpha: np.ndarray, surf: np.ndarray | None):
    """Mirrors what is above each column's first water; `surf` is the distance from a beach, or none."""
    canvas, mood = ground.canvas, ground.canvas.mood
    wet = alpha > 0.5
    if not wet.any():
        return
    top = np.where(wet.any(0), wet.argmax(0), 0) + ground.rows.start
    window = max(3, canvas.count // 24) | 1
    padded = np.pad(top.astype(np.float32), window // 2, mode="edge")
    top = np.minimum(top, np.convolve(padded, np.ones(window) / window, "valid"))
    # Far things mirror at the horizon, the bank at its foot: a line between them serves both.
    top = ground.rows.start + 0.3 * (top - ground.rows.start)
    row = np.arange(ground.rows.start, ground.rows.stop)[:, None]
    swell = sample("soft", ground.u * 2.2, ground.v * 7) + 0.7 * sample("rough", ground.u * 1.5, ground.v * 9)
    shift = swell * (0.002 + 0.012 * ground.near) * canvas.count
    source = np.clip(2 * top - row + shift * 1.4, 0, canvas.count - 1).astype(int)
    source = np.minimum(source, np.maximum(top.astype(int) - 1, 0))
    column = np.clip(np.arange(canvas.count) + shift * 0.5, 0, canvas.count - 1).astype(int)
    mirrored = 0.5 * canvas.colour[source, column]
    for step in (0.012, -0.012):
        higher = np.clip(source + int(step * canvas.count), 0, canvas.count - 1)
        mirrored += 0.25 * canvas.colour[np.minimum(higher, np.maximum(top.astype(int) - 1, 0)), column]
    deep = mix(mood.zenith, rgb("1f5560") * (mood.ambient + mood.light * 0.5), 0.55)
    clear = np.clip(0.16 + 0.4 * ground.near + 0.05 * swell, 0.05, 0.75)[..., None]
    colour = mix(mirrored, deep, clear)
    glint = np.clip(swell - 1.1, 0, 1.5) * (0.25 + 0.5 * ground.near) * 0.28
    colour = colour + glint[..., None] * (mood.horizon * 0.5 + mood.light * 0.5)
    if surf is not None:
        shallow = np.exp(-np.clip(surf, 0, None) * 9)[..., None]
        colour = mix(colour, mood.lit(rgb("5fb8ae"), 0.6), shallow * 0.55)
        lace = sample("rough", ground.u * 1.1, ground.v * 1.6)
        crest = np.exp(-(((surf - 0.022) * 46) ** 2)) + 0.6 * np.exp(
            -(((surf - 0.13 + 0.02 * swell) * 40) ** 2)
        )
        foam = np.clip(crest * (0.85 + 0.35 * lace), 0, 1)[..., None]
        colour = mix(colour, mood.lit(SNOW, 0.8), foam * 0.85)
    colour = mood.hazed(colour, ground.distance * 0.5)
    canvas.paint(ground.rows, slice(None), np.clip(colour, 0, 1.2), alpha, SceneClass.WATER)
