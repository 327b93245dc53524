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
    strokes), `white`, and `dots` (round spots, 0 … 1).
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
        case "dots":
            return _dots()
    raise KeyError(name)


def _dots() -> np.ndarray:
    rng = np.random.default_rng(6)
    result = np.zeros((TILE_SIZE, TILE_SIZE), np.float32)
    offset = np.arange(-13, 14)
    for _ in range(5200):
        radius = rng.uniform(4, 11)
        y, x = rng.integers(0, TILE_SIZE, 2)
        spot = np.clip(radius - np.hypot(offset[:, None], offset[None]), 0, 2) / 2 * rng.uniform(0.6, 1)
        rows, columns = (y + offset) % TILE_SIZE, (x + offset) % TILE_SIZE
        block = result[np.ix_(rows, columns)]
        result[np.ix_(rows, columns)] = np.where(spot > 0, spot, block)
    return result


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
