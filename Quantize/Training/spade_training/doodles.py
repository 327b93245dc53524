"""Label maps as people draw them: simplified from a scene's exact map, with things about where they are.

Land is smoothed and bent, mountains become triangles, trees lollipops, houses blocks; suns grow, small things go.
The picture stays what a network should paint under such a map, so that detail is the network's work.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .regions import Region, regions
from .scenes.classes import SceneClass as C
from .scenes.noise import sample

_OBJECTS = (C.SUN, C.CLOUDS, C.TREES, C.BUSH, C.ROCK, C.BUILDING)
_STANDING = (C.TREES, C.BUSH, C.ROCK, C.BUILDING)
_SKY = (C.SKY, C.SUN, C.CLOUDS)
# What may be drawn as something simpler, and how often.
_MERGED = (
    (C.BUSH, C.TREES, 0.12),
    (C.FLOWERS, C.GRASS, 0.05),
    (C.HILL, C.GRASS, 0.06),
    (C.SNOW, C.MOUNTAIN, 0.06),
)


def doodle(labels: np.ndarray, seed: int) -> np.ndarray:
    """A drawing of `labels`, uint8 [S, S]; the same for the same seed."""
    rng = np.random.default_rng([seed, 909])
    labels = labels.copy()
    for drawn, instead, chance in _MERGED:
        if rng.random() < chance:
            labels[labels == drawn] = instead
    # One in four is only a clumsy tracing; the others are drawn from simple shapes.
    if rng.random() < 0.25:
        result = _smoothed(labels, np.zeros(labels.shape, bool), rng.uniform(0.006, 0.02))
        return _bent(result, rng, rng.uniform(0.3, 1.2))
    return _bent(_Drawing(labels, rng).made(), rng, rng.uniform(0, 1) ** 2 * 1.2)


class _Drawing:
    """A map in the making. Lengths are in pixels of a map with sides of `size`."""

    def __init__(self, labels: np.ndarray, rng: np.random.Generator):
        self.labels, self.rng, self.size = labels, rng, labels.shape[0]
        self.childish = float(rng.random())
        self.least = self.size**2 * rng.uniform(0.0002, 0.0015) * (0.4 + self.childish)

    def made(self) -> np.ndarray:
        rng, labels = self.rng, self.labels
        streaky = (labels == C.CLOUDS).mean() > 0.12 and rng.random() < 0.6
        gone = np.isin(labels, [c for c in _OBJECTS if not (c == C.CLOUDS and streaky)])
        under = np.where(gone & np.isin(labels, _SKY), C.SKY, labels)
        base = _smoothed(
            under, gone & ~np.isin(labels, _SKY), rng.uniform(0.008, 0.02 + 0.03 * self.childish)
        )
        self.image = Image.fromarray(base)
        self.draw = ImageDraw.Draw(self.image)
        if rng.random() < 0.35 + 0.6 * self.childish:
            self._mountains()
        land = ~np.isin(np.asarray(self.image), _SKY)
        before = np.array(self.image)
        self._sky(streaky)
        result = np.where(land, before, np.asarray(self.image)).astype(np.uint8)
        self.image = Image.fromarray(result)
        self.draw = ImageDraw.Draw(self.image)
        if rng.random() < 0.6:
            self._roads()
        standing = [(r, c) for c in _STANDING for r in regions(labels == c)]
        for region, label in sorted(standing, key=lambda pair: pair[0].box[3]):
            if region.area < self.least and (rng.random() < 0.7 or region.area < 6):
                continue
            self._stand(region, label)
        return np.array(self.image)

    def _near(self, box: tuple[int, int, int, int], grow: float = 1.0) -> tuple[float, float, float, float]:
        """The box moved and scaled a little, as an unsure hand would."""
        left, top, right, bottom = box
        rng = self.rng
        wide, tall = (
            (right - left) * grow * rng.uniform(0.85, 1.25),
            (bottom - top) * grow * rng.uniform(0.88, 1.2),
        )
        jitter = 0.012 * self.size * (0.3 + self.childish)
        x, y = (left + right) / 2 + rng.normal(0, jitter), (top + bottom) / 2 + rng.normal(0, jitter * 0.6)
        return x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2

    def _sky(self, streaky: bool):
        rng = self.rng
        discs = regions(self.labels == C.SUN)
        clouds = [] if streaky else regions(self.labels == C.CLOUDS)
        for region in clouds:
            if region.area > max(self.least, 25):
                self._cloud(region)
        if discs:
            left, top, right, bottom = discs[0].box
            radius = max(right - left, bottom - top) / 2 * (1 + rng.uniform(0, 0.6) * self.childish**0.7)
            x, y = (left + right) / 2, top + max(right - left, bottom - top) / 2
            self.draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=int(C.SUN))

    def _cloud(self, region: Region):
        rng = self.rng
        box = self._near(region.box)
        left, top, right, bottom = box
        full = region.area / max(1.0, (right - left) * (bottom - top))
        if region.area > 0.05 * self.size**2 or full < 0.3:
            # Large and ragged: a few strokes of a broad brush where it is densest.
            for row in np.linspace(region.box[1], region.box[3], 6)[1:-1]:
                nearest = region.runs[np.argsort(np.abs(region.runs[:, 0] - row))[:8]]
                _, first, last = nearest[np.argmax(nearest[:, 2] - nearest[:, 1])]
                high = (bottom - top) / 7
                self.draw.ellipse((first, row - high, last, row + high), fill=int(C.CLOUDS))
            return
        if rng.random() < 0.4:
            self.draw.ellipse(box, fill=int(C.CLOUDS))
            return
        tall = bottom - top
        for k in range(int(rng.integers(3, 6))):
            x = left + (right - left) * (k + 0.5) / 4 + rng.normal(0, 0.06) * (right - left)
            reach = tall * rng.uniform(0.3, 0.5)
            y = bottom - reach - tall * rng.uniform(0, 0.25)
            self.draw.ellipse((x - reach * 1.4, y - reach, x + reach * 1.4, y + reach), fill=int(C.CLOUDS))

    def _mountains(self):
        """Redraws the ranges as polygons with few corners, and their snow as caps."""
        labels, rng = self.labels, self.rng
        snowy = labels == C.SNOW
        range_ = (labels == C.MOUNTAIN) | _above(snowy, labels == C.MOUNTAIN)
        share = float(snowy[range_].mean()) if range_.any() else 0.0
        # Of the map without trees and clouds, so that what they hide is drawn too.
        drawn = np.array(self.image)
        ridge = (drawn == C.MOUNTAIN) | _above(drawn == C.SNOW, drawn == C.MOUNTAIN)
        land = ~np.isin(drawn, _SKY) & ~ridge
        drawn[ridge] = C.SKY
        level, along = rng.random() < 0.5, rng.uniform(0.4, 0.8)
        for region in regions(ridge)[:5]:
            if region.area < max(self.least, 0.002 * self.size**2):
                continue
            columns, tops = region.tops()
            corners = _simplified(columns, tops, self.size * rng.uniform(0.012, 0.03 + 0.05 * self.childish))
            bottom = region.box[3]
            canvas = Image.new("L", self.image.size, 0)
            ImageDraw.Draw(canvas).polygon([(columns[0], bottom), *corners, (columns[-1], bottom)], fill=1)
            inside = np.asarray(canvas).astype(bool) & ~land
            drawn[inside] = C.MOUNTAIN
            if share > 0.15:
                # Snow down to a level, or as deep everywhere.
                high = bottom - tops.min()
                line = np.full(self.size, tops.min() + high * share * along)
                if not level:
                    line = np.interp(np.arange(self.size), *zip(*corners)) + high * share * along
                drawn[inside & (np.arange(self.size)[:, None] < line)] = C.SNOW
        self.image = Image.fromarray(drawn)
        self.draw = ImageDraw.Draw(self.image)

    def _roads(self):
        for region in regions(self.labels == C.ROAD)[:1]:
            rows, first, last = region.edges()
            if len(rows) < 12:
                continue
            knots = np.unique(np.linspace(0, len(rows) - 1, int(self.rng.integers(3, 6))).astype(int))
            middle, half = (first + last) / 2, np.maximum((last - first) / 2, 2)
            half = half * self.rng.uniform(0.8, 1.4)
            left = [(middle[k] - half[k], rows[k]) for k in knots]
            right = [(middle[k] + half[k], rows[k]) for k in knots[::-1]]
            self.draw.polygon(left + right, fill=int(C.ROAD))

    def _stand(self, region: Region, label: C):
        left, top, right, bottom = region.box
        wide, tall = right - left, bottom - top
        large = region.area > 0.07 * self.size**2
        if label != C.BUILDING and self.rng.random() < (0.8 if large else 0.12):
            self._blob(region, label)
        elif label == C.TREES:
            if wide > max(1.7 * tall, 0.22 * self.size):
                self._wood(region)
            else:
                self._tree(region)
        elif label == C.BUILDING:
            self._house(region)
        elif self.rng.random() < 0.65:
            self.draw.ellipse(self._near(region.box), fill=int(label))
        else:
            x0, y0, x1, y1 = self._near(region.box)
            angles = np.sort(self.rng.uniform(0, 2 * np.pi, int(self.rng.integers(5, 8))))
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            corners = [(x + np.cos(a) * (x1 - x), y + np.sin(a) * (y1 - y)) for a in angles]
            self.draw.polygon(corners, fill=int(label))

    def _blob(self, region: Region, label: C):
        """The region itself with its corners rounded off."""
        mask = np.zeros((self.size, self.size), np.uint8)
        for row, first, last in region.runs:
            mask[row, first:last] = 255
        radius = self.size * self.rng.uniform(0.006, 0.02)
        soft = Image.fromarray(mask).filter(ImageFilter.GaussianBlur(radius))
        self.image.paste(int(label), mask=soft.point(lambda value: 255 * (value > 110)))

    def _tree(self, region: Region):
        rng, draw, fill = self.rng, self.draw, int(C.TREES)
        left, top, right, bottom = self._near(region.box)
        wide, tall, x = right - left, bottom - top, (left + right) / 2
        pointed = region.width_between(0, 0.25) < 0.5 * region.width_between(0.5, 0.9)
        if rng.random() < 0.15:
            pointed = not pointed
        if rng.random() < 0.15:
            draw.ellipse((left, top, right, bottom), fill=fill)
            return
        share = rng.uniform(0.6, 0.85)
        trunk = max(1.0, wide * rng.uniform(0.05, 0.13))
        draw.rectangle((x - trunk, top + tall * 0.5, x + trunk, bottom), fill=fill)
        if pointed:
            layers = int(rng.choice([1, 1, 3]))
            for k in range(layers):
                low = top + tall * (0.9 if layers == 1 else 0.42 + 0.24 * k)
                reach = wide / 2 * (1 if layers == 1 else 0.55 + 0.225 * k)
                draw.polygon([(x, top + tall * 0.2 * k), (x - reach, low), (x + reach, low)], fill=fill)
        else:
            draw.ellipse((left, top, right, top + tall * share), fill=fill)

    def _wood(self, region: Region):
        """A band with a simple upper line, or crown after crown."""
        rng, fill = self.rng, int(C.TREES)
        columns, tops = region.tops()
        left, top, right, bottom = region.box
        rows, first, last = region.edges()
        smooth = np.convolve(np.pad(tops, 6, mode="edge"), np.ones(13) / 13, "valid")
        lows = np.array([max(t + 2, 0) for t in smooth])
        for row, a, b in region.runs:
            part = lows[a - left : b - left]
            np.maximum(part, row, out=part)
        if rng.random() < 0.5:
            keep = _simplified(columns, smooth, self.size * rng.uniform(0.01, 0.04))
            under = _simplified(columns, lows, self.size * 0.03)[::-1]
            self.draw.polygon([*keep, *under], fill=fill)
            return
        step = max(4, int(np.median(lows - smooth) * rng.uniform(0.6, 1.1)))
        for column in range(0, right - left, max(3, step * 2 // 3)):
            y0, y1 = smooth[column], lows[column]
            middle, reach = columns[column], step * rng.uniform(0.45, 0.75)
            self.draw.ellipse((middle - reach, y0, middle + reach, y1 + 1), fill=fill)

    def _house(self, region: Region):
        rng, fill = self.rng, int(C.BUILDING)
        left, top, right, bottom = self._near(region.box)
        tall, kind = bottom - top, rng.random()
        roof = top + tall * rng.uniform(0.3, 0.5)
        if kind < 0.25:
            self.draw.rectangle((left, top, right, bottom), fill=fill)
            return
        inset = (right - left) * rng.uniform(0, 0.12)
        self.draw.rectangle((left + inset, roof, right - inset, bottom), fill=fill)
        ridge = (right - left) * (0.5 if kind < 0.7 else rng.uniform(0.15, 0.3))
        self.draw.polygon([(left, roof), (left + ridge, top), (right - ridge, top), (right, roof)], fill=fill)


def _above(mask: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Where, in its column, some of `other` lies below: snow on mountains rather than on the ground."""
    below = np.flip(np.maximum.accumulate(np.flip(other, 0), 0), 0)
    return mask & below


