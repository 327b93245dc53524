"""The plane between horizon and viewer, seen in perspective, and what lies flat on it."""

import numpy as np

from .canvas import Canvas
from .classes import SceneClass
from .mood import mix, rgb
from .noise import sample, smoothstep
from .terrain import SNOW

SAND, SAND_SECOND = rgb("d8bd88"), rgb("ead9ae")
DIRT, DIRT_SECOND = rgb("8f7556"), rgb("b89c78")
SOIL = rgb("6e5238")


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
        self.distance = (1 - self.near) ** 3 * 0.5
        self.fine = np.clip(self.near * 3 + 0.25, 0, 1)
        # Swells of the ground: their slope is shaded, and they break the line of what lies on it.
        self.swell = self.plane("soft", 0.3)
        drift = np.float32(rng.uniform())
        shadow = smoothstep(0.2, 1.0, sample("soft", self.u * 0.14 + drift, self.v * 0.14 + drift))
        self.sunlight = 1 - 0.28 * shadow * canvas.mood.contrast

    def strokes(self, name: str, scale: float) -> np.ndarray:
        return sample(name, self.u * scale * 1.6, self.w * scale)

    def plane(self, name: str, scale: float) -> np.ndarray:
        return sample(name, self.u * scale, self.v * scale)

    def paint(self, albedo, shade, alpha, label: SceneClass):
        mood = self.canvas.mood
        shade = np.clip(shade * self.sunlight, 0.02, 1.1)
        colour = mood.hazed(mood.lit(albedo, shade), self.distance)
        alpha = np.broadcast_to(np.asarray(alpha, np.float32), shade.shape)
        self.canvas.paint(self.rows, slice(None), colour, alpha, label)

    def snowed(self, albedo, share, most: float = 1.0):
        """`albedo` under the mood's snow: `share` [h, w] is how much it holds, `most` what is never more."""
        frost = self.canvas.mood.frost
        if not frost:
            return albedo
        return mix(albedo, SNOW, np.clip(frost * 1.9 * share, 0, most)[..., None])

    def paint_grass(self, rng, alpha=1.0):
        mood = self.canvas.mood
        patches = 0.6 * self.swell + 0.4 * self.plane("soft", 1.1)
        grain = (0.5 * self.strokes("rough", 0.55) + 0.3 * self.strokes("foliage", 0.8)) * self.fine
        part = np.clip(0.42 + 0.3 * patches + 0.14 * grain, 0, 1)[..., None]
        albedo = mix(mood.grass, mood.grass_second, part)
        shade = 0.66 + 0.1 * self.plane("soft", 0.5) + 0.09 * grain - 0.06 * self.near
        albedo = self.snowed(albedo, np.clip(0.5 + 0.3 * patches + 0.1 * grain, 0, 1), 0.9)
        self.paint(albedo, shade, alpha, SceneClass.GRASS)

    def paint_sand(self, rng, alpha=1.0):
        waves = self.plane("soft", 0.7)
        bent = self.v * 48 + 2.2 * waves + self.u * 9
        ripples = np.sin(bent + 0.5 * np.sin(bent)) * self.fine * np.clip(0.5 + 0.5 * self.swell, 0, 1)
        grain = self.strokes("rough", 0.8) * self.fine
        relief = self.plane("ridged_x", 0.5) * self.canvas.light_x
        pebbles = smoothstep(1.9, 2.3, self.strokes("rough", 1.4)) * self.fine
        albedo = mix(SAND, SAND_SECOND, np.clip(0.5 + 0.3 * waves + 0.12 * grain, 0, 1)[..., None])
        albedo = self.snowed(albedo, np.clip(0.3 + 0.3 * waves, 0, 1), 0.6)
        shade = 0.72 + 0.06 * waves + 0.05 * ripples + 0.05 * grain + 0.05 * relief - 0.25 * pebbles
        self.paint(albedo, shade - 0.06 * self.near, alpha, SceneClass.SAND)

    def paint_snow(self, rng):
        relief = sample("ridged_x", self.u * 0.45, self.v * 0.45) * self.canvas.light_x
        drifts = self.plane("soft", 0.55)
        wind = sample("rough", self.u * 0.35, self.v * 1.5) * self.fine
        shade = 0.7 + 0.045 * drifts + 0.11 * relief + 0.035 * wind - 0.04 * self.near
        shade += (
            0.5 * smoothstep(2.6, 3.1, self.strokes("rough", 1.5)) * self.fine * self.canvas.mood.contrast
        )
        hollow = np.clip(0.62 - shade, 0, 0.2)[..., None]
        blue = SNOW * (1 - hollow * np.array([0.6, 0.3, 0.0], np.float32))
        self.paint(blue, shade, 1.0, SceneClass.SNOW)

    def paint_field(self, rng, alpha) -> np.ndarray:
        """A crop in rows that run together at a vanishing point. Returns how densely it grows, 0 … 1."""
        mood = self.canvas.mood
        count, slant, kind = rng.uniform(60, 105), rng.uniform(-0.2, 0.2), rng.random()
        wobble = 0.012 * self.plane("soft", 0.8)
        ridge = np.sin((self.u + slant * self.v + wobble) * count)
        seen = np.clip(self.near * 6 - 0.1, 0.06, 1)
        ridge = ridge * seen
        tone = 0.6 * self.plane("soft", 0.4)
        grain = self.strokes("rough", 0.8) * self.fine
        crop = mood.field * (1 + 0.1 * tone[..., None])
        if kind < 0.5:
            # Standing grain: lines of tractor tracks, else one surface.
            albedo, growth = crop, smoothstep(-0.95, -0.6, ridge)
            shade = 0.68 + 0.1 * ridge + 0.1 * grain - 0.12 * (1 - growth) * seen
        else:
            growth = smoothstep(-0.25, 0.35, ridge) * seen + (1 - seen) * 0.6
            albedo = mix(SOIL * (1 + 0.1 * grain[..., None]), crop, growth[..., None])
            shade = 0.66 + 0.16 * ridge + 0.09 * grain
        albedo = self.snowed(albedo, np.clip(0.45 + 0.25 * ridge + 0.15 * tone, 0, 1), 0.85)
        self.paint(albedo, shade - 0.05 * self.near, alpha, SceneClass.FIELD)
        return growth

    def paint_road(self, rng):
        """A dirt track with ruts, which narrows and winds towards the horizon."""
        goal, start = rng.uniform(0.2, 0.8), rng.uniform(0.25, 0.75)
        bend = rng.uniform(0.03, 0.16) * rng.choice([-1, 1])
        near = self.near[:, :1]
        centre = goal + (start - goal) * near + bend * np.sin(near**0.6 * rng.uniform(3, 7)) * (0.25 + near)
        half = 0.005 + rng.uniform(0.07, 0.17) * near
        across = (self.canvas.x - centre) / half
        edge = 1 - np.abs(across) + 0.1 * self.strokes("rough", 0.8)
        alpha = smoothstep(-0.06, 0.06, edge)
        tracks = np.exp(-((np.abs(across) - 0.5) ** 2) * 16)
        grain = self.strokes("rough", 1.0) * self.fine
        stones = smoothstep(1.7, 2.2, self.strokes("rough", 1.7)) * self.fine
        albedo = mix(DIRT, DIRT_SECOND, np.clip(0.4 + 0.4 * tracks + 0.14 * grain, 0, 1)[..., None])
        if rng.random() < 0.45:
            strip = np.exp(-((across * 4.5) ** 2)) * np.clip(0.8 + 0.4 * grain, 0, 1)
            albedo = mix(albedo, self.canvas.mood.grass, strip[..., None] * 0.8)
        albedo = self.snowed(albedo, np.clip(0.5 - 0.35 * tracks + 0.15 * grain, 0, 1), 0.75)
        rim = np.exp(-((np.abs(across) - 1.0) ** 2) * 40)
        shade = 0.7 - 0.1 * tracks + 0.1 * grain + 0.12 * stones - 0.16 * rim + 0.06 * self.plane("soft", 1)
        self.paint(albedo, shade, alpha, SceneClass.ROAD)

    def paint_bed(self, rng, alpha):
        """Grass with the sheen of far blossoms; near ones are painted later. The label covers it all."""
        mood = self.canvas.mood
        grain = self.strokes("rough", 0.7) * self.fine
        far = np.clip(0.75 - self.near * 2.6, 0, 0.6)
        speckle = np.clip(0.5 + 0.4 * self.strokes("white", 0.8) + 0.2 * self.swell, 0, 1)
        bloom = mix(mood.flower, mood.flower_second, smoothstep(0.1, 0.5, self.plane("soft", 1.3))[..., None])
        albedo = mix(mood.grass * 0.92, bloom, (far * speckle)[..., None])
        albedo = self.snowed(albedo, np.clip(0.4 + 0.2 * grain, 0, 1), 0.7)
        self.paint(albedo, 0.66 + 0.1 * grain, alpha, SceneClass.FLOWERS)

    def bed(self, rng, cover: float) -> np.ndarray:
        """Opacity of patches that cover about `cover` of the plane."""
        place = self.plane("soft", rng.uniform(0.3, 0.5)) + 0.12 * self.strokes("rough", 0.6)
        return smoothstep(-0.1, 0.1, place - (0.9 - 1.8 * cover))
