"""Files that training leaves: written whole or not at all."""

import math
import os
import sys
import time
from pathlib import Path

import torch

_START = time.monotonic()


def note(text: str):
    """A line of progress, with minutes and seconds since the start."""
    seconds = int(time.monotonic() - _START)
    print(f"[{seconds // 60:3d}:{seconds % 60:02d}] {text}", file=sys.stderr, flush=True)


class Clock:
    """Tells a run that lasts `seconds` how much of it is done; a run that goes on begins at `start`."""

    def __init__(self, seconds: float, start: float = 0.0):
        self.seconds, self.start, self.began = seconds, start, time.monotonic()

    @property
    def left(self) -> float:
        """Seconds until the run ends; negative after that."""
        return self.seconds - (time.monotonic() - self.began)

    @property
    def progress(self) -> float:
        """0 … 1."""
        done = min(1.0, 1 - self.left / self.seconds) if self.seconds > 0 else 1.0
        return self.start + (1 - self.start) * done


class Tally:
    """Means of losses, noted every so many iterations."""

    def __init__(self, every: int):
        self.every, self.sums = every, {}

    def add(self, done: int, parts: dict[str, torch.Tensor], head: str) -> dict[str, float]:
        """Adds the losses of iteration `done`; returns their means where they are noted, else nothing.

        Reading values waits for the device, so it is done rarely.
        """
        for name, value in parts.items():
            self.sums[name] = self.sums.get(name, 0) + value.detach()
        if done % self.every:
            return {}
        means = {name: float(total) / self.every for name, total in self.sums.items()}
        note(head + "".join(f" {name} {mean:.3f}" for name, mean in means.items()))
        if not all(math.isfinite(mean) for mean in means.values()):
            raise SystemExit("A loss is no number any more; the last checkpoint is from before.")
        self.sums = {}
        return means


def save(path: Path, state: dict):
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    torch.save(state, beside)
    os.replace(beside, path)


def load(path: Path) -> dict:
    return torch.load(path, map_location="cpu", weights_only=True)
