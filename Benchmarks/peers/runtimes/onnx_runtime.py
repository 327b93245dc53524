"""ONNX Runtime, quantised by its own static quantisation into quantise and dequantise nodes.

The map gets a multiple of four channels: with others its int8 convolutions are several times slower. Tables by class
are looked up: that takes less time than a convolution of the one-hot map.
"""

import typing

import cpu
from folder import NetworkFolder


def _path(folder: NetworkFolder, precision: str):
    return folder.path / f"onnxruntime-{precision}.onnx"


def _channel_count(folder: NetworkFolder) -> int:
    return (folder.network().channel_count + 3) // 4 * 4


def _exported(folder: NetworkFolder):
    return folder.onnx(_channel_count(folder), gathers=True)


def convert(folder: NetworkFolder, precision: str) -> None:
    exported = _exported(folder)
    if precision == "float32":
        return
    from onnxruntime import quantization
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepared = folder.path / "onnxruntime-prepared.onnx"
    if not prepared.exists():
        quant_pre_process(exported.path, prepared)
    quantization.quantize_static(
        prepared,
        _path(folder, precision),
        _Calibration(map(exported.input, folder.calibration_inputs(_channel_count(folder)))),
        quant_format=quantization.QuantFormat.QDQ,
        op_types_to_quantize=["Conv"] if precision == "int8-convolutions" else None,
        per_channel=True,
        reduce_range=not cpu.has_int8_dot_product(),
        activation_type=quantization.QuantType.QUInt8,
        weight_type=quantization.QuantType.QInt8,
        calibrate_method=quantization.CalibrationMethod.MinMax,
    )


class _Calibration:
    def __init__(self, inputs: typing.Iterator):
        self.inputs = inputs

    def get_next(self):
        values = next(self.inputs, None)
        return None if values is None else {"map": values}


class Session:
    def __init__(self, folder: NetworkFolder, precision: str, thread_count: int):
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = thread_count
        self.map_channel_count = _channel_count(folder)
        self.exported = _exported(folder)
        path = self.exported.path if precision == "float32" else _path(folder, precision)
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def input(self, one_hot):
        return {"map": self.exported.input(one_hot)}

    def run(self, feeds):
        return self.session.run(None, feeds)[0]

    def picture(self, output):
        return output[0]
