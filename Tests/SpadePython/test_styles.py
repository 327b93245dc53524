"""A style beside a model is found by its name, as spade-run finds it."""

import builtins
import errno
import os

import numpy as np
import pytest
from conftest import GOLDEN, LANDSCAPES
from PIL import Image

from spade_runtime import Model, errors

STYLES = ("autumn", "dawn", "fog", "night", "storm", "summer", "sunset", "winter")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A model's folder with styles of all kinds; the current folder is another."""
    styles = tmp_path / "model/styles"
    styles.mkdir(parents=True)
    (tmp_path / "model/hills.spade").symlink_to(LANDSCAPES / "landscapes.spade")
    photos = [Image.open(LANDSCAPES / f"styles/{name}.png").convert("RGB").resize((96, 64)) for name in STYLES]
    photos[0].save(styles / "Dusk.jpg", quality=70)
    photos[1].save(styles / "dusk.png")
    photos[2].save(styles / "fog.JPEG")
    photos[4].convert("L").save(styles / "gray.png")
    Image.fromarray(np.asarray(photos[5].convert("L")).astype(np.uint16) * 257).save(styles / "deep.png")
    exif = Image.Exif()
    exif[0x0112] = 6
    photos[6].save(styles / "turned.jpg", exif=exif)
    photos[7].save(styles / "dusk.jpeg")
    photos[7].save(styles / ".hidden.png")
    (styles / "README.txt").write_text("no style")
    with Model(tmp_path / "model/hills.spade", threads=2) as model:
        model.write_style(styles / "dusk.z", model.seed_style(3))
        model.write_style(styles / "late.z", model.seed_style(4))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "model"


@pytest.fixture
def hills(folder):
    with Model(folder / "hills.spade", threads=2) as model:
        yield model


def test_the_styles_of_the_landscapes_are_listed(landscapes):
    assert landscapes.styles == STYLES
    assert landscapes.path == LANDSCAPES / "landscapes.spade" and landscapes.path.is_absolute()
    with Model(GOLDEN / "style.spade", threads=1) as other:
        assert other.styles == ()


def test_a_path_is_absolute(folder, monkeypatch):
    monkeypatch.chdir(folder)
    for path in ["hills.spade", b"./hills.spade", "hills"]:
        with Model(path, threads=1) as model:
            monkeypatch.chdir("styles")
            assert model.path == folder / "hills.spade" and model.read_style("late").size == 32
            monkeypatch.chdir(folder)


@pytest.mark.parametrize("name", STYLES)
def test_a_style_of_the_landscapes_is_that_of_the_program(landscapes, painted, river, tmp_path, name):
    photo = Image.open(LANDSCAPES / f"styles/{name}.png")
    assert np.array_equal(landscapes.read_style(name), landscapes.encode(photo))
    if name == "sunset":
        expected = painted(landscapes.path, river, "--style", name)
        assert np.array_equal(landscapes.paint(river, style=landscapes.read_style(name)), expected)


def test_every_style_is_found_as_by_the_program(hills, program, tmp_path):
    # PNGs have the short names.
    names = ("Dusk", "deep", "dusk-jpeg", "dusk", "dusk-z", "fog", "gray", "late", "turned")
    assert hills.styles == names
    files = ["Dusk.jpg", "dusk.jpeg", "DUSK.z", "FOG", "fog.jpeg", "dUSK", "Gray.PNG"]
    for name in [*names, *files]:
        layout = LANDSCAPES / "layouts/river.png"
        picture, message = program(hills.path, layout, "--style", name, "--save-style", tmp_path / "style.z")
        assert picture is not None, message
        assert np.array_equal(hills.read_style(name), hills.read_style(tmp_path / "style.z")), name


def test_what_is_in_the_current_folder_wins(hills):
    hills.write_style("late.z", hills.seed_style(5))
    assert np.array_equal(hills.read_style("late"), hills.seed_style(4))
    assert np.array_equal(hills.read_style("late.z"), hills.seed_style(5))
    os.rename("late.z", "late")
    assert np.array_equal(hills.read_style("late"), hills.seed_style(5))
    # A photo that a path names is the caller's to open.
    Image.open(LANDSCAPES / "styles/fog.png").save("fog.JPEG", "PNG")
    with pytest.raises(errors.NotAStyle, match=r"but a picture; encode\(\) makes a style"):
        hills.read_style("fog.JPEG")


def test_an_unknown_name_is_told_those_there_are(hills, program):
    said = r"^late2: no such file here, and no style beside the model \(did you mean 'late'\?\); there are Dusk, deep,"
    with pytest.raises(FileNotFoundError, match=said) as refusal:
        hills.read_style("late2")
    assert refusal.value.errno == errno.ENOENT and all(name in str(refusal.value) for name in hills.styles)
    with pytest.raises(FileNotFoundError, match="^lava: no such file here, and no style beside the model; there are"):
        hills.read_style("lava")
    hills.write_style("mine.z", hills.seed_style(5))
    with pytest.raises(FileNotFoundError, match=r"\(did you mean 'mine.z'\?\); there are"):
        hills.read_style("mine")
    for path in ["./late", b"late", hills.path.parent / "late"]:
        with pytest.raises(FileNotFoundError, match="No such file or directory"):
            hills.read_style(path)
    with Model(GOLDEN / "style.spade", threads=1) as other, pytest.raises(FileNotFoundError, match="No such file"):
        other.read_style("late")


def test_a_photo_needs_what_encodes_it(folder, hills, monkeypatch):
    (folder / "noise.spade").symlink_to(GOLDEN / "noise.spade")
    with Model(folder / "noise.spade", threads=1) as other, pytest.raises(errors.EncoderMissing):
        other.read_style("dusk")
    load = builtins.__import__

    def without_pillow(name, *rest):
        if name == "PIL":
            raise ImportError("No module named 'PIL'")
        return load(name, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(builtins, "__import__", without_pillow)
        with pytest.raises(ImportError, match=r"styles/dusk.png is a photo, and Pillow, which reads it, is missing \("):
            hills.read_style("dusk")
        assert np.array_equal(hills.read_style("late"), hills.seed_style(4))
    hills.close()
    with pytest.raises(errors.Closed):
        hills.read_style("dusk")
    assert np.array_equal(hills.read_style("late"), hills.seed_style(4))