def _smoothed(labels: np.ndarray, gone: np.ndarray, blur: float) -> np.ndarray:
    """Every pixel's most frequent label around it, `blur` of the side away; what is `gone` is filled in."""
    size = labels.shape[0]
    here = np.unique(labels[~gone]) if (~gone).any() else np.array([int(C.GRASS)])
    side = size // 2
    scores = (labels[None] == here[:, None, None]) & ~gone
    level = scores.reshape(len(here), side, 2, side, 2).mean((2, 4), dtype=np.float32)
    levels = [level]
    while levels[-1].shape[1] > 4 and levels[-1].shape[1] % 2 == 0:
        n = levels[-1].shape[1] // 2
        levels.append(levels[-1].reshape(len(here), n, 2, n, 2).mean((2, 4)))
    filled = levels[-1] + 1e-6
    for level in reversed(levels[:-1]):
        larger = filled.repeat(2, 1).repeat(2, 2)
        known = level.sum(0)
        filled = level + larger / larger.sum(0) * np.clip(1 - known, 0, 1)
    radius = max(1, round(blur * side))
    for _ in range(2):
        filled = _box(_box(filled, radius, 1), radius, 2)
    grown = [
        np.asarray(Image.fromarray(plane).resize((size, size), Image.Resampling.BILINEAR)) for plane in filled
    ]
    return here[np.argmax(grown, 0)].astype(np.uint8)


