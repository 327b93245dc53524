"""ncnn, converted by pnnx.

Its wheel lacks `ncnn2table` and `ncnn2int8`; what they do is done here: weights symmetric per output channel, one scale
for each convolution's input, here from the largest magnitude over the calibration maps; between two convolutions there
are int8 codes only.
"""

import contextlib
import dataclasses
import pathlib

import numpy

from folder import NetworkFolder

INT8_TAG = numpy.uint32(0x000D4B38)
INT8_SCALE_TERMS = {"Convolution": 2, "ConvolutionDepthWise": 1}
"""Option 8 of the layers quantised: one scale for each output channel and one for the input."""
REQUANTISED = 100
"""Added to option 8 where a scale for the output follows and int8 codes leave the layer."""


def _path(folder: NetworkFolder, precision: str) -> pathlib.Path:
    return folder.path / f"ncnn-{precision}.param"


def convert(folder: NetworkFolder, precision: str) -> None:
    exported = _path(folder, "float32")
    if not exported.exists():
        _export(folder, exported)
    if precision == "int8":
        _quantize(exported, _path(folder, precision), _input_ranges(folder, exported))


def _export(folder: NetworkFolder, path: pathlib.Path) -> None:
    import pnnx
    import torch

    from generator import pooled

    network = folder.network()
    example = torch.zeros(1, network.channel_count, network.height, network.width)
    scratch = folder.path / "pnnx"
    scratch.mkdir(exist_ok=True)
    with contextlib.chdir(scratch):
        pnnx.export(folder.generator(resized_map=pooled), str(scratch / "generator.pt"), (example,), fp16=False)
    (scratch / "generator.ncnn.bin").rename(path.with_suffix(".bin"))
    (scratch / "generator.ncnn.param").rename(path)


@dataclasses.dataclass(frozen=True)
class Layer:
    kind: str
    name: str
    inputs: list[str]
    outputs: list[str]
    options: dict[str, str]
    """By number."""

    @property
    def is_quantised(self) -> bool:
        return self.kind in INT8_SCALE_TERMS

    @property
    def channel_count(self) -> int:
        """What leaves a convolution or batch norm."""
        return int(self.options["0"])


def _layers(path: pathlib.Path) -> list[Layer]:
    """In the order of the file."""
    layers = []
    for line in path.read_text().splitlines()[2:]:
        kind, name, input_count, output_count, *fields = line.split()
        first_output = int(input_count)
        first_option = first_output + int(output_count)
        options = dict(field.split("=") for field in fields[first_option:])
        layers.append(Layer(kind, name, fields[:first_output], fields[first_output:first_option], options))
    return layers


def _readers(layers: list[Layer], blob: str) -> list[Layer]:
    """The layers that read a blob, those behind a `Split` in its place."""
    found = []
    for layer in layers:
        if blob not in layer.inputs:
            continue
        if layer.kind == "Split":
            for copy in layer.outputs:
                found += _readers(layers, copy)
        else:
            found.append(layer)
    return found


def _input_ranges(folder: NetworkFolder, path: pathlib.Path) -> dict[str, float]:
    """The largest magnitude at the input of every convolution."""
    blobs = {layer.name: layer.inputs[0] for layer in _layers(path) if layer.is_quantised}
    ranges = dict.fromkeys(blobs, 0.0)
    session = Session(folder, "float32", 2)
    for one_hot in folder.calibration_inputs():
        extractor = session.extractor(session.input(one_hot))
        extractor.set_light_mode(False)
        for name, blob in blobs.items():
            _, values = extractor.extract(blob)
            ranges[name] = max(ranges[name], float(numpy.abs(numpy.array(values)).max()))
    return ranges


def _quantize(source: pathlib.Path, destination: pathlib.Path, ranges: dict[str, float]) -> None:
    floats = numpy.fromfile(source.with_suffix(".bin"), numpy.float32)
    position = 0

    def taken(count: int) -> numpy.ndarray:
        nonlocal position
        position += count
        return floats[position - count : position]

    lines = source.read_text().splitlines()
    layers = _layers(source)
    with open(destination.with_suffix(".bin"), "wb") as file:
        for index, layer in enumerate(layers, start=2):
            if layer.kind == "BatchNorm":
                file.write(taken(4 * layer.channel_count).tobytes())
            elif layer.is_quantised:
                taken(1)  # the tag of float32 weights
                weights = taken(int(layer.options["6"])).reshape(layer.channel_count, -1)
                bias = taken(layer.channel_count * int(layer.options.get("5", 0)))
                scales = 127 / numpy.abs(weights).max(axis=1)
                codes = (weights * scales[:, None]).round().astype(numpy.int8).tobytes()
                file.write(INT8_TAG.tobytes() + codes + bytes(-len(codes) % 4))
                file.write(bias.tobytes() + scales.tobytes() + numpy.float32(127 / ranges[layer.name]).tobytes())
                term = INT8_SCALE_TERMS[layer.kind]
                readers = _readers(layers, layer.outputs[0])
                if readers and all(reader.is_quantised for reader in readers):
                    file.write(numpy.float32(127 / ranges[readers[0].name]).tobytes())
                    term += REQUANTISED
                lines[index] += f" 8={term}"
    if position != len(floats):
        raise ValueError(f"{len(floats) - position} values of the float32 file belong to no known layer")
    destination.write_text("\n".join(lines) + "\n")


class Session:
    map_channel_count = None

    def __init__(self, folder: NetworkFolder, precision: str, thread_count: int):
        import ncnn

        self.ncnn = ncnn
        self.net = ncnn.Net()
        self.net.opt.num_threads = thread_count
        path = _path(folder, precision)
        if self.net.load_param(str(path)) != 0 or self.net.load_model(str(path.with_suffix(".bin"))) != 0:
            raise RuntimeError(f"ncnn does not load {path.name}")

    def extractor(self, value):
        extractor = self.net.create_extractor()
        extractor.input("in0", value)
        return extractor

    def input(self, one_hot):
        return self.ncnn.Mat(numpy.ascontiguousarray(one_hot[0])).clone()

    def run(self, value):
        _, output = self.extractor(value).extract("out0")
        return output

    def picture(self, output):
        return numpy.array(output)
