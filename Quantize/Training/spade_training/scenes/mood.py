"""The mood of a scene: time of day, weather and season as colours and light. It knows no layout."""

from dataclasses import dataclass, fields

import numpy as np


def rgb(text: str) -> np.ndarray:
    return np.array([int(text[i : i + 2], 16) for i in (0, 2, 4)], np.float32) / 255


def mix(a, b, part):
    return a + (b - a) * part


_LUMA = np.array([0.3, 0.59, 0.11], np.float32)
_MOONLIT = np.array([0.78, 0.95, 1.35], np.float32)

# Times of day, in the order of a day that ends where it began. Colours: zenith, middle of the sky, horizon,
# direct light, ambient light, haze, lit side and shadow side of clouds, and the disc of sun or moon.
_TIMES = {
    "night": "0d1739 1a2a57 344879 7288b8 3c4c78 2c3e68 56688f 1e2a4c e9ecf2",
    "dawn": "5b6fa8 c79ab0 fbc9a0 ffc9a0 7a7a9e e6bfb2 ffd6bd 9c88a8 fff0c4",
    "morning": "4a8fd0 92c2e8 e4edd8 ffeccc 8ea4bc d2e0e4 fffaf0 b0bccf fff8d8",
    "noon": "2a70c0 62a2de bedcf2 fff7e6 8fa8c6 bcd6ea ffffff aebfd2 fffbe8",
    "golden": "5a88bc d9c79c ffd98a ffd08a 8c8698 f0d3a0 ffeabc b39c9c fff3b0",
    "sunset": "3f4a86 b8668a ff9a55 ff9f62 6c5e86 e8946e ffb27a 6e5078 ffe08a",
    "dusk": "1d2756 574a86 d67f86 a284a6 47466e 8a6c92 b57e9c 3a3560 f9ead2",
}
# Seasons: grass, second grass, broadleaf trees, their second colour, conifers, field, hill.
_SEASONS = {
    "spring": "6b9445 93aa5c 678c43 9bad60 33593f 8fa652 789a57",
    "summer": "597c3d 7f954d 44692f 688940 2d4e37 cbac58 64824d",
    "autumn": "87883f ab9450 b9692a d9a23c 3a5a3c b0884c 9a8548",
    "winter": "b3b09c d2d5d2 85766a aea79b 44605a bdb095 b6bcba",
}
# How gray a weather makes the light, how dim, and how dense the air.
_WEATHERS = {
    "clear": (0.0, 1.0, 0.5),
    "fair": (0.06, 1.0, 0.75),
    "hazy": (0.18, 0.96, 1.8),
    "overcast": (0.45, 0.92, 1.1),
    "storm": (0.5, 0.7, 1.0),
    "fog": (0.5, 0.98, 3.4),
}
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
    haze_density: float  # 0.4 clear … 4 foggy
    night: float  # 0 by day … 1 at night: stars, lit windows
    glow: float  # strength of the light around the sun
    frost: float  # snow on plants and things, 0 … 0.6
    contrast: float  # 0 under clouds, where nothing casts a shadow … 1 in the sun
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

        weather = str(rng.choice(list(_WEATHERS), p=[0.38, 0.27, 0.13, 0.1, 0.07, 0.05]))
        grayness, dimming, density = _WEATHERS[weather]

        def weathered(colour):
            gray = colour.mean() * np.array([0.97, 1.0, 1.05], np.float32)
            return np.clip(mix(colour, gray, grayness) * dimming, 0, 1)

        season = rng.choice(list(_SEASONS), p=[0.26, 0.34, 0.24, 0.16])
        greens = [rgb(c) for c in _SEASONS[season].split()]
        tint = 1 + rng.normal(0, 0.06, 3).astype(np.float32)
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
            contrast=float(np.clip(1 - 1.7 * grayness, 0.1, 1) * (1 - 0.5 * night)),
            side=float(rng.choice([-1.0, 1.0])),
        )

    def vector(self) -> np.ndarray:
        """All of the mood as numbers, shape [60], float32."""
        return np.concatenate([np.ravel(getattr(self, field.name)) for field in fields(self)]).astype(
            np.float32
        )

    @staticmethod
    def from_vector(values: np.ndarray) -> "Mood":
        """The mood with these numbers, as `vector` orders them, each brought to where moods make sense."""
        colours = np.clip(values[:-6], 0, 1).astype(np.float32).reshape(-1, 3)
        density, night, glow, frost, contrast, side = (float(v) for v in values[-6:])
        return Mood(
            *colours,
            haze_density=min(max(density, 0.4), 4.0),
            night=min(max(night, 0.0), 1.0),
            glow=min(max(glow, 0.0), 1.1),
            frost=min(max(frost, 0.0), 0.55),
            contrast=min(max(contrast, 0.1), 1.0),
            side=1.0 if side > 0 else -1.0,
        )

    def lit(self, albedo: np.ndarray, shade) -> np.ndarray:
        """Colour of a surface: `albedo` [..., 3] or [3], `shade` 0 (shadow) … 1 (facing the light), [...]."""
        shade = np.asarray(shade)
        # Under clouds light comes from everywhere: sides differ less.
        shade = 0.55 + (shade - 0.55) * (0.45 + 0.55 * self.contrast)
        colour = albedo * (self.ambient * 0.95 + self.light * (shade[..., None] * 1.12))
        if self.night > 0.05:
            # By moonlight eyes see little colour.
            gray = (colour @ _LUMA)[..., None] * _MOONLIT
            colour = mix(colour, gray, 0.55 * self.night)
        return colour

    def hazed(self, colour: np.ndarray, distance) -> np.ndarray:
        """Colour seen through `distance` 0 … 1 of air."""
        part = 1 - np.exp(-np.asarray(distance) * self.haze_density * 1.6)
        return mix(colour, self.haze, np.asarray(part)[..., None])
