"""Drawings and maps of other shapes, transparent areas, and maps of other networks are read as by spade-run."""

import warnings

import numpy as np
import pytest
from conftest import GOLDEN, LANDSCAPES
from PIL import Image
from test_drawings import colored

from spade_runtime import Model, ShapeWarning, errors

FILE = LANDSCAPES / "landscapes.spade"
SIZES = [(600, 338), (338, 600), (61, 97), (301, 3), (3, 300), (1, 1), (257, 256), (800, 450)]


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("fit", ["stretch", "crop", "pad"])
def test_a_drawing_is_fitted_as_by_the_program(landscapes, river, program, tmp_path, size, fit):
    drawing = colored(landscapes, river).resize(size, Image.Resampling.NEAREST)
    drawing.save(tmp_path / "drawing.png")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ids = landscapes.ids_of(drawing, fit=fit)
        expected, _ = program(FILE, tmp_path / "drawing.png", "--fit", fit, "--save-map", tmp_path / "map.png")
        assert np.array_equal(ids, np.asarray(Image.open(tmp_path / "map.png")))
        assert ids.dtype == np.uint16 and np.array_equal(landscapes.paint(ids), expected)


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("fit", ["stretch", "crop", "pad"])
def test_a_map_is_fitted_as_by_the_program(landscapes, river, painted, size, fit):
    map = Image.fromarray(river).resize(size, Image.Resampling.NEAREST)
    assert np.array_equal(landscapes.paint(landscapes.fit_ids(map, fit=fit)), painted(FILE, map, "--fit", fit))


@pytest.mark.sweep
@pytest.mark.parametrize("size", SIZES)
def test_a_padded_picture_is_cut_back_as_by_the_program(landscapes, river, painted, size):
    map = Image.fromarray(river).resize(size, Image.Resampling.NEAREST)
    expected = painted(FILE, map, "--fit", "pad", "--crop-back")
    picture = landscapes.paint(landscapes.fit_ids(map, fit="pad"))
    assert np.array_equal(picture[landscapes.kept(map.height, map.width)], expected)


@pytest.mark.sweep
@pytest.mark.parametrize("size", [(7, 9), (91, 40), (40, 91), (1000, 1000), (33, 77)])
@pytest.mark.parametrize("fit", ["stretch", "crop", "pad"])
def test_a_map_for_a_network_of_another_shape_is_fitted_as_by_the_program(painted, tmp_path, size, fit):
    with Model(GOLDEN / "instanceEdges.spade", threads=1) as model:
        ids = np.random.default_rng(5).integers(0, model.label_count, size, np.uint8)
        instances = np.random.default_rng(6).integers(0, 3, size, np.uint8)
        Image.fromarray(instances).save(tmp_path / "instances.png")
        options = ["--fit", fit, "--instances", tmp_path / "instances.png"]
        expected = painted(GOLDEN / "instanceEdges.spade", ids, *options)
        objects = model.fit_ids(instances, fit=fit)
        edges = np.zeros(objects.shape, bool)
        for axis in (0, 1):
            differ = np.diff(objects, axis=axis) != 0
            # A border is on both of its sides.
            for pad in [(0, 1), (1, 0)]:
                edges |= np.pad(differ, [pad if each == axis else (0, 0) for each in (0, 1)])
        fitted = model.fit_ids(ids, fit=fit)
        assert fitted.dtype == np.uint8 and np.array_equal(model.paint(fitted, edges=edges), expected)


def test_a_squeezed_shape_is_said(landscapes, river, program, tmp_path):
    drawing = colored(landscapes, river).resize((800, 450), Image.Resampling.NEAREST)
    with pytest.warns(ShapeWarning, match=r'the drawing is 800 by 450 pixels .* 256 by 256; fit="crop" or') as warned:
        ids = landscapes.ids_of(drawing)
    assert [each.filename for each in warned] == [__file__]
    drawing.save(tmp_path / "drawing.png")
    assert "is 800 by 450 pixels and is squeezed to 256 by 256;" in program(FILE, tmp_path / "drawing.png")[1]
    assert np.array_equal(ids, landscapes.ids_of(drawing, fit="stretch"))
    with pytest.warns(ShapeWarning, match="the map is 40 by 30 pixels") as warned:
        landscapes.fit_ids(np.zeros((30, 40), int))
    assert [each.filename for each in warned] == [__file__]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        landscapes.ids_of(drawing.resize((512, 510), Image.Resampling.NEAREST))


@pytest.mark.parametrize("fill", ["sky", 0, "water", np.uint8(11)])
def test_transparent_pixels_are_filled_as_by_the_program(landscapes, river, program, tmp_path, fill):
    pixels = np.array(colored(landscapes, river).resize((400, 300), Image.Resampling.NEAREST).convert("RGBA"))
    pixels[50:250, 20:320, 3] = 0
    Image.fromarray(pixels).save(tmp_path / "drawing.png")
    with pytest.raises(errors.Transparent, match="x 20, y 50 .* or the class that they are, .* fill='sky'"):
        landscapes.ids_of(pixels, fit="pad")
    ids = landscapes.ids_of(pixels, fit="pad", fill=fill)
    assert ids[128, 128] == (fill if not isinstance(fill, str) else landscapes.label(fill))
    expected, _ = program(FILE, tmp_path / "drawing.png", "--fit", "pad", "--fill", str(fill))
    assert np.array_equal(landscapes.paint(ids), expected)


