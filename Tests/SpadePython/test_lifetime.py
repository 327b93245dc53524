"""How a model ends, and lives with threads and forks."""

import gc
import subprocess
import sys
import threading

import numpy as np
import pytest
from conftest import GOLDEN, LANDSCAPES
from PIL import Image

from spade_runtime import Model, SpadeError, errors

FILE = LANDSCAPES / "landscapes.spade"


def test_the_arena_outlives_its_model(river):
    model = Model(FILE, threads=3)
    model.paint(river)
    assert model.seconds > 0
    arena = model.arena
    assert arena.dtype == np.uint8 and arena.ctypes.data % 64 == 0 and arena.any()
    del model
    gc.collect()
    assert arena.sum() > 0


def test_a_closed_model_says_so(river):
    model = Model(FILE)
    model.close()
    model.close()
    assert repr(model) == f"Model({str(FILE)!r}, closed)"
    # What needs no threads goes on.
    assert model.label("sky") == 0 and model.width == 256 and model.arena.size > 0
    assert np.array_equal(model.ids_of(Image.open(LANDSCAPES / "layouts/river.png").convert("RGB")), river)
    assert model.fit_ids(river).shape == model.fit_ids(river)[model.kept(256, 256)].shape == (256, 256)
    assert model.seed_style(1).size == 32
    for call in [lambda: model.paint(None, style=1, seed=1), lambda: model.encode(None), model.__enter__]:
        with pytest.raises(errors.Closed, match="the model is closed; open the file again") as refusal:
            call()
        assert isinstance(refusal.value, SpadeError) and isinstance(refusal.value, ValueError)


FORKED = """
import os, sys, threading
import numpy as np
from spade_runtime import Model

model, idle, closed = (Model(sys.argv[1], threads=3) for _ in range(3))
closed.close()
ids = np.zeros((model.height, model.width), np.uint16)
expected = model.paint(ids, seed=1).tobytes()
done = threading.Event()

def paint():
    while not done.is_set():
        model.paint(ids, seed=2)

# A fork while a picture is painted: in the child nobody gives the lock back.
painter = threading.Thread(target=paint, daemon=True)
painter.start()
children = []
for _ in range(6):
    child = os.fork()
    if child == 0:
        # An emulator has threads of its own.
        alone = len(os.listdir("/proc/self/task"))
        assert model.paint(ids, seed=1).tobytes() == expected
        grandchild = os.fork()
        assert grandchild == 0 or os.waitpid(grandchild, 0)[1] == 0
        assert model.paint(ids, seed=1).tobytes() == expected
        assert len(os.listdir("/proc/self/task")) == alone + 2
        model.close()
        idle.close()
        assert "closed" in repr(model) and "closed" in repr(idle) and "closed" in repr(closed)
        os._exit(0)
    children.append(child)
assert all(os.waitpid(child, 0)[1] == 0 for child in children)
done.set()
painter.join()
assert model.paint(ids, seed=1).tobytes() == expected
"""


def test_a_forks_child_has_a_model_of_its_own():
    command = [sys.executable, "-c", FORKED, GOLDEN / "style.spade"]
    done = subprocess.run(command, timeout=120, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


ENDING = """
import sys, threading
import numpy as np
from spade_runtime import Model

model, ids, started = Model(sys.argv[1], threads=2), np.zeros((256, 256), np.uint16), threading.Event()

def paint():
    while True:
        model.paint(ids)
        started.set()

threading.Thread(target=paint, daemon=True).start()
started.wait()
"""


def test_a_program_may_end_while_a_thread_paints():
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", ENDING, FILE], timeout=120, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr


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
