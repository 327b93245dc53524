"""Connected regions of a label map, as runs of pixels."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Region:
    """Pixels of one label that touch: `runs` [runs, 3] are row, first column, column after the last."""

    runs: np.ndarray

    @property
    def area(self) -> int:
        return int((self.runs[:, 2] - self.runs[:, 1]).sum())

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right, bottom; right and bottom are outside."""
        rows, first, last = self.runs.T
        return int(first.min()), int(rows.min()), int(last.max()), int(rows.max()) + 1

    def width_between(self, low: float, high: float) -> float:
        """Mean count of pixels in the rows from `low` to `high`, 0 top … 1 bottom of the box."""
        _, top, _, bottom = self.box
        rows = (self.runs[:, 0] - top + 0.5) / (bottom - top)
        inside = self.runs[(rows >= low) & (rows < high)]
        count = len(np.unique(inside[:, 0]))
        return float((inside[:, 2] - inside[:, 1]).sum() / count) if count else 0.0

    def tops(self) -> tuple[np.ndarray, np.ndarray]:
        """Columns of the box and the first row of the region in each."""
        left, _, right, bottom = self.box
        result = np.full(right - left, bottom)
        for row, first, last in self.runs:
            part = result[first - left : last - left]
            np.minimum(part, row, out=part)
        return np.arange(left, right), result

    def edges(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Rows, and the first and last column of the region in each."""
        rows = np.unique(self.runs[:, 0])
        first = np.array([self.runs[self.runs[:, 0] == row, 1].min() for row in rows])
        last = np.array([self.runs[self.runs[:, 0] == row, 2].max() for row in rows])
        return rows, first, last


def regions(mask: np.ndarray) -> list[Region]:
    """The regions of a boolean map [H, W], connected over the four sides, the largest first."""
    steps = np.diff(np.pad(mask.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, first = np.nonzero(steps == 1)
    last = np.nonzero(steps == -1)[1]
    parent = list(range(len(rows)))

    def root(k: int) -> int:
        while parent[k] != k:
            parent[k] = parent[parent[k]]
            k = parent[k]
        return k

    starts = np.searchsorted(rows, np.arange(mask.shape[0] + 1))
    begin, end = first.tolist(), last.tolist()
    for row in range(1, mask.shape[0]):
        above, here = int(starts[row - 1]), int(starts[row])
        stop_above, stop = here, int(starts[row + 1])
        while above < stop_above and here < stop:
            if begin[above] < end[here] and begin[here] < end[above]:
                parent[root(here)] = root(above)
            if end[above] < end[here]:
                above += 1
            else:
                here += 1
    owners = np.array([root(k) for k in range(len(parent))], np.int64)
    runs = np.stack([rows, first, last], 1)
    order = np.argsort(owners, kind="stable")
    cuts = np.flatnonzero(np.diff(owners[order])) + 1
    found = [Region(part) for part in np.split(runs[order], cuts) if len(part)]
    return sorted(found, key=lambda region: -region.area)