def test_nothing_is_padded_to_more_than_the_network_sees(landscapes):
    """A line as long as a side may be would become a square of 2**48 pixels."""
    line = np.zeros((1, 1 << 24), np.uint8)
    line[0, 1 << 23 :] = 3
    ids = landscapes.fit_ids(line, fit="pad")
    assert (ids[:, :128] == 0).all() and (ids[:, 128:] == 3).all()
    # No row of the network's is so near.
    rows, columns = landscapes.kept(1, 1 << 24)
    assert columns == slice(0, 256) and rows.stop - rows.start <= 1


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda model, drawing: model.ids_of(drawing, fit="squeeze"), ValueError, "fit is 'squeeze'; give \"stretch\""),
        (lambda model, drawing: model.fit_ids(drawing), ValueError, r"shape \(9, 9, 3\).*ids_of\(\) reads drawings"),
        (lambda model, _: model.fit_ids(np.zeros((3, 0), int)), errors.BadSide, r"shape \(3, 0\); give sides of 1"),
        (lambda model, _: model.fit_ids(np.zeros((3, 3))), TypeError, "type float64, and whole numbers"),
        (lambda model, drawing: model.ids_of(drawing, fill=16), errors.UnknownLabel, "fill is 16; .* 0 to 15"),
        (lambda model, drawing: model.ids_of(drawing, fill=-1), errors.UnknownLabel, "fill is -1"),
        (lambda model, drawing: model.ids_of(drawing, fill=1.0), TypeError, "fill is 1.0, and a whole number"),
        (lambda model, drawing: model.ids_of(drawing, fill="lava"), KeyError, "no class 'lava'"),
        (lambda model, _: model.kept(0, 9), errors.BadSide, "0 and 9"),
        (lambda model, _: model.kept(1.5, 9), TypeError, "height is 1.5"),
    ],
)
def test_what_cannot_be_fitted_is_refused(landscapes, call, error, message):
    drawing = np.full((9, 9, 3), landscapes.classes[0].color, np.uint8)
    with pytest.raises(error, match=message):
        call(landscapes, drawing)


def test_maps_of_other_networks_are_read_as_readme_says(landscapes, river, program, tmp_path):
    """By a table, as --relabel; by the red byte, as --palette gaugan, where no edge is smoothed."""
    coco = np.array([156, 105, 7, 123, 44, 200, 99, 168, 169, 149, 153, 177, 148, 96, 118, 124], np.uint8)
    large = river.repeat(4, 0).repeat(4, 1)
    (tmp_path / "coco.txt").write_text("".join(f"{id} {each.name}\n" for id, each in zip(coco, landscapes.classes)))
    Image.fromarray(coco[river]).save(tmp_path / "coco.png")
    colors = np.stack([coco[large], 255 - coco[large], coco[large] // 2], axis=2)
    Image.fromarray(colors).save(tmp_path / "gaugan.png")
    table = np.full(256, 65535, np.uint16)
    for line in (tmp_path / "coco.txt").read_text().splitlines():
        id, name = line.split(maxsplit=1)
        table[int(id)] = landscapes.label(name)
    picture = landscapes.paint(table[np.asarray(Image.open(tmp_path / "coco.png"))])
    expected, _ = program(FILE, tmp_path / "coco.png", "--relabel", tmp_path / "coco.txt")
    assert np.array_equal(picture, expected) and np.array_equal(picture, landscapes.paint(river))
    red = np.asarray(Image.open(tmp_path / "gaugan.png").convert("RGB"))[:, :, 0]
    options = ["--palette", "gaugan", "--relabel", tmp_path / "coco.txt"]
    expected, _ = program(FILE, tmp_path / "gaugan.png", *options)
    assert np.array_equal(landscapes.paint(landscapes.fit_ids(table[red])), expected)


def test_colours_of_ones_own_are_read_as_readme_says(landscapes, river, program, tmp_path):
    pixels = np.array(colored(landscapes, river.repeat(2, 0).repeat(2, 1)))
    pixels[river.repeat(2, 0).repeat(2, 1) == landscapes.label("water")] = 0x33, 0x55, 0xFF
    Image.fromarray(pixels).save(tmp_path / "drawing.png")
    (tmp_path / "own.txt").write_text("#3355ff water\n")
    expected, _ = program(FILE, tmp_path / "drawing.png", "--relabel", tmp_path / "own.txt")
    pixels[(pixels == (0x33, 0x55, 0xFF)).all(axis=2)] = landscapes.classes[landscapes.label("water")].color
    assert np.array_equal(landscapes.paint(landscapes.ids_of(pixels)), expected)
