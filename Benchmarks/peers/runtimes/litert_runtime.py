"""LiteRT with XNNPACK, converted by litert-torch and quantised by ai-edge-quantizer. Maps and pictures are channels last."""

import os

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

    inputs = [_channels_last(one_hot) for one_hot in folder.calibration_inputs()]
    network = quantizer.Quantizer(str(exported), recipe.static_wi8_ai8())
    samples = [{"args_0": one_hot} for one_hot in inputs]
    ranges = network.calibrate({"serving_default": samples}, num_threads=os.cpu_count())
    network.quantize(ranges).export_model(str(_path(folder, precision)), overwrite=True)


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
