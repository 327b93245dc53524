"""What stands on the plane: trees, woods, bushes, rocks and houses, from far to near."""

from dataclasses import dataclass

import numpy as np

from .canvas import Canvas
from .houses import paint_house
from .plants import PAINTERS, paint_bush, paint_shadow
from .rocks import paint_rock
from .woods import paint_wood_edge

# Chance of each kind of thing by kind of ground.
_CHANCES = {
    "meadow": {"tree": 0.58, "bush": 0.18, "rock": 0.12, "house": 0.12},
    "lake": {"tree": 0.56, "bush": 0.17, "rock": 0.19, "house": 0.08},
    "river": {"tree": 0.56, "bush": 0.18, "rock": 0.18, "house": 0.08},
    "sea": {"tree": 0.24, "bush": 0.2, "rock": 0.46, "house": 0.1},
    "field": {"tree": 0.56, "bush": 0.18, "rock": 0.06, "house": 0.2},
    "snow": {"tree": 0.62, "bush": 0.06, "rock": 0.2, "house": 0.12},
}


@dataclass
class _Thing:
    base: float  # y of its foot
    near: float  # 0 at the horizon … 1 at the picture's lower edge
    x: float
    kind: str
    seed: int


class Things:
    """Drawn from the layout alone; those whose foot is in water are left out."""

    def __init__(self, canvas: Canvas, rng: np.random.Generator, horizon: float, kind: str):
        self.canvas, self.horizon, self.ground_kind = canvas, horizon, kind
        self.tree_kind = str(
            rng.choice(["broadleaf", "conifer", "poplar", "both"], p=[0.42, 0.32, 0.06, 0.2])
        )
        if kind == "snow":
            self.tree_kind = "conifer"
        chances = _CHANCES[kind]
        self.things: list[_Thing] = []
        houses = 0
        for _ in range(int(rng.choice([rng.integers(2, 7), rng.integers(5, 24)]))):
            near, x = float(rng.uniform(0.02, 1) ** 1.6), float(rng.uniform(-0.05, 1.05))
            # The nearer, the more to the sides: the middle stays open, most of the time.
            if near > 0.35 and rng.random() < 0.85:
                x = 0.5 + (0.2 + 0.36 * rng.random()) * (1 if x > 0.5 else -1)
            what = str(rng.choice(list(chances), p=list(chances.values())))
            seed = int(rng.integers(1 << 31))
            if what == "house" and (near > 0.62 or houses == 3):
                continue
            houses += what == "house"
            self._add(near, x, what, seed)
        if kind not in ("sea",) and rng.random() < 0.4:
            near = float(rng.uniform(0.02, 0.25))
            self._add(near, float(rng.uniform(-0.2, 1.2)), "wood", int(rng.integers(1 << 31)))
        self.things.sort(key=lambda thing: (thing.base, thing.seed))

    def _add(self, near: float, x: float, kind: str, seed: int):
        base = self.horizon + 0.02 + near * (0.96 - self.horizon)
        self.things.append(_Thing(base, near, x, kind, seed))

    def _at(self, thing: _Thing) -> tuple[int, int]:
        count = self.canvas.count
        return min(count - 1, int(thing.base * count)), int(np.clip(thing.x, 0, 0.999) * count)

    def paint_behind(self, first_water: np.ndarray, wet: np.ndarray, first: int):
        """Paints, and takes out, what stands above its column's first water."""
        rest = []
        for thing in self.things:
            row, column = self._at(thing)
            if wet[:, column].max() > 0.5 and row < first_water[column]:
                self._paint(thing)
            else:
                rest.append(thing)
        self.things = rest

    def paint_rest(self, wet: np.ndarray | None, first: int):
        for thing in self.things:
            row, column = self._at(thing)
            if wet is None or wet[row - first, column] <= 0.1:
                self._paint(thing)

    def _paint(self, thing: _Thing):
        canvas, own = self.canvas, np.random.default_rng(thing.seed)
        size, distance = 0.05 + 0.42 * thing.near, (1 - thing.near) ** 2 * 0.22
        x, base = thing.x, thing.base
        match thing.kind:
            case "tree":
                height = size * own.uniform(0.75, 1.45) + 0.03
                pick = self.tree_kind
                if pick == "both":
                    pick = str(own.choice(["broadleaf", "conifer"]))
                paint_shadow(canvas, x, base, height * (0.2 if pick != "broadleaf" else 0.27))
                PAINTERS[pick](canvas, own, x, base, height, distance)
            case "bush":
                width = size * own.uniform(0.25, 0.5) + 0.012
                paint_shadow(canvas, x, base, width * 0.5)
                paint_bush(canvas, own, x, base, width, distance)
            case "rock":
                for _ in range(int(own.integers(1, 5))):
                    width = size * own.uniform(0.15, 0.6) + 0.012
                    offset = x + own.normal(0, 0.25) * size * 0.7
                    paint_shadow(canvas, offset, base, width * 0.45)
                    paint_rock(canvas, own, offset, base, width, distance)
            case "house":
                width = size * own.uniform(0.45, 0.75) + 0.035
                paint_shadow(canvas, x, base, width * 0.75, 0.45)
                paint_house(canvas, own, x, base, width, distance)
            case "wood":
                half = own.uniform(0.12, 0.45)
                height = size * own.uniform(0.9, 1.6) + 0.04
                paint_shadow(canvas, x, base, half * 0.8, 0.4)
                paint_wood_edge(canvas, own, x - half, x + half, base, height, distance, self.tree_kind)
