"""Pictures and labels to train on: shards on disk, of scenes rendered ahead or of photos.

Scene `i` has layout `i` and mood `i // LAYOUTS_PER_MOOD`, so neighbours in a group share the mood and nothing
else. In every fifth shard the moods are those of styles drawn at random, as users will draw them. Beside its exact
map lie a few drawings of it.
"""

import json
import multiprocessing
import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np

from .doodles import doodle
from .scenes import CLASSES, Mood, render
from .styles import drawn_style, mood_of_style, style_of_mood

LAYOUTS_PER_MOOD = 4
DOODLE_COUNT = 2  # drawings of each scene's map
SHARD_COUNT = 64  # pictures in a shard, a multiple of LAYOUTS_PER_MOOD
_DRAWN_EVERY = 5  # shards
# Scenes from here on are never trained on.
HELD_OUT = 10_000_000


@dataclass(frozen=True)
class Contents:
    """What a pool holds, as its `pool.json` says."""

    class_count: int
    # Neighbours that share a mood; 1 where every picture has its own.
    per_mood: int


def _is_drawn(index: int) -> bool:
    return index // SHARD_COUNT % _DRAWN_EVERY == _DRAWN_EVERY - 1


def scene(index: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Picture and labels of one scene of the pool."""
    seed = index // LAYOUTS_PER_MOOD
    mood = mood_of_style(drawn_style(seed)) if _is_drawn(index) else Mood.from_seed(seed)
    return render(index, mood, size)


def _paths(folder: Path, shard: int) -> tuple[Path, Path]:
    return folder / f"{shard:05d}-pictures.npy", folder / f"{shard:05d}-labels.npy"


def doodles_of(index: int, labels: np.ndarray) -> np.ndarray:
    """The drawings of a scene's map, uint8 [DOODLE_COUNT, S, S]."""
    return np.stack([doodle(labels, index * DOODLE_COUNT + k) for k in range(DOODLE_COUNT)])


def _doodles_path(folder: Path, shard: int) -> Path:
    return folder / f"{shard:05d}-doodles.npy"


def write_array(path: Path, array: np.ndarray):
    """A NumPy file, there whole or not at all."""
    beside = path.with_suffix(".part")
    with open(beside, "wb") as file:
        np.save(file, array)
    os.replace(beside, path)


def begin(folder: Path, contents: Contents):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pool.json").write_text(json.dumps(asdict(contents)) + "\n")


def begin_scenes(folder: Path):
    begin(folder, Contents(len(CLASSES), LAYOUTS_PER_MOOD))


def make(folder: Path, count: int, size: int, processes: int = 1, note=print):
    """Renders the shards that are missing up to `count` scenes."""
    begin_scenes(folder)
    shards = -(-count // SHARD_COUNT)
    missing = [shard for shard in range(shards) if not _paths(folder, shard)[1].exists()]
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as renderers:
        made = [renderers.submit(_render_shard, folder, shard, size) for shard in missing]
        for done, shard in enumerate(made, shards - len(missing) + 1):
            shard.result()
            note(f"scenes: {done * SHARD_COUNT} of {shards * SHARD_COUNT}")


def _render_shard(folder: Path, shard: int, size: int):
    first = shard * SHARD_COUNT
    pairs = [scene(first + k, size) for k in range(SHARD_COUNT)]
    drawings = [doodles_of(first + k, labels) for k, (_, labels) in enumerate(pairs)]
    # Labels last: where they are, the shard is whole.
    write_array(_doodles_path(folder, shard), np.stack(drawings))
    _write(folder, shard, pairs)


def write(folder: Path, pairs: Iterable[tuple[np.ndarray, np.ndarray]], contents: Contents):
    """Shards of (picture, labels). The last that fill no shard are dropped; a lone shard repeats them."""
    begin(folder, contents)
    pairs, shard = iter(pairs), 0
    while group := list(islice(pairs, SHARD_COUNT)):
        if len(group) == SHARD_COUNT or shard == 0:
            _write(folder, shard, [group[k % len(group)] for k in range(SHARD_COUNT)])
        shard += 1


def _write(folder: Path, shard: int, pairs: list):
    pictures_path, labels_path = _paths(folder, shard)
    write_array(pictures_path, np.stack([picture for picture, _ in pairs]))
    write_array(labels_path, np.stack([labels for _, labels in pairs]))


class Pool:
    """The shards that exist so far, mapped; `refresh` picks up new ones.

    Labels come from `found`, where that folder has them: those that a segmentation network gave.
    """

    def __init__(
        self, folder: Path, found: Path | None = None, limit: int | None = None, or_empty: bool = False
    ):
        self.folder, self.found, self.limit = folder, found, limit
        self.pictures: list[np.ndarray] = []
        self.labels: list[np.ndarray] = []
        # None where a shard has no drawings.
        self.drawings: list[np.ndarray | None] = []
        self.refresh()
        if not self.pictures and not or_empty:
            raise SystemExit(f"{folder} holds no pictures; 'scenes' or 'photos' puts some there.")
        self.contents = Contents(**json.loads((folder / "pool.json").read_text()))

    def refresh(self):
        while self.limit is None or len(self) < self.limit:
            pictures_path, labels_path = _paths(self.folder, len(self.labels))
            if not labels_path.exists():
                return
            if self.found and (self.found / labels_path.name).exists():
                labels_path = self.found / labels_path.name
            self.pictures.append(np.load(pictures_path, mmap_mode="r"))
            self.labels.append(np.load(labels_path, mmap_mode="r"))
            drawings = _doodles_path(self.folder, len(self.drawings))
            self.drawings.append(np.load(drawings, mmap_mode="r") if drawings.exists() else None)

    def __len__(self):
        return len(self.labels) * SHARD_COUNT

    @property
    def size(self) -> int:
        return self.labels[0].shape[1]

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        shard, place = divmod(index, SHARD_COUNT)
        return self.pictures[shard][place], self.labels[shard][place]

    def drawing(self, index: int, which: int) -> np.ndarray:
        """A drawing of a picture's map; the map itself where there is none."""
        shard, place = divmod(index, SHARD_COUNT)
        drawings = self.drawings[shard]
        return self.labels[shard][place] if drawings is None else drawings[place][which % drawings.shape[1]]

    @property
    def has_moods(self) -> bool:
        """Whether the pictures are scenes, whose moods are known."""
        return self.contents.per_mood > 1

    def mood_style(self, index: int, count: int, mirrored: bool = False) -> np.ndarray:
        """The style that stands for a scene's mood, float32 [count], or for that of its mirror image."""
        seed = index // self.contents.per_mood
        if mirrored:
            mood = mood_of_style(drawn_style(seed)) if _is_drawn(index) else Mood.from_seed(seed)
            return style_of_mood(replace(mood, side=-mood.side), count)
        return drawn_style(seed)[:count] if _is_drawn(index) else style_of_mood(Mood.from_seed(seed), count)

    def style_of(self, index: int, rng: np.random.Generator, own: float) -> int:
        """Which picture lends its style to `index`: itself with chance `own`, else another in its mood."""
        group = self.contents.per_mood
        if group == 1 or rng.random() < own:
            return index
        first = index - index % group
        return first + (index - first + int(rng.integers(1, group))) % group
