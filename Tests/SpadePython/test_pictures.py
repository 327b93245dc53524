"""Pictures and styles are those of spade-run, byte for byte."""

import warnings

import numpy as np
import pytest
from conftest import LANDSCAPES
from PIL import Image, ImageOps

from spade_runtime import Model, OrientationWarning

FILE = LANDSCAPES / "landscapes.spade"


@pytest.mark.parametrize("layout", ["river", "village"])
def test_a_layout_is_painted_as_by_the_program(landscapes, painted, layout):
    ids = np.asarray(Image.open(LANDSCAPES / "layouts" / f"{layout}.png"))
    assert np.array_equal(landscapes.paint(ids, seed=7), painted(FILE, ids, "--seed", "7"))


def test_without_a_style_it_is_seed_0(landscapes, painted, river):
    assert np.array_equal(landscapes.paint(river), painted(FILE, river))
    assert np.array_equal(landscapes.paint(river), landscapes.paint(river, style=landscapes.seed_style(0)))


def test_a_photos_style_is_that_of_the_program(landscapes, painted, river, tmp_path):
    photo = LANDSCAPES / "styles/sunset.png"
    picture = painted(FILE, river, "--style", photo, "--save-style", tmp_path / "program.z")
    style = landscapes.encode(np.asarray(Image.open(photo)))
    assert style.dtype == np.float32 and style.shape == (landscapes.style_count,)
    assert np.array_equal(landscapes.paint(river, style=style), picture)
    assert np.array_equal(landscapes.read_style(tmp_path / "program.z"), style)
    landscapes.write_style(tmp_path / "ours.z", style)
    assert (tmp_path / "ours.z").read_bytes() == (tmp_path / "program.z").read_bytes()


@pytest.mark.sweep
@pytest.mark.parametrize("size", [(256, 256), (640, 427), (97, 300), (1, 1), (4000, 3000)])
def test_a_photo_of_any_size_is_stretched_as_by_the_program(landscapes, program, river, tmp_path, size):
    photo = Image.open(LANDSCAPES / "styles/sunset.png").convert("RGB").resize(size, Image.Resampling.BICUBIC)
    photo.save(tmp_path / "photo.png")
    program(FILE, LANDSCAPES / "layouts/river.png", "--style", tmp_path / "photo.png", "--save-style", tmp_path / "a.z")
    assert np.array_equal(landscapes.read_style(tmp_path / "a.z"), landscapes.encode(photo))
    strided = np.asarray(photo)[::-1][::-1]
    assert np.array_equal(landscapes.encode(photo), landscapes.encode(strided))


def test_a_photo_on_its_side_is_turned_by_the_caller(landscapes, program, river, tmp_path):
    photo = Image.open(LANDSCAPES / "styles/night.png").convert("RGB").resize((300, 200))
    exif = Image.Exif()
    exif[0x0112] = 6
    photo.save(tmp_path / "photo.jpg", exif=exif)
    program(FILE, LANDSCAPES / "layouts/river.png", "--style", tmp_path / "photo.jpg", "--save-style", tmp_path / "a.z")
    opened = Image.open(tmp_path / "photo.jpg")
    expected = landscapes.read_style(tmp_path / "a.z")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.array_equal(landscapes.encode(ImageOps.exif_transpose(opened)), expected)
        landscapes.encode(np.asarray(opened))
    for image in [opened, opened.convert("RGB")]:
        with pytest.warns(OrientationWarning, match=r"\(orientation 6\) .*exif_transpose\(photo\)") as warned:
            assert not np.array_equal(landscapes.encode(image), expected)
        assert warned[0].filename == __file__


def test_every_number_of_threads_and_type_of_ids_gives_the_same_picture(river):
    pictures = []
    for threads, kind in [(1, np.uint8), (2, np.uint16), (4, np.int64), (64, np.int8)]:
        with Model(FILE, threads=threads) as model:
            pictures.append(model.paint(river.astype(kind), seed=3).tobytes())
    assert len(set(pictures)) == 1


def test_a_picture_can_go_into_an_array_that_is_there(landscapes, river):
    out = np.zeros((256, 256, 3), np.uint8)
    assert landscapes.paint(river, seed=5, out=out) is out
    assert np.array_equal(out, landscapes.paint(river, seed=5))
