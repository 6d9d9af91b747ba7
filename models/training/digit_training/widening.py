"""Starts a wider network from a trained one, with the same answers (Net2Net, Chen, Goodfellow and Shlens 2016): what
has been learned need not be learned again."""

from __future__ import annotations

import torch
from torch import nn

# Standard deviation of the noise, relative to the weights', by which copies of a channel differ: identical ones would
# stay so.
NOISE = 0.02


def weighted(network: nn.Sequential) -> list[nn.Conv2d | nn.Linear]:
    return [layer for layer in network if isinstance(layer, nn.Conv2d | nn.Linear)]


@torch.no_grad()
def widened(narrow: nn.Sequential, wide: nn.Sequential, seed: int = 2026) -> nn.Sequential:
    """Fills `wide`, whose layers have a multiple of the channels of those of `narrow`, and returns it."""
    generator = torch.Generator().manual_seed(seed)
    for source, target in zip(weighted(narrow), weighted(wide), strict=True):
        inputs, outputs = target.weight.shape[1] // source.weight.shape[1], len(target.weight) // len(source.weight)
        repeated = source.weight.repeat(outputs, inputs, *[1] * (source.weight.ndim - 2)) / inputs
        noise = torch.randn(repeated.shape, generator=generator).to(repeated) * repeated.std() * NOISE
        target.weight.copy_(repeated + noise)
        target.bias.copy_(source.bias.repeat(outputs))
    return wide
