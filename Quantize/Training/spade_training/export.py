"""Files for `spade quantize`: half-precision safetensors with official names, opt.txt and the class list."""

import json
import os
from pathlib import Path

import numpy as np
import torch

from .networks import Encoder, Generator, Shape
from .scenes import CLASSES
from .segment import Segmenter


def write_safetensors(path: Path, tensors: dict[str, torch.Tensor]):
    """Floats in half precision, counts as they are."""
    header, blocks, offset = {}, [], 0
    for name, tensor in tensors.items():
        array = tensor.detach().cpu().contiguous().numpy()
        kind = "I64"
        if array.dtype == np.float32:
            kind, array = "F16", array.astype(np.float16)
            if not np.isfinite(array).all():
                raise SystemExit(f"{name} has values beyond half precision.")
        block = array.tobytes()
        header[name] = {
            "dtype": kind,
            "shape": list(array.shape),
            "data_offsets": [offset, offset + len(block)],
        }
        blocks.append(block)
        offset += len(block)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    beside = path.with_suffix(".part")
    beside.write_bytes(len(text).to_bytes(8, "little") + text + b"".join(blocks))
    os.replace(beside, path)


def read_safetensors(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a file of ours; floats come back as float32."""
    data = path.read_bytes()
    end = 8 + int.from_bytes(data[:8], "little")
    kinds = {"F16": np.float16, "I64": np.int64}
    tensors = {}
    for name, entry in json.loads(data[8:end]).items():
        first, last = entry["data_offsets"]
        array = np.frombuffer(data[end + first : end + last], kinds[entry["dtype"]]).reshape(entry["shape"])
        tensors[name] = torch.from_numpy(array.astype(np.float32 if entry["dtype"] == "F16" else np.int64))
    return tensors


def _options(shape: Shape) -> dict[str, object]:
    return {
        "aspect_ratio": 1.0,
        "contain_dontcare_label": False,
        "crop_size": shape.size,
        "label_nc": shape.class_count,
        "load_size": shape.size,
        "netG": "spade",
        "ngf": shape.ngf,
        "no_instance": True,
        "norm_E": "spectralinstance",
        "norm_G": "spectralspadesyncbatch3x3",
        "num_upsampling_layers": "normal",
        "preprocess_mode": "fixed",
        "use_vae": True,
        "z_dim": shape.z_dim,
    }


def write_checkpoint(folder: Path, generator: Generator, encoder: Encoder):
    """The folder that `spade quantize` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = generator.state_dict()
    # The official layer has weights of its own for every pixel of the first grid.
    cells = len(weights["fc.bias"]) // len(weights["fc.weight"])
    weights["fc.weight"] = weights["fc.weight"].repeat_interleave(cells, 0)
    write_safetensors(folder / "latest_net_G.safetensors", weights)
    write_safetensors(folder / "latest_net_E.safetensors", encoder.state_dict())
    lines = [f"{name:>25}: {str(value):<30}\n" for name, value in _options(generator.shape).items()]
    (folder / "opt.txt").write_text("".join(lines))
    (folder / "classes.txt").write_text("".join(f"{name} {colour}\n" for name, colour in CLASSES))


def read_checkpoint(folder: Path) -> tuple[Generator, Encoder]:
    """The networks of such a folder, ready to paint."""
    missing = [n for n in ("latest_net_G", "latest_net_E") if not (folder / f"{n}.safetensors").exists()]
    if missing:
        raise SystemExit(f"{folder} has no {missing[0]}.safetensors; give a folder that 'export' wrote.")
    weights = read_safetensors(folder / "latest_net_G.safetensors")
    encoder_weights = read_safetensors(folder / "latest_net_E.safetensors")
    shared = weights["head_0.norm_0.mlp_shared.0.weight"]
    ngf, z_dim = weights["conv_img.weight"].shape[1], weights["fc.weight"].shape[1]
    cells = int((weights["fc.weight"].shape[0] / (16 * ngf)) ** 0.5)
    shape = Shape(
        shared.shape[1],
        ngf,
        shared.shape[0],
        z_dim,
        encoder_weights["layer1.0.weight_orig"].shape[0],
        cells * 32,
    )
    generator, encoder = Generator(shape), Encoder(shape)
    weights["fc.weight"] = weights["fc.weight"][:: cells * cells].clone()
    generator.load_state_dict(weights)
    encoder.load_state_dict(encoder_weights)
    return generator.eval().requires_grad_(False), encoder.eval().requires_grad_(False)


def write_segmenter(path: Path, segmenter: Segmenter):
    write_safetensors(path, segmenter.state_dict())


def read_segmenter(path: Path) -> Segmenter:
    weights = read_safetensors(path)
    firsts = [weights["down.0.0.weight"], *(weights[f"down.{k}.0.0.weight"] for k in range(1, 5))]
    segmenter = Segmenter(len(weights["classes.bias"]), tuple(len(first) for first in firsts))
    segmenter.load_state_dict(weights)
    return segmenter.eval().requires_grad_(False)


@torch.no_grad()
def settle(generator: Generator, batches):
    """Lets running statistics and spectral norms follow the averaged weights.

    `batches` yields (labels [N, H, W], styles [N, z_dim]) of whole pictures, with styles as they were trained:
    with others that vary less, normalisation would make pictures too vivid.
    """
    generator.train()
    for labels, styles in batches:
        generator(labels, styles)
    generator.eval()
