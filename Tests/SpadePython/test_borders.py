"""Borders of instances are those that spade-run finds, and what is no border is refused."""

import numpy as np
import pytest
from conftest import GOLDEN
from PIL import Image

from spade_runtime import Model, errors

FILE = GOLDEN / "instanceEdges.spade"
SHAPE = (64, 128)


@pytest.fixture
def bordered():
    with Model(FILE, threads=1) as model:
        assert model.has_edges and model.style_count == 0 and (model.height, model.width) == SHAPE
        yield model


@pytest.fixture
def ids(bordered):
    return np.add.outer(np.arange(SHAPE[0]) // 9, np.arange(SHAPE[1]) // 7) % bordered.label_count


@pytest.fixture
def objects():
    """Areas of all forms, one of a single pixel, with ids that need 16 bits."""
    objects = np.add.outer(np.arange(SHAPE[0]) // 20 * 1000, np.arange(SHAPE[1]) // 50).astype(np.uint16)
    objects[5, 7] = objects[-1, -1] = 26002
    objects[30:40, 60:70] = 7
    return objects


def test_borders_lie_on_both_sides(bordered, ids, painted, tmp_path):
    instances = np.zeros(SHAPE, np.uint8)
    instances[:, 64:] = 9
    instances[20, 30] = 5
    edges = np.zeros(SHAPE, bool)
    edges[:, 63:65] = True
    edges[19:22, 30] = edges[20, 29:32] = True
    Image.fromarray(instances).save(tmp_path / "instances.png")
    expected = painted(FILE, ids, "--instances", tmp_path / "instances.png")
    for given in [{"instances": instances}, {"edges": edges}, {"edges": 1 * edges}, {"edges": np.uint8(255) * edges}]:
        assert np.array_equal(bordered.paint(ids, **given), expected)
    assert not np.array_equal(bordered.paint(ids, edges=np.zeros(SHAPE, int)), expected)


@pytest.mark.parametrize("kind", [np.uint16, np.int32, np.uint64, np.int64])
def test_an_instance_map_is_read_as_by_the_program(bordered, ids, objects, painted, tmp_path, kind):
    Image.fromarray(objects).save(tmp_path / "instances.png")
    expected = painted(FILE, ids, "--instances", tmp_path / "instances.png")
    assert np.array_equal(bordered.paint(ids, instances=objects.astype(kind)), expected)
    assert np.array_equal(bordered.paint(ids, instances=Image.open(tmp_path / "instances.png")), expected)


@pytest.mark.parametrize("fit", ["stretch", "crop", "pad"])
def test_an_instance_map_of_another_size_is_fitted_as_by_the_program(bordered, objects, painted, tmp_path, fit):
    large = np.kron(objects, np.ones((3, 2), np.uint16))
    labels = large % bordered.label_count
    Image.fromarray(large).save(tmp_path / "instances.png")
    expected = painted(FILE, labels, "--instances", tmp_path / "instances.png", "--fit", fit)
    found = bordered.paint(bordered.fit_ids(labels, fit=fit), instances=bordered.fit_ids(large, fit=fit))
    assert np.array_equal(found, expected)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({}, errors.EdgesMissing, "needs instance borders; give instances=, a map .*, or edges=, true where"),
        ({"instances": np.zeros(SHAPE, int), "edges": np.zeros(SHAPE, bool)}, ValueError, "instances or edges, not"),
        ({"instances": np.zeros((64, 64), int)}, ValueError, r"shape \(64, 64\), .* needed; fit_ids\(\) resizes maps"),
        ({"instances": np.zeros((*SHAPE, 3), np.uint8)}, ValueError, "shape .* needed: an instance map has a number"),
        ({"instances": np.zeros(SHAPE)}, TypeError, "instances has type float64, and whole numbers are needed$"),
        ({"instances": np.zeros(SHAPE, bool)}, TypeError, "instances has type bool, .* goes into edges=$"),
        ({"instances": "objects.png"}, TypeError, "instances is a str, .*PIL.Image.open"),
        ({"instances": np.ma.masked_equal(np.eye(*SHAPE, dtype=int), 1)}, ValueError, r"instances.filled\(0\)"),
        ({"edges": np.zeros(SHAPE)}, TypeError, "edges has type float64"),
        ({"edges": np.zeros((64, 1), bool)}, ValueError, "edges has shape"),
        ({"edges": np.eye(*SHAPE, dtype=int) * 2}, ValueError, r"from 0 to 2, .* goes into instances=$"),
        ({"edges": np.eye(*SHAPE, dtype=int) - 1}, ValueError, r"from -1 to 0, .* goes into instances=$"),
        ({"edges": np.arange(64 * 128).reshape(SHAPE) % 256}, ValueError, r"from 0 to 255, .* into instances=$"),
        ({"edges": np.full(SHAPE, 26001, np.uint16)}, ValueError, r"from 26001 to 26001, .* into instances=$"),
    ],
)
def test_what_is_no_border_is_refused(bordered, ids, given, error, message):
    with pytest.raises(error, match=message) as refusal:
        bordered.paint(ids, **given)
    assert isinstance(refusal.value, (ValueError, TypeError))


def test_a_network_without_a_style_refuses_a_seed(bordered, ids, objects):
    with pytest.raises(ValueError, match="the network has no style, so a seed changes nothing"):
        bordered.paint(ids, instances=objects, seed=0)


def test_an_instance_map_does_not_lie_in_the_arena(bordered, ids):
    inside = np.frombuffer(bordered.arena.base.obj, np.uint8)[: 64 * 128].reshape(SHAPE)
    with pytest.raises(ValueError, match="instances lies in the model's arena"):
        bordered.paint(ids, instances=inside)
