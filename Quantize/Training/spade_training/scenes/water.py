"""Lakes, rivers and seas: their shapes on the plane, and a surface that mirrors."""

import numpy as np

from .classes import SceneClass
from .ground import Ground
from .mood import mix, rgb
from .noise import sample, swells
from .sky import glitter_column
from .terrain import SNOW


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
    shore = rng.uniform(0.3, 0.8) + rng.uniform(-0.35, 0.35) * (x - 0.5)
    shore = shore + 0.06 * swells(rng, x[0], knots=2)
    place = (shore - ground.near) * 1.2
    if rng.random() < 0.25:
        # An island, between the beach and the horizon or in place of the beach.
        far, cx = rng.random() < 0.6, rng.uniform(0.2, 0.8)
        middle, half = (
            (rng.uniform(0.15, 0.3), rng.uniform(0.04, 0.1)) if far else (0.55, rng.uniform(0.12, 0.25))
        )
        wide = rng.uniform(0.12, 0.4)
        off = np.hypot((x - cx) / wide, (ground.near - middle) / half) - 1
        place = np.minimum(place if far else 1.0, off * half * 1.2)
    return place + 0.015 * sample("soft", ground.u, ground.v)


SHAPES = {"lake": lake_shape, "river": river_shape, "sea": sea_shape}


def first_rows(alpha: np.ndarray, first: int) -> np.ndarray:
    """The canvas row of each column's first water, or of the ground's first row where there is none."""
    wet = alpha > 0.5
    return np.where(wet.any(0), wet.argmax(0), 0) + first


def _mirrored(ground: Ground, top: np.ndarray, swell: np.ndarray) -> np.ndarray:
    """What each pixel of the ground's rows throws back: what stands above the column's first water."""
    canvas = ground.canvas
    window = max(3, canvas.count // 24) | 1
    padded = np.pad(top.astype(np.float32), window // 2, mode="edge")
    top = np.minimum(top, np.convolve(padded, np.ones(window) / window, "valid"))
    # Far things mirror at the horizon, the bank at its foot: a line between them serves both.
    top = ground.rows.start + 0.45 * (top - ground.rows.start)
    row = np.arange(ground.rows.start, ground.rows.stop)[:, None]
    shift = swell * (0.0015 + 0.011 * ground.near) * canvas.count
    highest = np.maximum(top.astype(int) - 1, 0)
    source = np.clip(2 * top - row + shift * 1.6, 0, canvas.count - 1).astype(int)
    source = np.minimum(source, highest)
    column = np.clip(np.arange(canvas.count) + shift * 0.5, 0, canvas.count - 1).astype(int)
    mirrored = 0.5 * canvas.colour[source, column]
    for step in (0.014, -0.014):
        higher = np.clip(source + int(step * canvas.count), 0, canvas.count - 1)
        mirrored += 0.25 * canvas.colour[np.minimum(higher, highest), column]
    return mirrored


def paint_water(ground: Ground, rng: np.random.Generator, alpha: np.ndarray, surf: np.ndarray | None, sun):
    """Mirrors what is above each column's first water; `surf` is the distance from a beach, or none."""
    canvas, mood = ground.canvas, ground.canvas.mood
    if not (alpha > 0.5).any():
        return
    rough = rng.uniform(0.5, 1.3) if surf is None else rng.uniform(0.9, 1.6)
    swell = sample("soft", ground.u * 2.2, ground.v * 7) + 0.7 * sample("rough", ground.u * 1.5, ground.v * 9)
    swell = swell * rough
    mirrored = _mirrored(ground, first_rows(alpha, ground.rows.start), swell)
    deep = mix(mood.zenith, rgb("1d4f5c") * (mood.ambient + mood.light * 0.5), 0.55)
    # Flat looks mirror, steep ones see into the water.
    clear = np.clip(0.1 + 0.5 * ground.near + 0.07 * swell, 0.04, 0.8)[..., None]
    colour = mix(mirrored, deep, clear)
    crest = sample("ridged", ground.u * 1.3, ground.v * 3.2) * ground.fine
    colour = colour * (1 + 0.05 * rough * crest[..., None])
    glint = np.clip(swell - 1.1, 0, 1.5) * (0.25 + 0.5 * ground.near) * 0.28
    colour = colour + glint[..., None] * (mood.horizon * 0.5 + mood.light * 0.5)
    path = glitter_column(canvas, sun, 0.03 + 0.1 * ground.near)
    sparkle = path * np.clip(swell + 0.7 * crest - 0.1, 0, 2) * (0.3 + 0.7 * mood.contrast) * mood.glow
    colour = colour + (sparkle * (0.55 - 0.25 * mood.night))[..., None] * mood.disc
    if surf is not None:
        colour = _breaking(ground, colour, surf, swell)
    elif (edge := np.clip(1 - np.abs(alpha - 0.5) * 2, 0, 1)).any():
        # The bank shades the water's edge.
        colour = colour * (1 - 0.3 * edge[..., None])
    colour = mood.hazed(colour, ground.distance * 0.5)
    canvas.paint(ground.rows, slice(None), np.clip(colour, 0, 1.3), alpha, SceneClass.WATER)


def _breaking(ground: Ground, colour, surf, swell):
    """Shallows and lines of foam along a beach."""
    mood = ground.canvas.mood
    shallow = np.exp(-np.clip(surf, 0, None) * 9)[..., None]
    colour = mix(colour, mood.lit(rgb("5fb8ae"), np.full(1, 0.6)), shallow * 0.5)
    lace = sample("rough", ground.u * 1.1, ground.v * 1.6)
    bend = 0.012 * sample("soft", ground.u * 0.7, ground.v * 0.3)
    crest = np.exp(-(((surf - 0.02 + bend) * 46) ** 2))
    for place, strength, wide in ((0.12, 0.7, 40), (0.25, 0.5, 34), (0.42, 0.3, 30)):
        crest = crest + strength * np.exp(-(((surf - place + 2 * bend + 0.02 * swell) * wide) ** 2))
    foam = np.clip(crest * (0.75 + 0.45 * lace), 0, 1)[..., None]
    return mix(colour, mood.lit(SNOW, np.full(1, 0.8)), foam * 0.85)
