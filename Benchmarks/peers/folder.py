"""Where a network's files are, and what the converters read of them."""

import dataclasses
import math
import pathlib
import typing

import numpy

import maps
from network import Network, read_weights

NOISE_DRAW_COUNT = 64
"""What a network with noise is calibrated with at least, by `spade quantize` too."""


@dataclasses.dataclass(frozen=True)
class NetworkFolder:
    path: pathlib.Path

    @property
    def checkpoint(self) -> pathlib.Path:
        return self.path / "checkpoint"

    @property
    def calibration(self) -> pathlib.Path:
        return self.path / "calibration"

    @property
    def held_out(self) -> pathlib.Path:
        return self.path / "held-out"

    @property
    def model(self) -> pathlib.Path:
        return self.path / "model.spade"

    def expected(self, name: str) -> pathlib.Path:
        """The float32 picture of a held-out map, in -1...1."""
        return self.path / "expected" / f"{name}.npy"

    def network(self) -> Network:
        return Network.read(self.checkpoint)

    def calibration_inputs(self, channel_count: int | None = None) -> "CalibrationInputs":
        return CalibrationInputs(self, channel_count)

    def generator(self, gathers: bool = False, **options):
        """The PyTorch network; `options` are those of `Generator`, `gathers` is as in `onnx`."""
        from clade_generator import CladeGenerator
        from compressed_generator import CompressedGenerator
        from gathered_clade_generator import GatheredCladeGenerator
        from generator import Generator
        from oasis_generator import OasisGenerator

        network = self.network()
        kind = {
            "spade": Generator,
            "gan-compression": CompressedGenerator,
            "clade": GatheredCladeGenerator if gathers else CladeGenerator,
            "oasis": OasisGenerator,
        }[network.family]
        return kind(network, read_weights(self.checkpoint), **options)

    def onnx(self, channel_count: int | None = None, gathers: bool = False) -> "Onnx":
        """The float32 ONNX file, exported when it is not there yet. With `gathers` the tables by class that CLADE has
        are looked up, and the file reads classes instead of a one-hot map."""
        network = self.network()
        channel_count = channel_count or network.channel_count
        gathers = gathers and network.family == "clade"
        exported = Onnx(self.path / f"generator-{channel_count}{'-gathered' if gathers else ''}.onnx", gathers)
        if not exported.path.exists():
            import torch

            example = exported.input(numpy.zeros((1, channel_count, network.height, network.width), numpy.float32))
            torch.onnx.export(
                self.generator(gathers=gathers, map_channel_count=channel_count),
                (torch.from_numpy(example),),
                exported.path,
                opset_version=17,
                dynamo=False,
                input_names=["map"],
                output_names=["picture"],
            )
        return exported


@dataclasses.dataclass(frozen=True)
class Onnx:
    path: pathlib.Path
    reads_classes: bool

    def input(self, network_input: numpy.ndarray) -> numpy.ndarray:
        """What the file reads: as it is, or the class of every pixel, int64 [1, 1, H, W]."""
        return network_input.argmax(axis=1, keepdims=True) if self.reads_classes else network_input


@dataclasses.dataclass(frozen=True)
class CalibrationInputs:
    """The calibration maps as inputs, made when they are asked for; with noise all of them come again with other
    draws, until there are as many as `spade quantize` wants."""

    folder: NetworkFolder
    channel_count: int | None

    def __len__(self) -> int:
        return self._draw_count * len(names(self.folder.calibration))

    def __iter__(self) -> typing.Iterator[numpy.ndarray]:
        network = self.folder.network()
        for draw in range(self._draw_count):
            for name in names(self.folder.calibration):
                yield maps.network_input(self.folder.calibration, name, network, self.channel_count, draw)

    @property
    def _draw_count(self) -> int:
        if self.folder.network().noise_count == 0:
            return 1
        return math.ceil(NOISE_DRAW_COUNT / len(names(self.folder.calibration)))


def names(maps_folder: pathlib.Path) -> list[str]:
    """The label maps of a folder, in the order of their names."""
    return sorted(path.name for path in (maps_folder / "labels").glob("*.png"))
