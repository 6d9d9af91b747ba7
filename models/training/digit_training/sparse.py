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

    @torch.no_grad()
    def rewire(self, network: nn.Sequential, trends: list[torch.Tensor], share: float) -> None:
        """Gives up this share of the other weights, the smallest, for as many zeros that would change most: those with the
        largest of `trends`, mean gradients of the weights in question (Evci et al. 2020, "Rigging the Lottery")."""
        for weight, mask, trend in zip(large_weights(network), self.masks, trends, strict=True):
            count = int(share * mask.sum())
            given_up = weight.abs().masked_fill(~mask, torch.inf).flatten().topk(count, largest=False).indices
            taken = trend.abs().masked_fill(mask, -1).flatten().topk(count).indices
            mask.view(-1)[given_up] = False
            mask.view(-1)[taken] = True
        self.keep(network)


def large_weights(network: nn.Sequential) -> list[nn.Parameter]:
    """The weights of dense layers that are worth storing as their entries that are not zero."""
    return [
        module.weight for module in network if isinstance(module, nn.Linear) and module.weight.numel() >= LEAST_WEIGHTS
    ]
