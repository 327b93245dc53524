"""What a model says of itself, and what it refuses."""

import copy
import pickle
import re
import warnings

import numpy as np
import pytest
from conftest import GOLDEN, LANDSCAPES, ROOT
from PIL import Image

from spade_runtime import Class, Model, SpadeError, __version__, errors
from spade_runtime.status import check

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


@pytest.mark.parametrize(
    ("name", "guess"),
    [("Sky", "sky"), ("sun", "sun or moon"), ("wter", "water"), ("TREE", "trees"), ("lava", None), ("", None)],
)
def test_a_class_of_a_name_almost_right_is_guessed(landscapes, name, guess):
    with pytest.raises(KeyError) as refusal:
        landscapes.label(name)
    assert isinstance(refusal.value, errors.UnknownClass) and isinstance(refusal.value, SpadeError)
    meant = f", did you mean {guess!r}?" if guess else ""
    assert str(refusal.value).startswith(f"there is no class {name!r}{meant}; there are sky, clouds, sun or moon,")
    assert str(refusal.value).endswith("flowers and field")
    with pytest.raises(TypeError, match="name is 3"):
        landscapes.label(3)


def test_every_status_has_an_error_of_its_name():
    statuses, number = {}, 0
    enumeration = HEADER[HEADER.index("typedef enum") : HEADER.index("} spade_status")]
    for name, value in re.findall(r"^  SPADE_(\w+)(?: = (\d+))?,?$", enumeration, re.MULTILINE):
        number = int(value) if value else number + 1
        statuses["".join(word.capitalize() for word in name.split("_"))] = number
    del statuses["Ok"]
    assert len(statuses) > 30
    found = {name: getattr(errors, name) for name in errors.__all__}
    assert [name for name in vars(errors) if not name.startswith("_") and name not in found] == ["annotations"]
    assert all(issubclass(error, SpadeError) and error.__name__ == name for name, error in found.items())
    others = {name for name, error in found.items() if "status" not in vars(error) or error.status == 0}
    assert others == {"SpadeError", "BadModel", "Closed", "InternalError", "UnknownClass"}
    assert {name: error.status for name, error in found.items() if name not in others} == statuses


def test_errors_are_described_without_names_of_c():
    assert [name for name in errors.__all__ if re.search(r"spade_\w+\(|NULL", getattr(errors, name).__doc__)] == []


def test_one_class_catches_every_bad_model_file(tmp_path):
    opening = HEADER[HEADER.index("  // spade_open()") : HEADER.index("  // spade_start()")]
    names = {"".join(word.capitalize() for word in name.split("_")) for name in re.findall(r"SPADE_(\w+)", opening)}
    assert {error.__name__ for error in errors.BadModel.__subclasses__()} == names - {"MisalignedFile"}
    (tmp_path / "none.spade").write_bytes(b"no model")
    with pytest.raises(errors.BadModel, match="none.spade: the file is shorter"):
        Model(tmp_path / "none.spade")


def test_a_fault_of_the_package_is_told_from_one_of_the_caller():
    assert {error.__name__ for error in errors.InternalError.__subclasses__()} == {
        *["NotOpen", "NullArgument", "MisalignedFile", "ArenaTooSmall", "ArenaMisaligned", "StyleMissing", "BadSize"]
    }
    for name, value in [("NullArgument", 1), ("BadMagic", 17), ("StyleMissing", 83), ("Transparent", 115)]:
        with pytest.raises(getattr(errors, name)) as raised:
            check(value)
        assert type(raised.value) is getattr(errors, name) and len(str(raised.value)) > 10
    with pytest.raises(SpadeError):
        check(4711)
    check(0)


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
    for threads in [2.5, True, "2"]:
        with pytest.raises(TypeError, match=f"threads is {threads!r}"):
            Model(FILE, threads=threads)


