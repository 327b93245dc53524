"""OpenVINO, quantised by NNCF's post-training quantisation.

Tables by class are looked up in float; in int8 a convolution of the one-hot map takes less time.
"""

import cpu
from folder import NetworkFolder


def _path(folder: NetworkFolder, precision: str):
    return folder.path / f"openvino-{'float32' if precision == 'bfloat16' else precision}.xml"


def _exported(folder: NetworkFolder, precision: str):
    return folder.onnx(gathers=not precision.startswith("int8"))


def convert(folder: NetworkFolder, precision: str) -> None:
    import openvino

    if precision == "bfloat16" and not cpu.has_bfloat16():
        raise RuntimeError("this CPU has no bfloat16 instructions")
    model = openvino.convert_model(_exported(folder, precision).path)
    if precision.startswith("int8"):
        model = _quantized(model, folder, precision)
    openvino.save_model(model, _path(folder, precision), compress_to_fp16=False)


def _quantized(model, folder: NetworkFolder, precision: str):
    import nncf

    presets = nncf.QuantizationPreset
    parameters = nncf.AdvancedQuantizationParameters(
        overflow_fix=nncf.OverflowFix.DISABLE if cpu.has_int8_dot_product() else nncf.OverflowFix.ENABLE
    )
    return nncf.quantize(
        model,
        nncf.Dataset(folder.calibration_inputs()),
        preset=presets.PERFORMANCE if precision == "int8-performance" else presets.MIXED,
        subset_size=len(folder.calibration_inputs()),
        ignored_scope=nncf.IgnoredScope(types=["Add"]) if precision == "int8-float-adds" else None,
        advanced_parameters=parameters,
    )


class Session:
    map_channel_count = None

    def __init__(self, folder: NetworkFolder, precision: str, thread_count: int):
        import openvino

        options = {"PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": 1, "INFERENCE_NUM_THREADS": thread_count}
        if precision == "bfloat16":
            options["INFERENCE_PRECISION_HINT"] = "bf16"
        elif precision == "float32":
            options["INFERENCE_PRECISION_HINT"] = "f32"
        compiled = openvino.Core().compile_model(_path(folder, precision), "CPU", options)
        self.exported = _exported(folder, precision)
        self.request = compiled.create_infer_request()

    def input(self, one_hot):
        return self.exported.input(one_hot)

    def run(self, values):
        self.request.infer([values], share_inputs=True)
        return self.request.get_output_tensor().data

    def picture(self, output):
        return output[0]
