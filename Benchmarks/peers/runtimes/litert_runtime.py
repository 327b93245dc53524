"""LiteRT with XNNPACK, converted by litert-torch, quantised by ai-edge-quantizer. Maps and pictures: channels last."""

import dataclasses
import os

import numpy

from folder import NetworkFolder


def _path(folder: NetworkFolder, precision: str):
    return folder.path / f"litert-{precision}.tflite"


def convert(folder: NetworkFolder, precision: str) -> None:
    exported = _path(folder, "float32")
    if not exported.exists():
        _export(folder, exported)
    if precision == "float32":
        return
    from ai_edge_quantizer import quantizer, recipe

    _mend_large_weights()
    inputs = [_channels_last(one_hot) for one_hot in folder.calibration_inputs()]
    network = quantizer.Quantizer(str(exported), recipe.static_wi8_ai8())
    samples = [{"args_0": one_hot} for one_hot in inputs]
    ranges = network.calibrate({"serving_default": samples}, num_threads=os.cpu_count())
    network.quantize(ranges).export_model(str(_path(folder, precision)), overwrite=True)


def _mend_large_weights() -> None:
    """ai-edge-quantizer 0.10 fails on convolution weights over 32 MiB: they are quantised there as a matrix, with
    scales that still have four dimensions. Here they go to it in slices of output channels."""
    from ai_edge_quantizer.algorithms.uniform_quantize import uniform_quantize_tensor as module

    quantize_whole = module.uniform_quantize

    def quantize(values, parameters, *rest, **options):
        if values.ndim != 4 or values.nbytes <= 32 << 20 or parameters.scale.shape[0] != values.shape[0]:
            return quantize_whole(values, parameters, *rest, **options)
        count = values.shape[0] // 8
        slices = [slice(start, start + count) for start in range(0, values.shape[0], count)]
        return numpy.concatenate([
            quantize_whole(values[part], _sliced(parameters, part), *rest, **options) for part in slices
        ])

    module.uniform_quantize = quantize


def _sliced(parameters, part: slice):
    return dataclasses.replace(
        parameters, scale=parameters.scale[part], zero_point=parameters.zero_point[part], quantized_data=None
    )


def _export(folder: NetworkFolder, path) -> None:
    import litert_torch
    import torch

    class ChannelsLast(torch.nn.Module):
        def __init__(self, generator):
            super().__init__()
            self.generator = generator

        def forward(self, one_hot):
            return self.generator(one_hot.permute(0, 3, 1, 2)).permute(0, 2, 3, 1)

    network = folder.network()
    example = torch.zeros(1, network.height, network.width, network.channel_count)
    litert_torch.convert(ChannelsLast(folder.generator()).eval(), (example,)).export(str(path))


def _channels_last(one_hot):
    return one_hot.transpose(0, 2, 3, 1).copy()


class Session:
    map_channel_count = None

    def __init__(self, folder: NetworkFolder, precision: str, thread_count: int):
        from ai_edge_litert.interpreter import Interpreter

        self.interpreter = Interpreter(str(_path(folder, precision)), num_threads=thread_count)
        self.interpreter.allocate_tensors()
        self.input_details = self.interpreter.get_input_details()[0]
        self.output_details = self.interpreter.get_output_details()[0]

    def input(self, one_hot):
        values = _channels_last(one_hot)
        scale, zero_point = self.input_details["quantization"]
        return values if scale == 0 else (values / scale + zero_point).round().astype(self.input_details["dtype"])

    def run(self, value):
        self.interpreter.set_tensor(self.input_details["index"], value)
        self.interpreter.invoke()
        return self.interpreter.get_tensor(self.output_details["index"])

    def picture(self, output):
        scale, zero_point = self.output_details["quantization"]
        values = output if scale == 0 else (output.astype("float32") - zero_point) * scale
        return values[0].transpose(2, 0, 1)
