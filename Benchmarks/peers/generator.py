"""The SPADE generator in PyTorch, written from the description of what the official networks compute.

Batch norm, no style input. `x` is an activation of shape [1, C, h, w], `one_hot` the map of shape [1, classes, H, W].
"""

import numpy
import torch
from torch import nn
from torch.nn import functional

from network import Network

SLOPE = 0.2


def convolution(
    weights: dict[str, numpy.ndarray], name: str, input_count: int | None = None, group_count: int = 1
) -> nn.Conv2d:
    """Stride 1 and the same size out as in. Missing input channels, up to `input_count`, get zero weights."""
    weight = torch.from_numpy(weights[f"{name}.weight"])
    if input_count is not None:
        weight = functional.pad(weight, (0, 0, 0, 0, 0, input_count - weight.shape[1]))
    output_count, group_input_count, size, _ = weight.shape
    bias = weights.get(f"{name}.bias")
    layer = nn.Conv2d(
        group_count * group_input_count,
        output_count,
        size,
        padding=size // 2,
        groups=group_count,
        bias=bias is not None,
    )
    layer.weight = nn.Parameter(weight, requires_grad=False)
    if bias is not None:
        layer.bias = nn.Parameter(torch.from_numpy(bias), requires_grad=False)
    return layer


def sliced(one_hot: torch.Tensor, step: int) -> torch.Tensor:
    """The top-left pixel of every cell of `step` × `step`."""
    return one_hot[:, :, ::step, ::step]


def pooled(one_hot: torch.Tensor, step: int) -> torch.Tensor:
    """The same, for runtimes without strided slices."""
    return functional.max_pool2d(one_hot, 1, step)


def doubled(x: torch.Tensor) -> torch.Tensor:
    return functional.interpolate(x, scale_factor=2.0, mode="nearest")


def batch_norm(weights: dict[str, numpy.ndarray], name: str, channel_count: int) -> nn.BatchNorm2d:
    """By the statistics in the weights, which may be longer than `channel_count`: the first entries count."""
    norm = nn.BatchNorm2d(channel_count, eps=1e-5, affine=False)
    norm.running_mean, norm.running_var = (
        torch.from_numpy(weights[f"{name}.running_{statistic}"][:channel_count]) for statistic in ("mean", "var")
    )
    return norm


class Modulation(nn.Module):
    """A SPADE layer: `n(x) · (1 + γ) + β`, with γ and β computed from the map.

    `from_hidden` makes the layer that computes γ or β, of the weights and the layer's name.
    """

    def __init__(
        self,
        weights,
        name: str,
        channel_count: int,
        map_channel_count: int,
        norm_name: str = "param_free_norm",
        from_hidden=convolution,
    ):
        super().__init__()
        self.norm = batch_norm(weights, f"{name}.{norm_name}", channel_count)
        self.shared = convolution(weights, f"{name}.mlp_shared.0", map_channel_count)
        self.gamma = from_hidden(weights, f"{name}.mlp_gamma")
        self.beta = from_hidden(weights, f"{name}.mlp_beta")

    def forward(self, x, one_hot):
        hidden = functional.relu(self.shared(one_hot))
        return self.norm(x) * (1 + self.gamma(hidden)) + self.beta(hidden)


class Block(nn.Module):
    """`shortcut(x) + conv_1(lrelu(norm_1(conv_0(lrelu(norm_0(x))))))`."""

    def __init__(self, weights, name: str, map_channel_count: int, modulation):
        super().__init__()
        self.has_learned_shortcut = f"{name}.conv_s.weight" in weights
        for suffix in ("0", "1", "s") if self.has_learned_shortcut else ("0", "1"):
            layer = convolution(weights, f"{name}.conv_{suffix}")
            self.add_module(f"conv_{suffix}", layer)
            norm = modulation(weights, f"{name}.norm_{suffix}", layer.in_channels, map_channel_count)
            self.add_module(f"norm_{suffix}", norm)

    def forward(self, x, one_hot):
        shortcut = self.conv_s(self.norm_s(x, one_hot)) if self.has_learned_shortcut else x
        y = self.conv_0(functional.leaky_relu(self.norm_0(x, one_hot), SLOPE))
        return shortcut + self.conv_1(functional.leaky_relu(self.norm_1(y, one_hot), SLOPE))


class Generator(nn.Module):
    """From a one-hot map [1, C, H, W] to a picture in -1...1, [1, 3, H, W].

    `map_channel_count` may exceed the network's: the channels added are ignored.
    """

    modulation = Modulation
    """Makes the layer between a norm and its convolution, of the weights, its name, its channels and the map's."""

    def __init__(
        self,
        network: Network,
        weights: dict[str, numpy.ndarray],
        map_channel_count: int | None = None,
        resized_map=sliced,
    ):
        super().__init__()
        count = map_channel_count or network.channel_count
        self.resized_map = resized_map
        self.fc = convolution(weights, "fc", count)
        self.levels = nn.ModuleList(
            nn.ModuleList(Block(weights, name, count, self.modulation) for name in names)
            for names in self.block_names(network.doubling_count)
        )
        self.conv_img = convolution(weights, "conv_img")
        self.eval()

    @staticmethod
    def block_names(doubling_count: int) -> list[list[str]]:
        """Of every grid, each twice as fine as the one before."""
        middle = [["G_middle_0"], ["G_middle_1"]] if doubling_count > 5 else [["G_middle_0", "G_middle_1"]]
        return [["head_0"], *middle, *([f"up_{index}"] for index in range(5 if doubling_count > 6 else 4))]

    def forward(self, one_hot):
        step = 1 << (len(self.levels) - 1)
        resized = self.resized_map(one_hot, step)
        x = self.fc(resized)
        for index, blocks in enumerate(self.levels):
            if index > 0:
                step //= 2
                resized = self.resized_map(one_hot, step) if step > 1 else one_hot
                x = doubled(x)
            for block in blocks:
                x = block(x, resized)
        return torch.tanh(self.conv_img(functional.leaky_relu(x, SLOPE)))
