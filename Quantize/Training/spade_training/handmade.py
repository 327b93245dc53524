"""Twelve drawings made by hand, as a child or someone in a hurry draws; no training sees them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from .drawings import write_map
from .scenes.classes import SceneClass as C

SIZE = 256


class _Paper:
    """Draws on a map of 256 × 256; coordinates are pixels."""

    def __init__(self):
        self.image = Image.new("L", (SIZE, SIZE), int(C.SKY))
        self.draw = ImageDraw.Draw(self.image)

    def band(self, top: int, bottom: int, label: C):
        self.draw.rectangle((0, top, SIZE, bottom), fill=int(label))

    def shape(self, label: C, *corners: tuple[float, float]):
        self.draw.polygon(corners, fill=int(label))

    def ball(self, label: C, x: float, y: float, reach: float, high: float | None = None):
        high = reach if high is None else high
        self.draw.ellipse((x - reach, y - high, x + reach, y + high), fill=int(label))

    def stroke(self, label: C, width: int, *points: tuple[float, float]):
        self.draw.line(points, fill=int(label), width=width, joint="curve")

    def cloud(self, x: float, y: float, reach: float):
        for dx, up, size in ((-0.7, 0, 0.5), (0, -0.25, 0.65), (0.7, 0, 0.5)):
            self.ball(C.CLOUDS, x + dx * reach, y + up * reach, size * reach, size * reach * 0.8)

    def lollipop(self, x: float, foot: float, tall: float):
        self.draw.rectangle((x - tall / 14, foot - tall * 0.5, x + tall / 14, foot), fill=int(C.TREES))
        self.ball(C.TREES, x, foot - tall * 0.68, tall * 0.32)

    def fir(self, x: float, foot: float, tall: float):
        self.draw.rectangle((x - tall / 20, foot - tall * 0.3, x + tall / 20, foot), fill=int(C.TREES))
        self.shape(
            C.TREES,
            (x, foot - tall),
            (x - tall * 0.28, foot - tall * 0.15),
            (x + tall * 0.28, foot - tall * 0.15),
        )

    def house(self, x: float, foot: float, wide: float):
        half, tall = wide / 2, wide * 0.65
        self.draw.rectangle((x - half, foot - tall, x + half, foot), fill=int(C.BUILDING))
        self.shape(
            C.BUILDING,
            (x - half * 1.15, foot - tall),
            (x, foot - tall * 1.75),
            (x + half * 1.15, foot - tall),
        )


def _home(p: _Paper):
    p.band(150, SIZE, C.GRASS)
    p.ball(C.SUN, 40, 40, 34)
    p.cloud(150, 45, 34)
    p.house(110, 205, 80)
    p.lollipop(205, 210, 120)


def _moonlight(p: _Paper):
    p.ball(C.SUN, 190, 55, 30)
    p.ball(C.HILL, 70, 220, 150, 80)
    p.ball(C.HILL, 220, 235, 130, 70)
    p.band(205, SIZE, C.GRASS)
    for x, foot, tall in ((40, 215, 90), (85, 225, 70), (225, 220, 100)):
        p.fir(x, foot, tall)


def _wood(p: _Paper):
    p.band(140, SIZE, C.GRASS)
    p.band(95, 160, C.TREES)
    p.cloud(70, 40, 30)
    p.stroke(C.ROAD, 34, (128, SIZE), (140, 200), (120, 165))


def _peaks(p: _Paper):
    for x, top, half in ((60, 50, 75), (200, 65, 80), (130, 25, 85)):
        p.shape(C.MOUNTAIN, (x, top), (x - half, 150), (x + half, 150))
        p.shape(C.SNOW, (x, top), (x - half * 0.3, top + 32), (x, top + 24), (x + half * 0.3, top + 32))
    p.band(148, SIZE, C.GRASS)
    p.ball(C.WATER, 135, 200, 95, 32)


def _island(p: _Paper):
    p.band(110, SIZE, C.WATER)
    p.ball(C.SAND, 130, 185, 85, 28)
    p.lollipop(120, 175, 95)
    p.ball(C.BUSH, 165, 172, 18, 12)
    p.ball(C.SUN, 215, 45, 22)


def _highway(p: _Paper):
    p.band(120, SIZE, C.FIELD)
    p.ball(C.HILL, 60, 130, 90, 30)
    p.band(122, SIZE, C.FIELD)
    p.shape(C.ROAD, (124, 122), (132, 122), (215, SIZE), (40, SIZE))
    p.lollipop(35, 200, 90)
    p.lollipop(228, 180, 60)


def _flowers(p: _Paper):
    p.band(110, SIZE, C.GRASS)
    p.ball(C.SUN, 128, 50, 40)
    for x, y, r in (
        (40, 190, 34),
        (110, 225, 40),
        (190, 185, 36),
        (235, 235, 32),
        (90, 145, 18),
        (160, 140, 15),
    ):
        p.ball(C.FLOWERS, x, y, r, r * 0.6)


def _winter(p: _Paper):
    p.shape(C.MOUNTAIN, (0, 150), (70, 60), (150, 150))
    p.band(140, SIZE, C.SNOW)
    p.house(150, 200, 60)
    for x, foot, tall in ((30, 220, 110), (220, 210, 120), (75, 180, 60)):
        p.fir(x, foot, tall)


def _brook(p: _Paper):
    p.band(115, SIZE, C.GRASS)
    p.ball(C.HILL, 190, 125, 120, 40)
    p.band(122, SIZE, C.GRASS)
    p.stroke(C.WATER, 26, (130, 122), (165, 145), (95, 180), (170, 225), (150, SIZE + 20))
    p.ball(C.ROCK, 60, 220, 26, 18)
    p.ball(C.BUSH, 225, 190, 24, 18)


def _village(p: _Paper):
    p.cloud(60, 45, 26)
    p.cloud(190, 60, 30)
    p.ball(C.HILL, 128, 190, 190, 70)
    p.band(185, SIZE, C.GRASS)
    for x, foot, wide in ((45, 195, 46), (105, 205, 54), (165, 195, 44), (222, 208, 50)):
        p.house(x, foot, wide)
    p.shape(C.ROAD, (0, 225), (SIZE, 232), (SIZE, SIZE), (0, 248))


def _evening(p: _Paper):
    p.ball(C.SUN, 128, 118, 42)
    p.band(118, 190, C.WATER)
    p.band(185, SIZE, C.SAND)
    p.ball(C.ROCK, 45, 195, 36, 22)


def _rocks(p: _Paper):
    p.band(60, SIZE, C.MOUNTAIN)
    p.shape(C.SKY, (0, 0), (SIZE, 0), (SIZE, 90), (180, 50), (110, 105), (50, 60), (0, 120))
    p.band(160, SIZE, C.GRASS)
    for x, y, r in ((50, 190, 34), (130, 215, 46), (215, 185, 28)):
        p.ball(C.ROCK, x, y, r, r * 0.7)
    p.ball(C.BUSH, 180, 235, 30, 18)


DRAWINGS: dict[str, Callable[[_Paper], None]] = {
    "home": _home,
    "moonlight": _moonlight,
    "wood": _wood,
    "peaks": _peaks,
    "island": _island,
    "highway": _highway,
    "flowers": _flowers,
    "winter": _winter,
    "brook": _brook,
    "village": _village,
    "evening": _evening,
    "rocks": _rocks,
}


def drawing(name: str) -> np.ndarray:
    """One of DRAWINGS as ids, uint8 [SIZE, SIZE]."""
    paper = _Paper()
    DRAWINGS[name](paper)
    return np.array(paper.image)


def write(folder: Path):
    """All of them as palette maps."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in DRAWINGS:
        write_map(folder / f"{name}.png", drawing(name))
