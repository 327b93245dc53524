"""The example pygame_loop.py says in a sentence what it cannot paint with. Examples/run tries it with pygame itself."""

import importlib
import subprocess
import sys

import numpy as np
import pytest
from conftest import GOLDEN, LANDSCAPES, ROOT
from PIL import Image

from spade_runtime import Class, Model, errors

EXAMPLE = ROOT / "Examples/python/pygame_loop.py"
PYGAME = """
import time
from types import SimpleNamespace as Event

QUIT, KEYDOWN, MOUSEWHEEL, MOUSEBUTTONDOWN, MOUSEMOTION = range(5)
K_ESCAPE, K_SPACE, K_0, K_9, SCALED, RESIZABLE = 27, 32, 48, 57, 1, 2
captions, events, error = [], [], OSError
init = lambda: None
display = Event(
    set_mode=lambda *_: Event(blit=lambda *_: None), set_caption=captions.append, flip=lambda: None
)
surfarray = Event(make_surface=lambda pixels: pixels)
time = Event(Clock=lambda: Event(tick=lambda _: time.sleep(0.01)), sleep=time.sleep)
event = Event(post=events.append, get=lambda: [events.pop() for _ in events[:]], Event=Event)
"""
"""What the example uses of pygame, without a window."""

pytestmark = pytest.mark.skipif(not EXAMPLE.exists(), reason="the examples are not here")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "pygame.py").write_text(PYGAME)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


@pytest.fixture
def loop(folder, monkeypatch):
    """The example as a module, for models whose classes have names and colours whatever their files say."""

    class Colored(Model):
        __slots__ = ()
        classes = property(lambda model: tuple(Class(id, f"class {id}", (id, 0, 0)) for id in range(3)))

    for path in [folder, EXAMPLE.parent]:
        monkeypatch.syspath_prepend(path)
    for name in ["pygame", "pygame_loop"]:
        monkeypatch.delitem(sys.modules, name, raising=False)
    module = importlib.import_module("pygame_loop")
    monkeypatch.setattr(module, "Model", Colored)
    yield module
    for name in ["pygame", "pygame_loop"]:
        sys.modules.pop(name, None)


@pytest.mark.parametrize(
    ("model", "layout", "said"),
    [
        (GOLDEN / "style.spade", None, "style.spade: its classes have no colours to paint in"),
        (GOLDEN / "instanceEdges.spade", None, "instanceEdges.spade: the network reads borders of instances"),
        (LANDSCAPES / "landscapes.spade", 200, "ids has 200 at row 0, column 0, and 65536 such pixels in all"),
    ],
)
def test_what_it_cannot_paint_with_is_said_in_a_sentence(folder, model, layout, said):
    options = []
    if layout is not None:
        Image.new("L", (256, 256), layout).save(folder / "layout.png")
        options = [folder / "layout.png"]
    command = [sys.executable, EXAMPLE, model, *options]
    done = subprocess.run(command, timeout=60, capture_output=True, text=True)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("pygame_loop.py: ") and said in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("count", "captions", "seeds"), [(0, ["class 2"], {None}), (12, ["class 2, seed 0", "class 2, seed 1"], {0, 1})]
)
def test_a_seed_is_left_out_without_a_style(loop, monkeypatch, count, captions, seeds):
    given = []

    def paint(model, ids, *, seed):
        given.append(seed)
        return np.zeros((*ids.shape, 3), np.uint8)

    monkeypatch.setattr(loop.Model, "style_count", count)
    monkeypatch.setattr(loop.Model, "paint", paint)
    keys = [loop.pygame.event.Event(type=loop.pygame.KEYDOWN, key=key) for key in (ord("5"), ord(" "), ord("x"))]
    idle = loop.pygame.event.Event(type=99)
    ending = loop.pygame.event.Event(type=loop.pygame.QUIT)
    painter = loop.main(GOLDEN / "style.spade", script=[*keys, *[idle] * 50, ending])
    assert painter.error is None and painter.painted == len(given) > 0
    assert loop.pygame.captions == captions and set(given) <= seeds and given[-1] == max(seeds, key=str)


def test_its_picture_is_the_models(loop):
    ending = [loop.pygame.event.Event(type=99)] * 200 + [loop.pygame.event.Event(type=loop.pygame.QUIT)]
    painter = loop.main(GOLDEN / "style.spade", script=ending)
    with Model(GOLDEN / "style.spade", threads=1) as model:
        assert np.array_equal(painter.picture, model.paint(np.zeros((64, 64), int), seed=0))


def test_an_error_of_painting_ends_the_loop(loop, monkeypatch):
    def fail(*_, **__):
        raise errors.StyleNotFinite("of the test")

    monkeypatch.setattr(loop.Model, "paint", fail)
    with pytest.raises(errors.StyleNotFinite, match="of the test"):
        loop.main(GOLDEN / "style.spade")


def test_a_class_without_a_colour_is_gray(loop):
    with loop.Model(GOLDEN / "style.spade", threads=1) as model:
        colors = loop.colors_of(model)
    assert colors.shape == (65536, 3) and np.array_equal(colors[[2, 3, 65535]], [[2, 0, 0], [128] * 3, [128] * 3])
