"""What the tests compare with: spade-run, which SPADE_RUN names, and files of the repository."""

import os
import struct
import subprocess
from pathlib import Path

import numpy as np
import pytest
import xxhash
from PIL import Image

from spade_runtime import Model

ROOT = Path(__file__).resolve().parents[2]
LANDSCAPES = ROOT / "Models/landscapes"
GOLDEN = ROOT / "Tests/SpadeRuntimeTests/Golden"

SWEEP = "sweep: its cases go the same ways through the library and differ in sizes and kinds of pictures only"


def pytest_addoption(parser):
    """For machines that take seconds for a picture."""
    parser.addoption("--one-in", type=int, default=1, metavar="N", help="run one case in N of each sweep")


def pytest_configure(config):
    config.addinivalue_line("markers", SWEEP)


def pytest_collection_modifyitems(config, items):
    """Of each sweep the first case and each Nth after it; an N that divides no count of sizes or kinds changes both."""
    seen, kept, left = {}, [], []
    for item in items:
        if item.get_closest_marker("sweep"):
            count = seen[item.originalname] = seen.get(item.originalname, -1) + 1
        else:
            count = 0
        (left if count % config.getoption("one_in") else kept).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


@pytest.fixture
def landscapes():
    with Model(LANDSCAPES / "landscapes.spade", threads=2) as model:
        yield model


@pytest.fixture
def river():
    """The ids of a layout, uint8, shape (256, 256)."""
    return np.asarray(Image.open(LANDSCAPES / "layouts/river.png"))


@pytest.fixture
def program(tmp_path):
    """Paints with spade-run: its picture for the file of a map or drawing and options, uint8, shape (height, width, 3),
    None where it refuses, and its notes or what is wrong."""

    def paint(model, path, *options):
        command = [os.environ["SPADE_RUN"], "synthesize", model, path, "-o", tmp_path / "picture.png", "--quiet"]
        done = subprocess.run([*command, *options], capture_output=True, text=True)
        picture = None if done.returncode else np.asarray(Image.open(tmp_path / "picture.png"))
        return picture, done.stderr

    return paint


@pytest.fixture
def unknowing(tmp_path):
    """The landscape model as if its last class were that of unknown pixels."""
    content = bytearray((LANDSCAPES / "landscapes.spade").read_bytes())
    (size,) = struct.unpack_from("<Q", content, 32)
    struct.pack_into("<I", content, 256 + 12, 15)
    struct.pack_into("<Q", content, 40, xxhash.xxh64_intdigest(bytes(content[256 : 256 + size])))
    struct.pack_into("<Q", content, 248, xxhash.xxh64_intdigest(bytes(content[:248])))
    (tmp_path / "unknowing.spade").write_bytes(content)
    return tmp_path / "unknowing.spade"


@pytest.fixture
def painted(program, tmp_path):
    """As `program`, for an array of ids: the picture."""

    def paint(model, ids, *options):
        Image.fromarray(np.asarray(ids, np.uint8)).save(tmp_path / "ids.png")
        picture, message = program(model, tmp_path / "ids.png", *options)
        assert picture is not None, message
        return picture

    return paint