def test_bad_styles_are_refused(landscapes, tmp_path):
    (tmp_path / "none.z").write_bytes(b"no style")
    with pytest.raises(errors.NotAStyle, match="none.z: the bytes are not a saved style$"):
        landscapes.read_style(tmp_path / "none.z")
    with pytest.raises(errors.NotAStyle, match=r"night.png: the bytes .*, but a picture; encode\(\) makes"):
        landscapes.read_style(LANDSCAPES / "styles/night.png")
    np.save(tmp_path / "z.npy", np.zeros(32, np.float32))
    with pytest.raises(errors.NotAStyle, match=r"z.npy: the bytes .*, but an array; numpy.load\(\) reads it"):
        landscapes.read_style(tmp_path / "z.npy")
    for value, kind, said in [
        (np.inf, np.float32, "inf at index 3, and 2 such"),
        (1e300, float, r"1e\+300 at index 3, which is beyond float32, and"),
        (np.nan, float, "nan at index 3, and"),
        (-np.inf, np.float16, "-inf at index 3, and"),
    ]:
        style = np.zeros(32, kind)
        style[3] = style[9] = value
        for call in [landscapes.paint, lambda _, style: landscapes.write_style(tmp_path / "infinite.z", style)]:
            with warnings.catch_warnings(), pytest.raises(errors.StyleNotFinite, match=f"style has {said}"):
                warnings.simplefilter("error")
                call(np.zeros((256, 256), int), style=style)
    assert not (tmp_path / "infinite.z").exists()
    with Model(GOLDEN / "instanceEdges.spade") as other, pytest.raises(errors.EncoderMissing):
        other.encode(np.zeros((256, 256, 3), np.uint8))


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"ids": np.zeros((256, 255), int)}, ValueError, r"shape .* fit_ids\(\) resizes maps by nearest neighbour"),
        ({"ids": np.zeros((0, 255), int)}, ValueError, "needed$"),
        ({"ids": np.zeros((256, 256), float)}, TypeError, "type float64, and whole numbers"),
        ({"ids": np.zeros((256, 256), bool)}, TypeError, "type bool, and whole numbers"),
        ({"ids": np.ma.masked_equal(np.eye(256, dtype=int), 1)}, ValueError, r"masked.*ids.filled\(0\)"),
        ({"ids": "river.png"}, TypeError, "ids is a str, .*PIL.Image.open"),
        ({"ids": None}, TypeError, "ids is None"),
        ({"edges": np.zeros((256, 256), bool)}, errors.EdgesUnexpected, "no instance borders; leave edges out$"),
        ({"style": np.zeros(31)}, ValueError, r"shape \(31,\), and \(32,\) is needed$"),
        ({"instances": np.zeros((256, 256), int)}, errors.EdgesUnexpected, "no instance borders; leave instances out$"),
        ({"style": np.zeros((4, 4, 3), np.uint8)}, ValueError, r"shape .* encode\(\) makes a style of a photo$"),
        ({"style": np.zeros(32, complex)}, TypeError, "type complex128, and real numbers"),
        ({"style": ["a"] * 32}, TypeError, "type <U1, and real numbers"),
        ({"style": "dusk.z"}, TypeError, r"style is a str, .*read_style\(\) reads a file"),
        ({"style": "sunset"}, TypeError, r"style is a str, .*read_style\(\) reads a file"),
        ({"style": FILE}, TypeError, r"style is a PosixPath, .*read_style\(\) reads a file"),
        ({"style": np.ma.masked_less(np.arange(32), 2)}, ValueError, "masked"),
        ({"style": np.zeros(32), "seed": 1}, ValueError, "not both"),
        ({"seed": -1}, ValueError, "seed is -1"),
        ({"seed": True}, TypeError, "seed is True"),
        ({"out": np.zeros((256, 256, 3), np.int8)}, TypeError, "out has type int8"),
        ({"out": [1]}, TypeError, "out is a list"),
        ({"out": np.zeros((256, 256, 6), np.uint8)[:, :, ::2]}, ValueError, "out is not"),
    ],
)
def test_wrong_arguments_are_refused(landscapes, river, arguments, error, message):
    with pytest.raises(error, match=message) as refusal:
        landscapes.paint(**{"ids": river, **arguments})
    assert isinstance(refusal.value, (ValueError, TypeError))


@pytest.mark.parametrize(
    ("photo", "error", "message"),
    [
        ("dusk.jpg", TypeError, "photo is a str, .*PIL.Image.open"),
        (np.zeros((9, 9), np.uint8), ValueError, r'shape \(9, 9\).*convert\("RGB"\)'),
        (np.zeros((9, 9, 4), np.uint8), ValueError, r'shape \(9, 9, 4\).*convert\("RGB"\)'),
        (np.zeros((9, 9, 3)), TypeError, "type float64, and uint8"),
        (np.zeros((9, 0, 3), np.uint8), errors.BadSide, "1 to 16777216"),
    ],
)
def test_what_is_no_photo_is_refused(landscapes, photo, error, message):
    with pytest.raises(error, match=message):
        landscapes.encode(photo)


