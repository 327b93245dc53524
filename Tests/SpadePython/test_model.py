"""What a model says of itself, what it refuses, and how it lives with threads."""

import gc
import re
import sys
import threading

import numpy as np
import pytest
from conftest import GOLDEN, LANDSCAPES, ROOT

from spade_runtime import Class, Model, SpadeError, __version__, errors

FILE = LANDSCAPES / "landscapes.spade"
HEADER = (ROOT / "Sources/CSpade/include/spade.h").read_text()


def test_the_version_is_the_headers():
    assert re.search(r'#define SPADE_VERSION "(.*)"', HEADER)[1] == __version__


def test_a_model_says_what_it_is(landscapes):
    assert (landscapes.width, landscapes.height, landscapes.label_count, landscapes.threads) == (256, 256, 16, 2)
    assert repr(landscapes) == f"Model({str(FILE)!r}, threads=2)"
    assert landscapes.has_encoder and not landscapes.has_edges and landscapes.style_count == 32
    listed = []
    for id, line in enumerate((LANDSCAPES / "classes.txt").read_text().splitlines()):
        name, color = line.rsplit(" ", 1)
        listed.append(Class(id, name, tuple(bytes.fromhex(color[1:]))))
    assert landscapes.classes == tuple(listed)
    assert landscapes.label("water") == 11
    with pytest.raises(KeyError, match="sky, clouds"):
        landscapes.label("lava")


def test_every_status_has_an_error_of_its_name():
    statuses, number = {}, 0
    enumeration = HEADER[HEADER.index("typedef enum") : HEADER.index("} spade_status")]
    for name, value in re.findall(r"^  SPADE_(\w+)(?: = (\d+))?,?$", enumeration, re.MULTILINE):
        number = int(value) if value else number + 1
        statuses["".join(word.capitalize() for word in name.split("_"))] = number
    del statuses["Ok"]
    assert len(statuses) > 30
    assert {error.__name__: error.status for error in SpadeError.__subclasses__()} == statuses


def test_bad_files_are_refused(tmp_path):
    content = bytearray(FILE.read_bytes())
    content[-1] ^= 1
    (tmp_path / "damaged.spade").write_bytes(content)
    (tmp_path / "empty.spade").write_bytes(b"")
    with pytest.raises(errors.SectionChecksum, match="damaged.spade: a section of the file is damaged"):
        Model(tmp_path / "damaged.spade")
    with pytest.raises(errors.TooShort):
        Model(tmp_path / "empty.spade")
    with pytest.raises(errors.BadMagic):
        Model(LANDSCAPES / "layouts/river.png")
    with pytest.raises(FileNotFoundError):
        Model(tmp_path / "none.spade")
    for threads in [0, 65, -1]:
        with pytest.raises(errors.BadThreadCount, match=f"threads is {threads}"):
            Model(FILE, threads=threads)
    with pytest.raises(TypeError, match="threads is 2.5"):
        Model(FILE, threads=2.5)


def test_bad_styles_are_refused(landscapes, tmp_path):
    (tmp_path / "none.z").write_bytes(b"no style")
    with pytest.raises(errors.NotAStyle, match="none.z"):
        landscapes.read_style(tmp_path / "none.z")
    style = np.zeros(32, np.float32)
    style[3] = np.inf
    with pytest.raises(errors.StyleNotFinite):
        landscapes.write_style(tmp_path / "infinite.z", style)
    assert not (tmp_path / "infinite.z").exists()
    with pytest.raises(errors.StyleNotFinite):
        landscapes.paint(np.zeros((256, 256), int), style=style)
    with Model(GOLDEN / "instanceEdges.spade") as other, pytest.raises(errors.EncoderMissing):
        other.encode(np.zeros((256, 256, 3), np.uint8))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"ids": np.zeros((256, 255), int)}, "shape"),
        ({"ids": np.zeros((256, 256), float)}, "whole numbers"),
        ({"style": np.zeros(31)}, "shape"),
        ({"style": np.zeros(32), "seed": 1}, "not both"),
        ({"seed": -1}, "seed is -1"),
        ({"out": np.zeros((256, 256, 3), np.int8)}, "out is not"),
        ({"out": [1]}, "out is not"),
        ({"out": np.zeros((256, 256, 6), np.uint8)[:, :, ::2]}, "out is not"),
    ],
)
def test_wrong_arguments_are_refused(landscapes, river, arguments, message):
    with pytest.raises(ValueError, match=message):
        landscapes.paint(**{"ids": river, **arguments})


@pytest.mark.parametrize("label", [16, -1, 65535, 1 << 40])
def test_ids_of_no_class_are_refused(landscapes, river, label):
    ids = river.astype(np.int64)
    ids[9, 7:9] = label
    with pytest.raises(
        errors.UnknownLabel, match=f"{label} at row 9, column 7, and 2 such pixels.* 0 to 15, and no id"
    ):
        landscapes.paint(ids)


def test_a_seed_is_a_whole_number(landscapes, river):
    with pytest.raises(TypeError, match="seed is '7'"):
        landscapes.paint(river, seed="7")
    assert (landscapes.paint(river, seed=np.uint8(7)) == landscapes.paint(river, seed=7)).all()


def test_the_arena_outlives_its_model(river):
    model = Model(FILE, threads=3)
    model.paint(river)
    assert model.seconds > 0
    arena = model.arena
    assert arena.dtype == np.uint8 and arena.ctypes.data % 64 == 0 and arena.any()
    del model
    gc.collect()
    arena[:] = 0


def test_a_closed_model_says_so(river):
    model = Model(FILE)
    model.close()
    model.close()
    with pytest.raises(ValueError, match="closed"):
        model.paint(river)


def test_other_threads_run_while_a_picture_is_painted(landscapes, river):
    """The interpreter never takes its lock away here, and numpy has nothing to copy: so another thread runs only where
    the call of the library gives the lock up."""
    ids, style, out = river.astype(np.uint16), landscapes.seed_style(0), np.empty((256, 256, 3), np.uint8)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(3600)
    try:
        for _ in range(50):
            started, done = threading.Event(), threading.Event()

            def paint(started=started, done=done):
                started.set()
                landscapes.paint(ids, style=style, out=out)
                done.set()

            thread = threading.Thread(target=paint)
            thread.start()
            started.wait()
            ran_meanwhile = not done.is_set()
            thread.join()
            if ran_meanwhile:
                return
    finally:
        sys.setswitchinterval(interval)
    raise AssertionError("no other thread ran in 50 pictures")


def test_threads_take_turns_with_a_model(landscapes, river):
    expected = [landscapes.paint(river, seed=seed).tobytes() for seed in range(4)]
    found = [None] * 4

    def paint(seed):
        found[seed] = landscapes.paint(river, seed=seed).tobytes()

    threads = [threading.Thread(target=paint, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == expected
