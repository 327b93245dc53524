"""A checkpoint folder in the official layout: its options and its weights."""

import dataclasses
import pathlib

import numpy


@dataclasses.dataclass(frozen=True)
class Network:
    """What `opt.txt` says about a generator."""

    class_count: int
    has_unknown_class: bool
    has_edges: bool
    width: int
    height: int
    doubling_count: int
    is_compressed: bool
    """Whether it is GAN Compression's."""

    @property
    def channel_count(self) -> int:
        """Channels of the map: the classes, maybe the unknown one, maybe the edges last."""
        return self.class_count + self.has_unknown_class + self.has_edges

    @classmethod
    def read(cls, checkpoint: pathlib.Path) -> "Network":
        options = {}
        for line in (checkpoint / "opt.txt").read_text().splitlines():
            name, colon, value = line.partition(": ")
            if colon:
                options[name.strip()] = value.split("\t")[0].strip()
        if options.get("use_vae") == "True":
            raise ValueError("networks with a style input are not compared")
        width = int(options["crop_size"])
        return cls(
            class_count=int(options["label_nc"]),
            has_unknown_class=options["contain_dontcare_label"] == "True",
            has_edges=options["no_instance"] == "False",
            width=width,
            height=round(width / float(options["aspect_ratio"])),
            doubling_count={"normal": 5, "more": 6, "most": 7}[options["num_upsampling_layers"]],
            is_compressed=options.get("netG") == "sub_mobile_spade",
        )


def read_weights(checkpoint: pathlib.Path) -> dict[str, numpy.ndarray]:
    """The float32 tensors by name, with the spectral norm folded: `NAME.weight` for every convolution."""
    from safetensors.numpy import load_file

    tensors = load_file(checkpoint / "latest_net_G.safetensors")
    weights = {}
    for name, values in tensors.items():
        if name.endswith(".weight_orig"):
            layer = name.removesuffix("_orig")
            u, v = (tensors[f"{layer}_{vector}"].astype(numpy.float64) for vector in "uv")
            sigma = u @ (values.reshape(len(u), -1).astype(numpy.float64) @ v)
            weights[layer] = (values / sigma).astype(numpy.float32)
        elif not name.endswith((".weight_u", ".weight_v", ".num_batches_tracked")):
            weights[name] = values
    return weights
