"""Drawings are read as by spade-run, and refused in its words."""

import warnings

import numpy as np
import pytest
from conftest import GOLDEN, LANDSCAPES
from PIL import Image, ImageFilter

from spade_runtime import DrawingWarning, Model, SpadeError, errors

FILE = LANDSCAPES / "landscapes.spade"


def colored(model, ids):
    """A map in the classes' colours."""
    return Image.fromarray(np.array([each.color for each in model.classes], np.uint8)[ids])


def same_fault(message, sentence):
    """Whether the program's sentence says the same is wrong; what to do about it is another thing there."""
    fault, advice = str(sentence).rsplit("; give ", 1)
    fault, is_no_drawing, _ = fault.partition(" are near none of them")
    if is_no_drawing:
        return message.startswith(f"spade-run: {fault}{is_no_drawing}; ")
    return message.strip().startswith(f"spade-run: {fault}; give {advice.split(', or')[0]}")


@pytest.mark.sweep
@pytest.mark.parametrize("size", [(256, 256), (97, 61), (640, 427), (1, 1), (300, 3)])
@pytest.mark.parametrize("kind", ["flat", "smoothed", "soft", "noisy", "half transparent", "jpeg"])
def test_a_drawing_is_read_as_by_the_program(landscapes, river, program, tmp_path, size, kind):
    drawing = colored(landscapes, river).resize(size, Image.Resampling.NEAREST)
    path = tmp_path / "drawing.png"
    if kind == "smoothed":
        drawing = colored(landscapes, river[::8, ::8]).resize(size, Image.Resampling.BICUBIC)
    elif kind == "soft":
        drawing = drawing.filter(ImageFilter.BoxBlur(4)).filter(ImageFilter.BoxBlur(4))
    elif kind == "noisy":
        levels = np.asarray(drawing, int) + np.random.default_rng(3).integers(-10, 11, (size[1], size[0], 3))
        drawing = Image.fromarray(np.clip(levels, 0, 255).astype(np.uint8))
    elif kind == "half transparent":
        drawing.putalpha(1)
    if kind == "jpeg":
        path = tmp_path / "drawing.jpg"
        drawing.save(path, quality=60)
    else:
        drawing.save(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DrawingWarning)
        expected, message = program(FILE, path, "--seed", "7")
        if expected is None:
            with pytest.raises(errors.NoDrawing) as refusal:
                landscapes.ids_of(Image.open(path), fit="stretch")
            assert same_fault(message, str(refusal.value).replace("the picture", str(path)))
            return
        ids = landscapes.ids_of(Image.open(path), fit="stretch")
    assert ids.dtype == np.uint16 and ids.shape == (256, 256)
    assert np.array_equal(landscapes.paint(ids, seed=7), expected)


def test_what_is_transparent_is_unknown(unknowing, river, program, tmp_path):
    with Model(unknowing, threads=2) as model:
        assert model.unknown_label == 15
        drawing = colored(model, river).resize((200, 300), Image.Resampling.NEAREST).convert("RGBA")
        pixels = np.array(drawing)
        pixels[50:150, 20:120, 3] = 0
        Image.fromarray(pixels).save(tmp_path / "drawing.png")
        ids = model.ids_of(pixels, fit="stretch")
        assert np.count_nonzero(ids == 15) > 10_000
        expected, _ = program(unknowing, tmp_path / "drawing.png", "--seed", "7")
        assert np.array_equal(model.paint(ids, seed=7), expected)