def _box(planes: np.ndarray, radius: int, axis: int) -> np.ndarray:
    pad = [(0, 0)] * 3
    pad[axis] = (radius + 1, radius)
    total = np.pad(planes, pad, mode="edge").cumsum(axis, dtype=np.float32)
    count = planes.shape[axis]
    high, low = (np.take(total, np.arange(k, k + count), axis) for k in (2 * radius + 1, 0))
    return (high - low) / (2 * radius + 1)


def _bent(labels: np.ndarray, rng: np.random.Generator, amount: float) -> np.ndarray:
    """Lines that waver: every pixel looks a little aside, `amount` percent of the side."""
    size = labels.shape[0]
    place = ((np.arange(size) + 0.5) / size).astype(np.float32)
    reach, scale = amount * 0.01 * size * 0.6, rng.uniform(0.15, 0.4)
    u, v = place[None] * scale + rng.uniform(), place[:, None] * scale + rng.uniform()
    x = np.arange(size)[None] + reach * sample("soft", u, v)
    y = np.arange(size)[:, None] + reach * sample("soft", u + 0.5, v + 0.3)
    x, y = (np.clip(np.rint(c), 0, size - 1).astype(int) for c in (x, y))
    return labels[y, x]


def _simplified(columns: np.ndarray, rows: np.ndarray, tolerance: float) -> list[tuple[float, float]]:
    """The fewest corners of a line that it leaves by no more than `tolerance` (Douglas and Peucker, 1973)."""
    keep, stack = {0, len(columns) - 1}, [(0, len(columns) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        between = np.arange(first + 1, last)
        chord = rows[first] + (rows[last] - rows[first]) * (between - first) / (last - first)
        away = np.abs(rows[first + 1 : last] - chord)
        worst = int(away.argmax())
        if away[worst] > tolerance:
            middle = first + 1 + worst
            keep.add(middle)
            stack += [(first, middle), (middle, last)]
    return [(float(columns[k]), float(rows[k])) for k in sorted(keep)]