def test_a_style_is_needed_to_write_one(landscapes, tmp_path):
    with pytest.raises(TypeError, match="style is None"):
        landscapes.write_style(tmp_path / "none.z", None)
    assert not (tmp_path / "none.z").exists()


def test_errors_about_arguments_are_value_errors():
    for error in [errors.UnknownLabel, errors.BadThreadCount, errors.StyleNotFinite, errors.NoDrawing, errors.BadSide]:
        assert issubclass(error, ValueError) and issubclass(error, SpadeError)
    assert not issubclass(errors.SectionChecksum, ValueError)


def test_a_model_is_not_changed_from_outside(landscapes):
    facts = ["path", "width", "height", "classes", "label_count", "style_count", "styles"]
    for name in [*facts, "threads", "seconds", "arena", "kernels"]:
        with pytest.raises(AttributeError):
            setattr(landscapes, name, 7)
    with pytest.raises(AttributeError):
        landscapes.thread = 7
    with pytest.raises(TypeError, match="open the file again"):
        copy.copy(landscapes)
    with pytest.raises(TypeError, match="open the file again"):
        pickle.dumps(landscapes)


def test_nobody_writes_into_the_arena(landscapes, river):
    arena = landscapes.arena
    with pytest.raises(ValueError, match="read-only"):
        arena[:] = 255
    with pytest.raises(ValueError, match="WRITEABLE"):
        arena.flags.writeable = True
    inside = np.frombuffer(arena.base.obj, np.uint8)
    assert np.shares_memory(inside, arena)
    for arguments in [
        {"ids": inside[: 2 * 65536].view(np.uint16).reshape(256, 256)},
        {"style": inside[:128].view(np.float32)},
        {"out": inside[-3 * 65536 :].reshape(256, 256, 3)},
    ]:
        with pytest.raises(ValueError, match="lies in the model's arena"):
            landscapes.paint(**{"ids": river, **arguments})


def test_a_picture_may_lie_over_its_map(landscapes, river):
    """The library reads ids that nobody can change, whatever becomes of the array."""
    memory = np.zeros((256, 256, 3), np.uint8)
    ids = memory.reshape(-1)[: 2 * 65536].view(np.uint16).reshape(256, 256)
    ids[:] = river
    assert np.array_equal(landscapes.paint(ids, seed=1, out=memory), landscapes.paint(river, seed=1))


@pytest.mark.parametrize("label", [16, -1, 65535, 1 << 40])
def test_ids_of_no_class_are_refused(landscapes, river, label):
    ids = river.astype(np.int64)
    ids[9, 7:9] = label
    with pytest.raises(
        errors.UnknownLabel, match=f"{label} at row 9, column 7, and 2 such pixels.* 0 to 15, and no id"
    ):
        landscapes.paint(ids)
    ids[9, 8] = 0
    with pytest.raises(errors.UnknownLabel, match=f"{label} at row 9, column 7; the network has 0 to 15"):
        landscapes.paint(ids)


def test_one_value_that_is_not_finite_is_all_there_is(landscapes, river):
    with pytest.raises(errors.StyleNotFinite, match="^style has nan at index 4; finite numbers are needed$"):
        landscapes.paint(river, style=np.where(np.arange(32) == 4, np.nan, 0))


def test_ids_that_became_gray_are_told(landscapes):
    layout = Image.open(LANDSCAPES / "layouts/river.png")
    with pytest.raises(errors.UnknownLabel, match=r'colours in gray, as convert\("L"\) .* ids_of\(\)$'):
        landscapes.paint(layout.convert("L"))
    with pytest.raises(errors.UnknownLabel, match="for unknown pixels$"):
        landscapes.paint(np.asarray(layout.convert("L")) // 2)


@pytest.mark.parametrize(("value", "meant"), [(7, "seed=7"), (np.int64(7), "seed=7"), (np.zeros(32), "style=…")])
def test_what_has_no_name_is_told_its_name(landscapes, river, value, meant):
    with pytest.raises(TypeError, match=f"nothing but the map without a name; say {meant}$"):
        landscapes.paint(river, value)


def test_a_number_of_threads_is_told_its_name():
    with pytest.raises(TypeError, match="nothing but the file without a name; say threads=2$"):
        Model(FILE, 2)


def test_a_seed_is_a_whole_number(landscapes, river):
    with pytest.raises(TypeError, match="seed is '7'"):
        landscapes.paint(river, seed="7")
    assert (landscapes.paint(river, seed=np.uint8(7)) == landscapes.paint(river, seed=7)).all()
