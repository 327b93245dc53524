"""What the types let through and what they refuse, before anything runs."""

import subprocess
import sys

import pytest

TAKEN = """
from __future__ import annotations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from spade_runtime import Model

def taken(model: Model, ids: NDArray[np.int64], image: Image.Image, style: NDArray[np.float32] | None) -> None:
    model.paint(ids)
    model.paint(image, seed=7)
    model.paint([[0, 1], [1, 0]], seed=np.uint8(7), out=np.empty((2, 2, 3), np.uint8))
    model.paint(ids, style=[0.5] * 32, edges=ids > 1)
    model.paint(ids, instances=image)
    model.paint(ids, style=style, instances=ids // 1000)
    model.paint(ids, style=0.5 * model.seed_style(np.int64(7)))
    model.paint(ids, style=tuple(range(32)), seed=None)
    model.paint(ids, style=style)
    model.encode(image)
    model.ids_of(image, fit="crop", fill=np.uint8(3))
    model.ids_of(np.asarray(image), fill="sky")
    model.fit_ids(image)[model.kept(np.int64(3), 4)]
    model.write_style(b"a.z", model.read_style(Path("a.z")))
    model.read_style(model.styles[0]), model.path.parent
    Model("a", threads=2), Model(b"a", threads=np.int64(2)), Model(Path("a"), threads=None)
"""

REFUSED = [
    'model.paint("x.png")',
    'model.paint(b"x.png")',
    'model.paint(Path("x.png"))',
    "model.paint(3)",
    "model.paint(0.5)",
    "model.paint(None)",
    "model.paint(ids, 7)",
    "model.paint(ids, seed=0.5)",
    'model.paint(ids, seed="7")',
    'model.paint(ids, style="dusk.z")',
    "model.paint(ids, style=7)",
    "model.paint(ids, style=ids, seed=7)",
    'model.paint(ids, instances="objects.png")',
    'model.encode("x.jpg")',
    'model.encode(b"x.jpg")',
    'model.ids_of("x.png")',
    'model.ids_of(ids, fit="squeeze")',
    "model.ids_of(ids, fill=0.5)",
    'model.fit_ids("x.png")',
    "model.seed_style(0.5)",
    'model.write_style("a.z", "b.z")',
    'Model("a", threads=0.5)',
    'Model("a", 2)',
    "model.width = 7",
    'model.path = Path("x.spade")',
]


def checked(folder, text):
    """What mypy says of a program, a line each."""
    (folder / "program.py").write_text(text)
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", folder / "cache", "program.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout.splitlines()


def test_types(tmp_path):
    pytest.importorskip("mypy")
    text = TAKEN + "\ndef refused(model: Model, ids: NDArray[np.int64]) -> None:\n"
    first = text.count("\n") + 1
    said = checked(tmp_path, text + "".join(f"    {line}\n" for line in REFUSED))
    lines = {int(line.split(":")[1]) for line in said if ": error: " in line}
    assert lines == set(range(first, first + len(REFUSED))), "\n".join(said)
