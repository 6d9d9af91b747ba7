"""Keeps the zeros of large dense layers while they are trained: a file stores only the other weights.

96 % of the first dense layer of `reference` was taken away when it was first trained (gradual magnitude pruning, Zhu and
Gupta 2017); the architecture stays, and a page fetches a twelfth.
"""

from __future__ import annotations

import torch
from torch import nn

# Layers with fewer weights than this stay whole: they cost a page next to nothing.
LEAST_WEIGHTS = 100_000


class Zeros:
    """The zeros that the large dense layers of a network have now."""

    def __init__(self, network: nn.Sequential) -> None:
        self.masks = [weight != 0 for weight in large_weights(network)]

    @torch.no_grad()
    def keep(self, network: nn.Sequential) -> None:
        """Makes them zeros again."""
        for weight, mask in zip(large_weights(network), self.masks, strict=True):
            weight.mul_(mask)


def large_weights(network: nn.Sequential) -> list[nn.Parameter]:
    """The weights of dense layers that are worth storing as their entries that are not zero."""
    return [
        module.weight for module in network if isinstance(module, nn.Linear) and module.weight.numel() >= LEAST_WEIGHTS
    ]
