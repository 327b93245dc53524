"""The networks, with the official implementation's tensor names, so that importers read their state dicts.

Source: Park et al., "Semantic Image Synthesis with Spatially-Adaptive Normalization", CVPR 2019. Pictures are
−1 … 1, [N, 3, H, W].
"""

from dataclasses import asdict, dataclass

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils import spectral_norm as _spectral_norm

from .windows import Dense, Windows

SLOPE = 0.2
# Doublings between the first grid and the picture (`num_upsampling_layers normal`).
CELL = 32


def spectral_norm(layer: nn.Module) -> nn.Module:
    """`torch`'s, whose power iteration stays in float32 where the rest runs in bfloat16."""
    layer = _spectral_norm(layer)
    (hook,) = layer._forward_pre_hooks.values()
    compute = hook.compute_weight

    def exact(module, do_power_iteration: bool):
        with torch.autocast(module.weight_orig.device.type, enabled=False):
            return compute(module, do_power_iteration)

    hook.compute_weight = exact
    return layer


@dataclass(frozen=True)
class Shape:
    """What the generator and the encoder are, apart from their weights."""

    class_count: int = 16
    ngf: int = 16
    hidden: int = 32
    z_dim: int = 32
    encoder_ngf: int = 16
    size: int = 256  # pixels, a multiple of CELL

    def to_dict(self) -> dict:
        return asdict(self)


class Modulation(nn.Module):
    """A SPADE layer: `n(x) · (1 + γ) + β`, γ and β from the map.

    n uses running statistics in training too: statistics of a few pictures would take away what their style
    adds, and mix it with the styles of the others.
    """

    def __init__(self, channels: int, shape: Shape):
        super().__init__()
        self.param_free_norm = nn.BatchNorm2d(channels, affine=False, momentum=0.05)
        self.mlp_shared = nn.Sequential(nn.Conv2d(shape.class_count, shape.hidden, 3, padding=1), nn.ReLU())
        self.mlp_gamma = nn.Conv2d(shape.hidden, channels, 3, padding=1)
        self.mlp_beta = nn.Conv2d(shape.hidden, channels, 3, padding=1)

    def forward(self, x, windows: Windows | Dense, slope: float = 1.0):
        """`slope` is that of the leaky ReLU that follows; 1 is none."""
        norm = self.param_free_norm
        if self.training:
            with torch.no_grad():
                # Every third pixel, in an eighth less time on CPUs; an odd step meets all places of an enlarged pixel.
                # Variances of one batch of 8 differ by 1.4 % at the median and 32 % at most, which the running
                # mean evens out.
                variance, mean = torch.var_mean(x[:, :, ::3, ::3] if x.shape[2] >= 32 else x, (0, 2, 3))
                norm.running_var.lerp_(variance.float(), norm.momentum)
                norm.running_mean.lerp_(mean.float(), norm.momentum)
        scale = (norm.running_var + norm.eps).rsqrt()
        return windows.modulate(
            x, self.mlp_shared[0], self.mlp_gamma, self.mlp_beta, scale, norm.running_mean, slope
        )


class Block(nn.Module):
    """`shortcut(x) + conv_1(lrelu(norm_1(conv_0(lrelu(norm_0(x))))))`."""

    def __init__(self, inputs: int, outputs: int, shape: Shape):
        super().__init__()
        middle = min(inputs, outputs)
        self.norm_0, self.norm_1 = Modulation(inputs, shape), Modulation(middle, shape)
        self.conv_0 = spectral_norm(nn.Conv2d(inputs, middle, 3, padding=1))
        self.conv_1 = spectral_norm(nn.Conv2d(middle, outputs, 3, padding=1))
        self.learned = inputs != outputs
        if self.learned:
            self.norm_s = Modulation(inputs, shape)
            self.conv_s = spectral_norm(nn.Conv2d(inputs, outputs, 1, bias=False))

    def forward(self, x, windows: Windows):
        shortcut = self.conv_s(self.norm_s(x, windows)) if self.learned else x
        y = self.conv_0(self.norm_0(x, windows, SLOPE))
        return shortcut + self.conv_1(self.norm_1(y, windows, SLOPE))


class FirstGrid(nn.Module):
    """The linear layer from the style to the first grid, [N, channels, side, side].

    All pixels share its weights, so that a style is one everywhere; only the bias tells them apart. Files
    hold the official layer, which repeats the weights.
    """

    def __init__(self, z_dim: int, channels: int, side: int):
        super().__init__()
        self.shape = (channels, side, side)
        # Loud at first, or the maps drown the style and it stays unused for long.
        self.weight = nn.Parameter(torch.randn(channels, z_dim) * 2 / z_dim**0.5)
        self.bias = nn.Parameter(torch.randn(channels * side * side) * 0.5)

    def forward(self, z):
        return functional.linear(z, self.weight)[:, :, None, None] + self.bias.view(self.shape)


