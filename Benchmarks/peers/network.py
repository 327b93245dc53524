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
    family: str = "spade"
    """Whose generator it is, as `spade random-checkpoint --family` says it."""
    noise_count: int = 0
    """Channels of noise, the same at every pixel."""

    @property
    def channel_count(self) -> int:
        """Channels of the map: maybe noise, the classes, maybe the unknown one, maybe the edges last."""
        return self.noise_count + self.class_count + self.has_unknown_class + self.has_edges

    @classmethod
    def read(cls, checkpoint: pathlib.Path) -> "Network":
        options = _options(checkpoint)
        width = int(options["crop_size"])
        height = round(width / float(options["aspect_ratio"]))
        if "channels_G" in options:
            return cls(
                class_count=int(options["semantic_nc"]),
                has_unknown_class=False,
                has_edges=False,
                width=width,
                height=height,
                doubling_count=int(options["num_res_blocks"]) - 1,
                family="oasis",
                noise_count=int(options["z_dim"]) if options["no_3dnoise"] == "False" else 0,
            )
        is_clade = options.get("norm_mode") == "clade"
        has_edges = options["no_instance"] == "False"
        if options.get("use_vae") == "True":
            raise ValueError("networks with a style input are not compared")
        if is_clade and (has_edges or options["add_dist"] == "True"):
            raise ValueError("CLADE is compared without instances and positions")
        is_compressed = options.get("netG") == "sub_mobile_spade"
        return cls(
            class_count=int(options["label_nc"]),
            has_unknown_class=options["contain_dontcare_label"] == "True",
            has_edges=has_edges,
            width=width,
            height=height,
            doubling_count={"normal": 5, "more": 6, "most": 7}[options["num_upsampling_layers"]],
            family="clade" if is_clade else "gan-compression" if is_compressed else "spade",
        )


def _options(checkpoint: pathlib.Path) -> dict[str, str]:
    """The lines `name: value` of `opt.txt`, without the defaults that may follow a tab."""
    options = {}
    for line in (checkpoint / "opt.txt").read_text().splitlines():
        name, colon, value = line.partition(": ")
        if colon:
            options[name.strip()] = value.split("\t")[0].strip()
    return options


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
