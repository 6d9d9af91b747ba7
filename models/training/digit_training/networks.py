"""The networks: `reference` (the demo's architecture) and `compact` (the default), which are shipped, and `teacher`, which
is not."""

from __future__ import annotations

import math

import torch
from torch import nn

from .rounding import Rounding

COMPACT_CHANNELS = (16, 16, 32, 32, 48, 64, 64)
# How the weights of each convolution are quantized: in fewer steps where there are many.
COMPACT_ROUNDINGS = (
    Rounding(127),
    Rounding(15),
    Rounding(7, 0.5),
    Rounding(7, 0.5),
    Rounding(7, 0.5),
    Rounding(7, 0.75),
    Rounding(7, 0.95),
)
# Twice as many as those of `compact` where a picture is small, so that they cost little.
TEACHER_CHANNELS = (16, 16, 32, 32, 96, 128, 128)


class Dropout(nn.Dropout):
    """Dropout with masks drawn as bytes, so its probability is rounded to a multiple of 1/256: drawing each entry on its own
    took a third of a training step of `reference` on a CPU."""

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        if not self.training:
            return values
        dropped = round(256 * self.p)
        words = torch.empty(math.ceil(values.numel() / 8), dtype=torch.int64, device=values.device)
        entries = words.random_(-(2**63), None).view(torch.uint8)[: values.numel()].view(values.shape)
        return values * (entries >= dropped) * (256 / (256 - dropped))


def convolutions(channels: tuple[int, ...]) -> nn.Sequential:
    """Returns 3x3 convolutions with ReLU, pooling after every second one but the last, a global average and one dense
    layer.

    The first two convolutions are unpadded: MNIST's normalization leaves four empty pixels on every side, so nothing is
    lost, and a third of the multiply-adds is saved. Spatial sizes: 28 -> 26 -> 24 -> 12 -> 12 -> 12 -> 6 -> 6 -> 6 -> 3 -> 3.
    """
    layers: list[nn.Module] = []
    previous = 1
    for index, width in enumerate(channels):
        layers += [nn.Conv2d(previous, width, 3, padding=0 if index < 2 else 1), nn.ReLU()]
        if index % 2 == 1 and index < len(channels) - 1:
            layers.append(nn.MaxPool2d(2))
        previous = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(previous, 10))


def compact() -> nn.Sequential:
    """Returns a network with seven convolutions: 95,530 parameters, 5.2 million multiply-adds. They were first trained with
    batch norm, which has been folded into them."""
    network = convolutions(COMPACT_CHANNELS)
    filters = (layer for layer in network if isinstance(layer, nn.Conv2d))
    for layer, rounding in zip(filters, COMPACT_ROUNDINGS, strict=True):
        layer.rounding = rounding
    return network


def teacher() -> nn.Sequential:
    """Returns a wider network with seven convolutions, 303,706 parameters, that the shipped ones are distilled from."""
    return convolutions(TEACHER_CHANNELS)


def reference() -> nn.Sequential:
    """Returns the exact architecture of the demo that this package replaces; dropout is only active in training."""
    return nn.Sequential(
        nn.Conv2d(1, 32, 3),
        nn.ReLU(),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.Flatten(),
        Dropout(0.4),
        nn.Linear(64 * 24 * 24, 128),
        nn.ReLU(),
        Dropout(0.4),
        nn.Linear(128, 10),
    )


NETWORKS = {'compact': compact, 'reference': reference}
