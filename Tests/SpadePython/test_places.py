"""Models are found by paths of every form, and by their names."""

import errno
import os
from pathlib import Path

import numpy as np
import pytest
from conftest import LANDSCAPES

from spade_runtime import Model, __version__, errors

FILE = LANDSCAPES / "landscapes.spade"


def test_files_are_named_in_every_form(tmp_path):
    for form in [str, os.fsencode, Path]:
        with Model(form(str(FILE)), threads=np.int64(1)) as model:
            style = model.seed_style(np.int8(7))
            model.write_style(form(str(tmp_path / "seven.z")), style)
            assert np.array_equal(model.read_style(form(str(tmp_path / "seven.z"))), style)
    with pytest.raises(errors.BadMagic, match="river.png: "):
        Model(os.fsencode(LANDSCAPES / "layouts/river.png"))


def test_models_are_found_by_their_names(tmp_path, monkeypatch):
    models = tmp_path / "models"
    (models / "more").mkdir(parents=True)
    (tmp_path / "here").mkdir()
    (models / "more/lake.spade").symlink_to(FILE)
    (models / "hills.spade").write_bytes(b"")
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("SPADE_MODELS", f"/no/where:{models}")
    for name in ["lake", "lake.spade"]:
        with Model(name, threads=1) as model:
            assert model.label_count == 16 and repr(model).startswith(f"Model('{models}/more/lake.spade'")
    with pytest.raises(errors.TooShort, match=f"{models}/hills.spade"):
        Model("hills")
    # What is there wins, but for folders; what is no plain name is a path.
    Path("lake").mkdir()
    with Model("lake", threads=1):
        Path("lake").rmdir()
    Path("lake").write_bytes(b"")
    with pytest.raises(errors.TooShort, match="^lake: "):
        Model("lake")
    for path in ["./lak", Path("lak"), b"lak", f"{models}/lake"]:
        with pytest.raises(FileNotFoundError, match="No such file or directory"):
            Model(path)
    said = r"^lak: no such file here, and no model's name \(did you mean 'lake'\?\); there are .*hills[^']*$"
    with pytest.raises(FileNotFoundError, match=said) as refusal:
        Model("lak")
    assert refusal.value.errno == errno.ENOENT
    monkeypatch.delenv("SPADE_MODELS")
    monkeypatch.setattr("spade_runtime.places.INSTALLED", [str(tmp_path / "none")])
    package = rf"spade-run_{__version__}_(arm|amd)64\.deb or \.tar\.gz of the release"
    said = f"^hills: no such file here, and no models here or in .*; {package} has landscapes$"
    with pytest.raises(FileNotFoundError, match=said):
        Model("hills")
