"""Where a network's files are, and what the converters read of them."""

import dataclasses
import pathlib

import numpy

import maps
from network import Network, read_weights


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

    def calibration_inputs(self, channel_count: int | None = None) -> list[numpy.ndarray]:
        network = self.network()
        return [maps.one_hot(self.calibration, name, network, channel_count) for name in names(self.calibration)]

    def generator(self, **options):
        """The PyTorch network; `options` are those of `Generator`."""
        from compressed_generator import CompressedGenerator
        from generator import Generator

        network = self.network()
        kind = CompressedGenerator if network.is_compressed else Generator
        return kind(network, read_weights(self.checkpoint), **options)

    def onnx(self, channel_count: int | None = None) -> pathlib.Path:
        """The float32 ONNX file, exported when it is not there yet."""
        import torch

        network = self.network()
        channel_count = channel_count or network.channel_count
        path = self.path / f"generator-{channel_count}.onnx"
        if not path.exists():
            shape = (1, channel_count, network.height, network.width)
            torch.onnx.export(
                self.generator(map_channel_count=channel_count),
                (torch.zeros(shape),),
                path,
                opset_version=17,
                dynamo=False,
                input_names=["map"],
                output_names=["picture"],
            )
        return path


def names(maps_folder: pathlib.Path) -> list[str]:
    """The label maps of a folder, in the order of their names."""
    return sorted(path.name for path in (maps_folder / "labels").glob("*.png"))
