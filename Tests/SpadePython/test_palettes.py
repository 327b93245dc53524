"""Palette pictures are read as by spade-run: by ids, or by colours where these are not in the classes' order."""

import warnings

import numpy as np
import pytest
from conftest import LANDSCAPES
from PIL import Image

from spade_runtime import Model, PaletteWarning, errors

FILE = LANDSCAPES / "landscapes.spade"
ORDER = np.random.default_rng(4).permutation(16).astype(np.uint8)
"""Where a drawing program put each class's colour."""


def palette_of(model, kind):
    """The levels of 16 colours."""
    colors = np.array([each.color for each in model.classes], int)
    if kind == "far":
        return 255 - colors
    if kind == "gray":
        return np.repeat(16 * np.arange(16)[:, np.newaxis], 3, axis=1)
    return np.clip(colors + 5, 0, 255) if kind == "close" else colors


def saved(path, indices, colors, **options):
    image = Image.fromarray(np.ascontiguousarray(indices, np.uint8))
    image.putpalette(np.asarray(colors, np.uint8).tobytes())
    image.save(path, **options)
    return path


@pytest.mark.parametrize("size", [(256, 256), (300, 200)])
@pytest.mark.parametrize("kind", ["exact", "close", "far", "gray"])
@pytest.mark.parametrize("is_reordered", [False, True])
def test_a_palette_picture_is_read_as_by_the_program(landscapes, river, program, tmp_path, size, kind, is_reordered):
    indices = np.asarray(Image.fromarray(river).resize(size, Image.Resampling.NEAREST))
    colors = palette_of(landscapes, kind)
    if is_reordered:
        indices, colors = ORDER[indices], colors[np.argsort(ORDER)]
    path = saved(tmp_path / "gimp.png", indices, colors)
    expected, notes = program(FILE, path, "--seed", "7", "--fit", "crop")
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        ids = landscapes.fit_ids(Image.open(path), fit="crop")
    assert np.array_equal(landscapes.paint(ids, seed=7), expected)
    has_moved = is_reordered and kind in ("exact", "close")
    assert [(each.category, each.filename) for each in warned] == [(PaletteWarning, __file__)] * has_moved
    assert ("read by its colours" in notes) == has_moved
    if has_moved:
        assert f"note: {warned[0].message}." in notes.splitlines()
        assert kind != "exact" or np.array_equal(ids, landscapes.fit_ids(river if size == (256, 256) else ids))
    # The values alone are ids, whatever the palette was.
    assert np.array_equal(landscapes.fit_ids(np.asarray(Image.open(path)), fit="crop"), ids) != has_moved


def test_a_few_pixels_of_another_class_do_not_make_a_drawing(landscapes, river, program, tmp_path):
    for count in (1, 40, 200):
        colors = np.array([(1, 2, 3)] * 256)
        colors[:16] = palette_of(landscapes, "close")
        colors[200] = landscapes.classes[3].color
        indices = river.copy()
        indices[:count] = 200
        path = saved(tmp_path / "some.png", indices, colors)
        picture, notes = program(FILE, path)
        if count == 200:
            with pytest.warns(PaletteWarning):
                assert np.array_equal(landscapes.paint(Image.open(path)), picture)
            assert "read by its colours" in notes
        else:
            # Ids that the network does not have.
            assert picture is None
            with pytest.raises(errors.UnknownLabel, match="200 at row 0"):
                landscapes.paint(Image.open(path))


def test_paint_reads_a_palette_picture_too(landscapes, river, tmp_path):
    path = saved(tmp_path / "krita.png", ORDER[river], palette_of(landscapes, "exact")[np.argsort(ORDER)])
    expected = landscapes.paint(river, seed=1)
    with pytest.warns(PaletteWarning, match=f"^the palette of {path} has the classes' colours, but not in") as warned:
        assert np.array_equal(landscapes.paint(Image.open(path), seed=1), expected)
    assert warned[0].filename == __file__
    # What was made of a file has no name.
    with pytest.warns(PaletteWarning, match="^the palette of the map has the classes' colours"):
        landscapes.paint(Image.open(path).crop((0, 0, 256, 256)), seed=1)


def test_transparent_pixels_of_a_palette_are_unknown(landscapes, unknowing, river, program, tmp_path):
    indices = ORDER[river]
    indices[30:90, 40:99] = 200
    path = saved(
        tmp_path / "clear.png",
        indices,
        np.resize(palette_of(landscapes, "exact")[np.argsort(ORDER)], (256, 3)),
        transparency=200,
    )
    with Model(unknowing, threads=2) as model, pytest.warns(PaletteWarning):
        expected, _ = program(unknowing, path, "--seed", "7")
        assert np.array_equal(model.paint(model.fit_ids(Image.open(path)), seed=7), expected)
    assert program(FILE, path)[0] is None
    with pytest.warns(PaletteWarning), pytest.raises(errors.Transparent, match=r"ids_of\(…, fill='sky'\)$"):
        landscapes.fit_ids(Image.open(path))
