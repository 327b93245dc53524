"""Pictures that the packed model paints in drawn styles, to teach the encoder: each is a mood of its own.

A pool of scenes holds one mood for every few pictures, and an encoder that sees few moods learns those by heart.
"""

import subprocess
from pathlib import Path

import numpy as np
from PIL import Image

from .drawings import write_map
from .pool import Pool
from .styles import drawn_style

_FIRST = 40_000_000  # the first seed of their styles


class Paintings:
    """A folder of pictures, in the order of their names, and the style that each was painted in."""

    def __init__(self, folder: Path):
        self.paths = sorted((folder / "pictures").glob("*.png"))
        self.styles = np.load(folder / "z.npy")
        if len(self.paths) != len(self.styles):
            raise SystemExit(f"{folder} has {len(self.paths)} of {len(self.styles)} pictures; 'paint' goes on.")

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """A picture, uint8 [S, S, 3], and its style."""
        return np.asarray(Image.open(self.paths[index]).convert("RGB")), self.styles[index]


def make(run: Path, spade: Path, count: int, z_dim: int, threads: int):
    """Paints `count` maps of the pool, a third of them exact, into `run`/paintings; goes on where it stopped."""
    pool, folder = Pool(run / "pool"), run / "paintings"
    (folder / "maps").mkdir(parents=True, exist_ok=True)
    for k in range(count):
        index, which = k // 3 % len(pool), k % 3
        labels = pool.drawing(index, which - 1) if which else pool[index][1]
        write_map(folder / "maps" / f"{k:06d}.png", np.array(labels))
    np.save(folder / "z.npy", np.stack([drawn_style(_FIRST + k)[:z_dim] for k in range(count)]))
    command = [spade, "synthesize", run / "export" / "landscapes.spade", folder / "maps", "-o", folder / "pictures"]
    command += ["--z", folder / "z.npy", "--jobs", threads, "--threads", 1]
    if subprocess.run([str(part) for part in command]).returncode:
        raise SystemExit(f"{spade} failed.")
