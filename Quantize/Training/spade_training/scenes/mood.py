"""The mood of a scene: time of day, weather and season as colours and light. It knows no layout."""

from dataclasses import dataclass, fields

import numpy as np


def rgb(text: str) -> np.ndarray:
    return np.array([int(text[i : i + 2], 16) for i in (0, 2, 4)], np.float32) / 255


def mix(a, b, part):
    return a + (b - a) * part


# Times of day, in the order of a day that ends where it began. Colours: zenith, middle of the sky, horizon,
# direct light, ambient light, haze, lit side and shadow side of clouds, and the disc of sun or moon.
_TIMES = {
    "night": "0e173a 1f2f5c 3c5080 6478a4 36446c 2c3c62 56658c 1c2644 f4f3e2",
    "dawn": "5b6fa8 c79ab0 fbc9a0 ffc9a0 7a7a9e e6bfb2 ffd6bd 9c88a8 fff0c4",
    "morning": "4a8fd0 92c2e8 e4edd8 ffeccc 8ea4bc d2e0e4 fffaf0 b0bccf fff8d8",
    "noon": "2a74c8 66aae6 c6e4f6 fff7e6 92acc8 c2dbee ffffff b4c4d8 fffbe8",
    "golden": "5a88bc d9c79c ffd98a ffd08a 8c8698 f0d3a0 ffeabc b39c9c fff3b0",
    "sunset": "3f4a86 b8668a ff9a55 ff9f62 6c5e86 e8946e ffb27a 6e5078 ffe08a",
    "dusk": "1d2756 574a86 d67f86 a284a6 47466e 8a6c92 b57e9c 3a3560 f9ead2",
}
# Seasons: grass, second grass, broadleaf trees, their second colour, conifers, field, hill.
_SEASONS = {
    "spring": "7db843 a3cc4f 79b53c b9d35c 2f6b42 9cc24a 86b650",
    "summer": "5f9a35 86ab3d 3d7f30 699c38 2a5c38 dcb84e 669848",
    "autumn": "8f9146 b59d4e cf7a28 e0b33a 38603c b98a4a a89150",
    "winter": "b7bba6 d8dcd8 8c7d70 b9b4ac 4a6660 c5b99a bcc4c0",
}
_WEATHERS = ("clear", "fair", "hazy", "overcast", "storm")
_FLOWERS = ["e8489a", "f7d13e", "9a5be0", "f26a3d", "f5f2ea", "4f7de0", "e23b3b"]