def test_the_refusals_are_the_programs(landscapes, program, tmp_path):
    noise = np.random.default_rng(1).integers(0, 255, (50, 60, 3)).astype(np.uint8)
    areas = np.zeros((60, 50, 3), np.uint8)
    for index in range(7):
        areas[index * index :] = 40 * index, 255, 255 - 30 * index
    areas[:2] = noise[:2, :50]
    clear = np.full((9, 9, 4), 255, np.uint8)
    clear[:, :, :3], clear[3, 5, 3] = landscapes.classes[0].color, 0
    for pixels, error in [(noise, "NoDrawing"), (areas, "NoDrawing"), (clear, "Transparent")]:
        Image.fromarray(pixels).save(tmp_path / "drawing.png")
        with pytest.raises(getattr(errors, error)) as refusal:
            landscapes.ids_of(pixels)
        assert isinstance(refusal.value, ValueError) and isinstance(refusal.value, SpadeError)
        sentence = str(refusal.value).replace("the picture", "the drawing", 1)
        sentence = sentence.replace("the drawing", str(tmp_path / "drawing.png"), 1)
        assert same_fault(program(FILE, tmp_path / "drawing.png")[1], sentence)
        assert ("a photo is a style: paint(…, style=encode(photo))" in sentence) == (error == "NoDrawing")
    with Model(GOLDEN / "style.spade") as other, pytest.raises(errors.NoColors, match="have no colours"):
        other.ids_of(noise)


def test_areas_in_a_colour_of_no_class_are_said(landscapes, program, tmp_path):
    pixels = np.full((256, 256, 3), landscapes.classes[0].color, np.uint8)
    pixels[:60, :100], pixels[100:, :20] = (255, 0, 255), (0, 0, 0)
    Image.fromarray(pixels).save(tmp_path / "drawing.png")
    with pytest.warns(DrawingWarning) as warned:
        landscapes.ids_of(pixels)
    # The program's notes are of many drawings, so it names the drawing, and says once which colours there are.
    found, colors = str(warned[0].message).rsplit("; ", 1)
    notes = program(FILE, tmp_path / "drawing.png")[1].splitlines()
    assert f"note: colours of {tmp_path / 'drawing.png'} near no class's: {found}." in notes
    assert f"note: {colors}." in notes
    assert "#ff00ff, 9 % of the pixels, read as flowers; #000000, 5 %" in str(warned[0].message)
    assert warned[0].filename == __file__


def test_swapped_red_and_blue_are_told(landscapes, river):
    pixels = np.asarray(colored(landscapes, river))
    with pytest.raises(errors.NoDrawing, match=r"near none.*; red and blue are swapped.*; give drawing\[:, :, ::-1\]$"):
        landscapes.ids_of(pixels[:, :, ::-1])
    clear = np.asarray(colored(landscapes, river).convert("RGBA"))[:, :, [2, 1, 0, 3]]
    with pytest.raises(errors.NoDrawing, match=r"give drawing\[:, :, \[2, 1, 0, 3\]\]$"):
        landscapes.ids_of(clear)
    assert np.array_equal(landscapes.ids_of(clear[:, :, [2, 1, 0, 3]]), river)
    # Gray enough to be a drawing as it is, but for a fifth.
    ids = np.full((256, 256), landscapes.label("clouds"))
    ids[200:] = landscapes.label("water")
    with pytest.warns(DrawingWarning, match=r"read as .*; red and blue are swapped.*; give drawing\[:, :, ::-1\]$"):
        landscapes.ids_of(np.asarray(colored(landscapes, ids))[:, :, ::-1])


@pytest.mark.parametrize(
    ("drawing", "error", "message"),
    [
        (np.zeros((5, 5), np.uint8), ValueError, r'shape \(5, 5\).*convert\("RGBA"\)'),
        (np.zeros((5, 5, 2), np.uint8), ValueError, "shape"),
        (np.zeros((0, 5, 3), np.uint8), errors.BadSide, "1 to 16777216"),
        (np.zeros((5, 5, 3), float), TypeError, "type float64, and uint8"),
        ("drawing.png", TypeError, "is a str.*PIL.Image.open"),
        (None, TypeError, "is None"),
    ],
)
def test_other_arrays_are_refused(landscapes, drawing, error, message):
    with pytest.raises(error, match=message):
        landscapes.ids_of(drawing)


def test_paint_names_what_reads_a_drawing(landscapes, river):
    with pytest.raises(ValueError, match=r"shape \(256, 256, 3\).*ids_of\(\) reads drawings; a photo is a style"):
        landscapes.paint(np.asarray(colored(landscapes, river)))
