"""Files that training leaves: written whole or not at all."""

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


def save(path: Path, state: dict):
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".part")
    torch.save(state, beside)
    os.replace(beside, path)


def load(path: Path) -> dict:
    return torch.load(path, map_location="cpu", weights_only=True)