@dataclass(frozen=True)
class Mood:
    zenith: np.ndarray
    middle: np.ndarray
    horizon: np.ndarray
    light: np.ndarray  # direct light, times its strength
    ambient: np.ndarray
    haze: np.ndarray
    cloud_lit: np.ndarray
    cloud_shadow: np.ndarray
    disc: np.ndarray
    grass: np.ndarray
    grass_second: np.ndarray
    leaves: np.ndarray
    leaves_second: np.ndarray
    conifer: np.ndarray
    field: np.ndarray
    hill: np.ndarray
    flower: np.ndarray
    flower_second: np.ndarray
    haze_density: float  # 0.4 clear … 2.5 misty
    night: float  # 0 by day … 1 at night: stars, lit windows
    glow: float  # strength of the light around the sun
    frost: float  # white on plants, 0 … 0.6
    side: float  # where light comes from if no sun is in the picture: −1 left, 1 right

    @staticmethod
    def from_seed(seed: int) -> "Mood":
        rng = np.random.default_rng([seed, 101])
        names = list(_TIMES)
        # Between two neighbouring times, more often by day than at night.
        start = rng.choice(len(names), p=[0.09, 0.13, 0.17, 0.2, 0.15, 0.15, 0.11])
        part = rng.uniform(0, 1) ** 1.3
        a, b = ([rgb(c) for c in _TIMES[names[(start + k) % len(names)]].split()] for k in (0, 1))
        zenith, middle, horizon, light, ambient, haze, cloud_lit, cloud_shadow, disc = (
            mix(p, q, part * 0.6) for p, q in zip(a, b)
        )
        night = {0: 1 - 0.6 * part, 6: 0.6 * part}.get(int(start), 0.0)
        warmth = rng.normal(0, 0.035, 3).astype(np.float32)
        middle, horizon = middle + warmth, horizon + warmth * 0.8

        weather = rng.choice(_WEATHERS, p=[0.38, 0.28, 0.16, 0.11, 0.07])
        grayness = {"clear": 0.0, "fair": 0.06, "hazy": 0.2, "overcast": 0.42, "storm": 0.45}[weather]
        dimming = {"clear": 1.0, "fair": 1.0, "hazy": 0.95, "overcast": 0.94, "storm": 0.76}[weather]
        density = {"clear": 0.55, "fair": 0.8, "hazy": 2.0, "overcast": 1.3, "storm": 1.1}[weather]

        def weathered(colour):
            gray = colour.mean() * np.array([0.97, 1.0, 1.05], np.float32)
            return np.clip(mix(colour, gray, grayness) * dimming, 0, 1)

        season = rng.choice(list(_SEASONS), p=[0.26, 0.34, 0.24, 0.16])
        greens = [rgb(c) for c in _SEASONS[season].split()]
        tint = 1 + rng.normal(0, 0.07, 3).astype(np.float32)
        greens = [np.clip(g * tint, 0, 1) for g in greens]
        flowers = [rgb(_FLOWERS[k]) for k in rng.choice(len(_FLOWERS), 2, replace=False)]
        strength = (0.95 - 0.55 * grayness) * (1 - 0.45 * night)
        return Mood(
            *(weathered(c) for c in (zenith, middle, horizon)),
            weathered(light) * np.float32(strength),
            np.clip(mix(weathered(ambient), weathered(middle), 0.25) * (0.78 + 0.3 * grayness), 0, 1),
            *(weathered(c) for c in (haze, cloud_lit, cloud_shadow)),
            disc,
            *greens,
            *flowers,
            haze_density=float(density * rng.uniform(0.75, 1.3)),
            night=float(night),
            glow=float((1 - 0.8 * grayness) * rng.uniform(0.6, 1.1)),
            frost=float(rng.uniform(0.25, 0.55)) if season == "winter" else 0.0,
            side=float(rng.choice([-1.0, 1.0])),
        )

    def vector(self) -> np.ndarray:
        """All of the mood as numbers, shape [59], float32."""
        return np.concatenate([np.ravel(getattr(self, field.name)) for field in fields(self)]).astype(
            np.float32
        )

    @staticmethod
    def from_vector(values: np.ndarray) -> "Mood":
        """The mood with these numbers, as `vector` orders them, each brought to where moods make sense."""
        colours = np.clip(values[:-5], 0, 1).astype(np.float32).reshape(-1, 3)
        density, night, glow, frost, side = (float(v) for v in values[-5:])
        return Mood(
            *colours,
            haze_density=min(max(density, 0.4), 2.6),
            night=min(max(night, 0.0), 1.0),
            glow=min(max(glow, 0.0), 1.1),
            frost=min(max(frost, 0.0), 0.55),
            side=1.0 if side > 0 else -1.0,
        )

    def lit(self, albedo: np.ndarray, shade) -> np.ndarray:
        """Colour of a surface: `albedo` [..., 3] or [3], `shade` 0 (shadow) … 1 (facing the light), [...]."""
        return albedo * (self.ambient * 0.95 + self.light * (np.asarray(shade)[..., None] * 1.12))

    def hazed(self, colour: np.ndarray, distance) -> np.ndarray:
        """Colour seen through `distance` 0 … 1 of air."""
        part = 1 - np.exp(-np.asarray(distance) * self.haze_density * 1.6)
        return mix(colour, self.haze, np.asarray(part)[..., None])
