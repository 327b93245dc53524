"""The runtimes compared: one module each, imported only in the process that uses it.

A module has `convert(folder, precision)`, which makes the runtime's own files from the checkpoint and the calibration
maps the way its documentation says, and `Session(folder, precision, thread_count)`, a `PeerSession`.
"""

from __future__ import annotations

import dataclasses
import importlib
import importlib.metadata
import typing

if typing.TYPE_CHECKING:
    import numpy


class PeerSession(typing.Protocol):
    """A loaded network. Only `run` is timed."""

    map_channel_count: int | None
    """Channels of the map that `input` wants; `None` for the network's."""

    def input(self, one_hot: numpy.ndarray) -> typing.Any:
        """The float32 map [1, C, H, W] the way the runtime takes it."""

    def run(self, value: typing.Any) -> typing.Any: ...

    def picture(self, output: typing.Any) -> numpy.ndarray:
        """What `run` returned, as values in -1...1 of shape [3, H, W]."""


@dataclasses.dataclass(frozen=True)
class Variant:
    runtime: str
    kind: str
    module: str
    package: str
    """The distribution whose version is reported."""
    precision: str
    """What the module is told."""

    @property
    def is_int8(self) -> bool:
        return self.precision.startswith("int8")

    @property
    def title(self) -> str:
        try:
            return f"{self.runtime} {importlib.metadata.version(self.package).split('-')[0]} {self.kind}"
        except importlib.metadata.PackageNotFoundError:
            return f"{self.runtime} {self.kind}"

    def load_module(self):
        return importlib.import_module(f"runtimes.{self.module}")


_OPENVINO = ("openvino_runtime", "openvino")
_ONNX = ("onnx_runtime", "onnxruntime")
_LITERT = ("litert_runtime", "ai-edge-litert")
_NCNN = ("ncnn_runtime", "ncnn")

VARIANTS = {
    "openvino-int8": Variant("OpenVINO", "int8", *_OPENVINO, "int8"),
    "openvino-int8-performance": Variant("OpenVINO", "int8, performance preset", *_OPENVINO, "int8-performance"),
    "openvino-int8-float-adds": Variant("OpenVINO", "int8, adds in float", *_OPENVINO, "int8-float-adds"),
    "onnxruntime-int8": Variant("ONNX Runtime", "int8", *_ONNX, "int8"),
    "onnxruntime-int8-convolutions": Variant("ONNX Runtime", "int8, convolutions only", *_ONNX, "int8-convolutions"),
    "litert-int8": Variant("LiteRT", "int8", *_LITERT, "int8"),
    "ncnn-int8": Variant("ncnn", "int8", *_NCNN, "int8"),
    "openvino-bfloat16": Variant("OpenVINO", "bfloat16", *_OPENVINO, "bfloat16"),
    "openvino-float32": Variant("OpenVINO", "float32", *_OPENVINO, "float32"),
    "onnxruntime-float32": Variant("ONNX Runtime", "float32", *_ONNX, "float32"),
    "litert-float32": Variant("LiteRT", "float32", *_LITERT, "float32"),
    "ncnn-float32": Variant("ncnn", "float32", *_NCNN, "float32"),
}