class Generator(nn.Module):
    """From ids, int64 [N, H, W], and a style [N, z_dim] to a picture."""

    STEPS = (
        "head_0",
        "up",
        "G_middle_0",
        "G_middle_1",
        "up",
        "up_0",
        "up",
        "up_1",
        "up",
        "up_2",
        "up",
        "up_3",
    )

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        # Whether maps are convolved whole, which suits a GPU, rather than by distinct windows.
        self.dense = False
        ngf, cells = shape.ngf, shape.size // CELL
        self.fc = FirstGrid(shape.z_dim, 16 * ngf, cells)
        widths = {"head_0": (16, 16), "G_middle_0": (16, 16), "G_middle_1": (16, 16)}
        widths |= {"up_0": (16, 8), "up_1": (8, 4), "up_2": (4, 2), "up_3": (2, 1)}
        for name, (inputs, outputs) in widths.items():
            self.add_module(name, Block(inputs * ngf, outputs * ngf, shape))
        self.conv_img = nn.Conv2d(ngf, 3, 3, padding=1)

    def forward(self, labels, z, cells: tuple[int, int] = (0, 0), lattice: tuple[float, float] = (0.0, 0.0)):
        """`labels` may be a crop of whole cells; `cells` is the row and column of its first one.

        `lattice` 0 … 1 (down, right) is where in each cell of a coarse layer its label is read; 0 is the
        upper left pixel, which is the official network's choice.
        """
        height, width = labels.shape[1] // CELL, labels.shape[2] // CELL
        x = self.fc(z)
        x = x[:, :, cells[0] : cells[0] + height, cells[1] : cells[1] + width]
        x = x.contiguous(memory_format=torch.channels_last)
        step = CELL
        down, right = lattice

        def seen():
            coarse = labels[:, int(down * step) :: step, int(right * step) :: step]
            if self.dense:
                return Dense.of(coarse, self.shape.class_count)
            return Windows.of(coarse, self.shape.class_count)

        windows = seen()
        for name in self.STEPS:
            if name == "up":
                step //= 2
                windows = seen()
                x = functional.interpolate(x, scale_factor=2.0, mode="nearest")
            else:
                x = getattr(self, name)(x, windows)
        return torch.tanh(self.conv_img(functional.leaky_relu(x, SLOPE)))


class Encoder(nn.Module):
    """From a picture of 256 × 256 to the mean and the log-variance of its style, each [N, z_dim]."""

    SIZE = 256

    def __init__(self, shape: Shape):
        super().__init__()
        ngf = shape.encoder_ngf
        widths = [3, ngf, 2 * ngf, 4 * ngf, 8 * ngf, 8 * ngf, 8 * ngf]
        for index, (inputs, outputs) in enumerate(zip(widths, widths[1:]), 1):
            convolution = spectral_norm(nn.Conv2d(inputs, outputs, 3, stride=2, padding=1, bias=False))
            self.add_module(f"layer{index}", nn.Sequential(convolution, nn.InstanceNorm2d(outputs)))
        self.fc_mu = nn.Linear(8 * ngf * 16, shape.z_dim)
        self.fc_var = nn.Linear(8 * ngf * 16, shape.z_dim)

    def forward(self, picture):
        if picture.shape[2:] != (self.SIZE, self.SIZE):
            picture = functional.interpolate(picture, (self.SIZE, self.SIZE), mode="bilinear")
        x = self.layer1(picture)
        for index in range(2, 7):
            x = getattr(self, f"layer{index}")(functional.leaky_relu(x, SLOPE))
        x = functional.leaky_relu(x, SLOPE).contiguous().flatten(1)
        return self.fc_mu(x), self.fc_var(x)


class PatchDiscriminator(nn.Module):
    """Judges patches of a map and a picture; returns the features of every layer, the judgement last."""

    def __init__(self, inputs: int, ndf: int):
        super().__init__()
        widths = [inputs, ndf, 2 * ndf, 4 * ndf, 4 * ndf]
        layers = [nn.Sequential(nn.Conv2d(inputs, ndf, 4, stride=2, padding=2), nn.LeakyReLU(SLOPE))]
        for index in range(1, 4):
            convolution = nn.Conv2d(
                widths[index], widths[index + 1], 4, stride=1 if index == 3 else 2, padding=2, bias=False
            )
            layers.append(
                nn.Sequential(
                    spectral_norm(convolution), nn.InstanceNorm2d(widths[index + 1]), nn.LeakyReLU(SLOPE)
                )
            )
        layers.append(nn.Sequential(nn.Conv2d(widths[-1], 1, 4, padding=2)))
        self.layers = nn.ModuleList(layers)

    def forward(self, x):
        features = []
        for layer in self.layers:
            x = layer(x)
            features.append(x)
        return features


class Discriminator(nn.Module):
    """Patch discriminators on the pair at full and at half size."""

    def __init__(self, class_count: int, ndf: int = 32, scales: int = 2):
        super().__init__()
        self.scales = nn.ModuleList(PatchDiscriminator(class_count + 3, ndf) for _ in range(scales))

    def forward(self, one_hot, picture) -> list[list[torch.Tensor]]:
        pair = torch.cat([one_hot, picture], 1).contiguous(memory_format=torch.channels_last)
        results = []
        for index, discriminator in enumerate(self.scales):
            if index:
                pair = functional.avg_pool2d(pair, 3, stride=2, padding=1, count_include_pad=False)
            results.append(discriminator(pair))
        return results


def one_hot(labels: torch.Tensor, class_count: int) -> torch.Tensor:
    """uint8 or int64 ids [N, H, W] to float32 [N, class_count, H, W], channels last."""
    return functional.one_hot(labels.long(), class_count).permute(0, 3, 1, 2).float()
