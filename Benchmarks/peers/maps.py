"""Label maps: from a folder of any size to the network's own ids and size, and to its input, noise and one-hot map."""

import pathlib

import numpy
from PIL import Image

from network import Network

UNKNOWN = 255


def prepare(source: pathlib.Path, destination: pathlib.Path, network: Network, names: list[str]) -> None:
    """Writes `labels/` and, for networks with edges, `instances/` of `network`'s size.

    Ids are taken modulo the class count, 255 stays the unknown class where there is one. Resizing is nearest neighbour.
    """
    for name in names:
        labels = numpy.asarray(Image.open(source / "labels" / name)).astype(numpy.int64)
        ids = labels % network.class_count
        if network.has_unknown_class:
            ids = numpy.where(labels == UNKNOWN, network.class_count, ids)
        _write(destination / "labels" / name, ids.astype(numpy.uint8), network)
        if network.has_edges:
            instances = numpy.asarray(Image.open(source / "instances" / name)).astype(numpy.uint16)
            _write(destination / "instances" / name, instances, network)


def _write(path: pathlib.Path, values: numpy.ndarray, network: Network) -> None:
    rows, columns = (
        ((numpy.arange(size) + 0.5) * given / size).astype(numpy.int64)
        for size, given in zip((network.height, network.width), values.shape)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(values[rows][:, columns]).save(path)


def network_input(
    folder: pathlib.Path, name: str, network: Network, channel_count: int | None = None, draw: int = 0
) -> numpy.ndarray:
    """The float32 input [1, C, H, W] of a prepared map, one-hot behind the noise of that draw, which is the same at
    every pixel; channels beyond the network's stay zero."""
    labels = numpy.asarray(Image.open(folder / "labels" / name))
    shape = (1, channel_count or network.channel_count, network.height, network.width)
    values = numpy.zeros(shape, numpy.float32)
    values[0, : network.noise_count] = noise(name, network, draw)[:, None, None]
    rows, columns = numpy.indices(labels.shape)
    values[0, network.noise_count + labels.astype(numpy.int64), rows, columns] = 1
    if network.has_edges:
        instances = numpy.asarray(Image.open(folder / "instances" / name))
        values[0, network.channel_count - 1] = edges(instances)
    return values


def noise(name: str, network: Network, draw: int = 0) -> numpy.ndarray:
    """Standard normal float32 values of a map's name, one for each channel of noise; every draw gives others."""
    random = numpy.random.default_rng([draw, *name.encode()])
    return random.standard_normal(network.noise_count, numpy.float32)


def edges(instances: numpy.ndarray) -> numpy.ndarray:
    """True where a 4-neighbour inside the image has another id."""
    across = instances[:, 1:] != instances[:, :-1]
    down = instances[1:] != instances[:-1]
    found = numpy.zeros(instances.shape, bool)
    found[:, 1:] |= across
    found[:, :-1] |= across
    found[1:] |= down
    found[:-1] |= down
    return found


def picture(values: numpy.ndarray) -> numpy.ndarray:
    """The 8-bit picture of values in -1...1, truncated as the official implementation does."""
    return numpy.clip((values + 1) / 2 * 255, 0, 255).astype(numpy.uint8)


def psnr(found: numpy.ndarray, expected: numpy.ndarray) -> float:
    """Of two 8-bit pictures, in dB."""
    error = numpy.mean((found.astype(numpy.float64) - expected) ** 2)
    return float("inf") if error == 0 else 10 * numpy.log10(255**2 / error)
