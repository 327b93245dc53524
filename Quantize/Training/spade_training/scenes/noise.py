"""Noise: tileable textures made once, sampled with any coordinates, and fractal lines.

A tile repeats with period 1 in both directions and has mean 0 and standard deviation 1. A scene looks
different from the next because it reads the tiles at different places, so noise costs one gather.
"""

from functools import cache

import numpy as np

TILE_SIZE = 1024  # pixels, a power of two


def _spectral(seed: int, slope: float, lowest: float = 1, stretch: float = 1) -> np.ndarray:
    """Noise whose amplitude falls as frequency to the power `slope`; `stretch` draws it out vertically."""
    frequency = np.fft.fftfreq(TILE_SIZE, 1 / TILE_SIZE)
    fx, fy = frequency[None, : TILE_SIZE // 2 + 1], frequency[:, None]
    radius = np.hypot(fx, fy * stretch)
    amplitude = np.where(radius < lowest, 0, np.maximum(radius, lowest) ** -slope)
    white = np.fft.rfft2(np.random.default_rng(seed).standard_normal((TILE_SIZE, TILE_SIZE)))
    return _normalised(np.fft.irfft2(white * amplitude))


def _normalised(tile: np.ndarray) -> np.ndarray:
    return ((tile - tile.mean()) / tile.std()).astype(np.float32)


def _ridged(seed: int) -> np.ndarray:
    """Sharp crests between round valleys: octaves of 1 − |n|."""
    total = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)
    for octave in range(5):
        band = _spectral(seed + octave, 4.0, lowest=2.0 ** (octave + 1))
        total += (1 - np.abs(band)) * 0.56**octave
    return _normalised(total)


@cache
def tile(name: str) -> np.ndarray:
    """A tile by its name, float32 [TILE_SIZE, TILE_SIZE].

    `soft` (billows), `rough` (grain), `ridged`, `ridged_x` and `ridged_y` (its slopes), `blades` (upright
    strokes), `white`, and `foliage` (clumps of leaves, lit from above).
    """
    match name:
        case "soft":
            return _spectral(1, 1.9)
        case "rough":
            return _spectral(2, 1.15, lowest=4)
        case "ridged":
            return _ridged(3)
        case "ridged_x" | "ridged_y":
            axis = 1 if name == "ridged_x" else 0
            ridged = tile("ridged")
            slope = sum((np.roll(ridged, -k, axis) - np.roll(ridged, k, axis)) / k for k in (2, 5, 10))
            return np.clip(_normalised(slope), -2.2, 2.2)
        case "blades":
            return _spectral(4, 1.0, lowest=12, stretch=5)
        case "white":
            return _normalised(np.random.default_rng(5).standard_normal((TILE_SIZE, TILE_SIZE)))
        case "foliage":
            return _foliage()
    raise KeyError(name)


def _foliage() -> np.ndarray:
    """Clumps over clumps, each light above and dark below, with single leaves on them."""
    rng = np.random.default_rng(6)
    result = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)
    offset = np.arange(-30, 31)
    for count, low, high in ((1500, 16, 29), (9000, 4, 10)):
        reach = offset[np.abs(offset) <= high]
        dy, dx = reach[:, None], reach[None]
        for _ in range(count):
            radius, flat = rng.uniform(low, high), rng.uniform(1.1, 1.6)
            y, x = rng.integers(0, TILE_SIZE, 2)
            rows, columns = (y + dy) % TILE_SIZE, (x + dx) % TILE_SIZE
            block = result[rows, columns]
            inside = dx**2 + (dy * flat) ** 2 < radius**2
            tone = rng.uniform(-0.5, 0.5) - dy / radius * 0.7
            mixed = tone if low > 10 else block + 0.55 * tone
            result[rows, columns] = np.where(inside, mixed, block)
    return np.clip(_normalised(result), -2.2, 2.2)


STRIP_SHAPE = (48, 1024)  # rows from the ground up, columns; it repeats sideways


@cache
def strip(name: str) -> tuple[np.ndarray, np.ndarray]:
    """A row of plants seen from the side: opacity and tone (mean about 1), each float32 STRIP_SHAPE.

    `grass` (bent blades), `crop` (stalks with ears) and `tuft` (few and uneven blades).
    """
    rng = np.random.default_rng({"grass": 21, "crop": 22, "tuft": 23}[name])
    rows, columns = STRIP_SHAPE
    opacity, tone = np.zeros(STRIP_SHAPE, np.float32), np.ones(STRIP_SHAPE, np.float32)
    up = np.arange(rows)
    for _ in range({"grass": 420, "crop": 300, "tuft": 150}[name]):
        height = rows * (rng.uniform(0.35, 1) ** 1.4 if name != "crop" else rng.uniform(0.72, 1))
        part = up / height
        bend = rng.normal(0, 7 if name != "crop" else 3) * part**2
        wide = 2.6 * (1 - part) + 0.5
        if name == "crop":
            wide = np.where(part > 0.68, 3.4 * np.sin(np.clip((part - 0.66) / 0.34, 0, 1) * np.pi) + 0.4, 1.0)
        light = (0.78 + 0.34 * part) * rng.uniform(0.86, 1.14)
        start = rng.integers(columns)
        for k in up[part < 1]:
            centre = start + bend[k]
            first, last = int(np.floor(centre - wide[k])), int(np.ceil(centre + wide[k]))
            place = np.arange(first, last + 1)
            column = place % columns
            cover = np.clip(wide[k] + 0.5 - np.abs(place - centre), 0, 1)
            side = 1 + 0.12 * np.clip((place - centre) / (wide[k] + 0.5), -1, 1)
            tone[k, column] += (light[k] * side - tone[k, column]) * cover
            opacity[k, column] = np.maximum(opacity[k, column], cover)
    return opacity, tone


def sample(name: str, u, v) -> np.ndarray:
    """The tile at (u, v), which broadcast; nearest texel."""
    texture = tile(name)
    column = (np.asarray(u, np.float32) * TILE_SIZE).astype(np.int32) & (TILE_SIZE - 1)
    row = (np.asarray(v, np.float32) * TILE_SIZE).astype(np.int32) & (TILE_SIZE - 1)
    return texture[row, column]


def crags(
    rng: np.random.Generator, x: np.ndarray, knots: int, roughness: float = 0.5, octaves: int = 6
) -> np.ndarray:
    """A jagged fractal line over x in 0 … 1, about −1 … 1."""
    return _line(rng, x, knots, roughness, octaves, smooth=False)


def swells(
    rng: np.random.Generator, x: np.ndarray, knots: int, roughness: float = 0.35, octaves: int = 3
) -> np.ndarray:
    """A rolling fractal line over x in 0 … 1, about −1 … 1."""
    return _line(rng, x, knots, roughness, octaves, smooth=True)


def _line(rng, x, knots, roughness, octaves, smooth):
    total, weight = np.zeros_like(x), 0.0
    for octave in range(octaves):
        count = knots * 2**octave
        heights = rng.uniform(-1, 1, count + 3)
        place = x * count + rng.uniform(0, 1)
        index = np.clip(place.astype(int), 0, count + 1)
        part = place - index
        if smooth:
            part = part * part * (3 - 2 * part)
        total += roughness**octave * (heights[index] * (1 - part) + heights[index + 1] * part)
        weight += roughness**octave
    return (total / weight * 1.5).astype(np.float32)


def smoothstep(low, high, value):
    part = np.clip((value - low) / (high - low), 0, 1)
    return part * part * (3 - 2 * part)
