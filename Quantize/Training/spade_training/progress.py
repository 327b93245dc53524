"""How a run went: its losses and what the judge says of its pictures, as tables beside it and as curves."""

import csv
from pathlib import Path

import numpy as np
import torch

from . import metrics
from .doodles import doodle
from .networks import Generator
from .pool import HELD_OUT
from .scenes import Mood, render
from .segment import Segmenter, as_pictures, as_tensor
from .styles import style_of_mood

# Beyond the scenes that the evaluation measures and those that models ship with.
_FIRST = HELD_OUT + 2000


def append(path: Path, row: dict[str, float]):
    """Adds a row to a table whose first line names its columns."""
    is_new = not path.exists()
    with open(path, "a", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        if is_new:
            writer.writeheader()
        writer.writerow({name: f"{value:.5g}" for name, value in row.items()})


class Exam:
    """Held-out scenes with a drawing of each, to be painted in their own moods while a network still learns."""

    def __init__(self, count: int, size: int, z_dim: int):
        moods = [Mood.from_seed(_FIRST + k) for k in range(count)]
        scenes = [render(_FIRST + k, mood, size) for k, mood in enumerate(moods)]
        self.pictures, self.labels = (np.stack(side) for side in zip(*scenes))
        self.drawings = np.stack([doodle(labels, _FIRST + k) for k, labels in enumerate(self.labels)])
        self.styles = np.stack([style_of_mood(mood, z_dim) for mood in moods])

    @torch.no_grad()
    def figures(self, generator: Generator, judge: Segmenter, device: str) -> dict[str, float]:
        """Mean IoU and steps on the grid of renders, and of syntheses of exact and of drawn maps."""
        generator, judge = generator.eval(), judge.to(device).eval()
        styles = torch.from_numpy(self.styles).to(device)

        def painted(maps: np.ndarray) -> np.ndarray:
            map_ = torch.from_numpy(maps).long().to(device)
            return np.concatenate(
                [as_pictures(generator(m, z)) for m, z in zip(map_.split(8), styles.split(8))]
            )

        found = {}
        for name, maps, pictures in (
            ("renders", self.labels, self.pictures),
            ("exact", self.labels, painted(self.labels)),
            ("drawn", self.drawings, painted(self.drawings)),
        ):
            confusion = metrics.Confusion(judge.class_count)
            for map_, picture in zip(maps, pictures):
                confusion.add(map_, judge(as_tensor(picture[None], device)).argmax(1)[0].cpu().numpy())
            found[f"mean IoU, {name}"] = confusion.mean()
            grids = [metrics.grid_ratio(map_, picture) for map_, picture in zip(maps, pictures)]
            found[f"grid, {name}"] = float(np.nanmean(grids))
        return found


def draw_curves(folder: Path, path: Path):
    """Draws the tables of a run, `losses.csv` and `figures.csv`, over minutes, as one PNG."""
    from matplotlib.figure import Figure  # Only the card needs it.

    figure = Figure((11, 7), layout="constrained")
    losses, figures = (_read(folder / name) for name in ("losses.csv", "figures.csv"))
    near = {n: v for n, v in losses.items() if n in _NEAR}
    panels = [
        ("distances from the pictures, as share of the first", {n: np.divide(v, v[0]) for n, v in near.items()}),
        ("hinge losses", {n: v for n, v in losses.items() if n in _HINGE}),
        ("judge's mean IoU", {n[10:]: v for n, v in figures.items() if n.startswith("mean IoU, ")}),
        ("steps on the grid", {n[6:]: v for n, v in figures.items() if n.startswith("grid, ")}),
    ]
    for place, ((title, curves), axes) in enumerate(zip(panels, figure.subplots(2, 2).flat)):
        minutes = (losses if place < 2 else figures)["minutes"]
        for name, values in curves.items():
            axes.plot(minutes, values, label=name, linewidth=1.2)
        axes.set(title=title, xlabel="minutes")
        axes.legend(fontsize=8)
        axes.grid(alpha=0.3)
    figure.savefig(path, dpi=90)


_NEAR = ("coarse", "perceptual", "texture", "matching")
_HINGE = ("adversarial", "discriminator")


def _read(path: Path) -> dict[str, list[float]]:
    with open(path, newline="") as file:
        rows = list(csv.DictReader(file))
    if not rows:
        raise SystemExit(f"{path} has no rows yet.")
    return {name: [float(row[name]) for row in rows] for name in rows[0]}
