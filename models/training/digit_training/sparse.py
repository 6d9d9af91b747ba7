"""Preserves zeros of large dense layers in training: a file stores only the other weights.

96 % of the first dense layer of `reference` was pruned when it was first trained (gradual magnitude pruning, Zhu and
Gupta 2017); the architecture is unchanged, and a page fetches a twelfth.
"""

from __future__ import annotations

import torch
from torch import nn

# Layers with fewer weights are not sparse: they cost a page next to nothing.
MIN_WEIGHTS = 100_000


class Zeros:
    """The current zeros of a network's large dense layers."""

    def __init__(self, network: nn.Sequential) -> None:
        self.masks = [weight != 0 for weight in large_weights(network)]

    @torch.no_grad()
    def keep(self, network: nn.Sequential) -> None:
        """Sets them to zero again."""
        for weight, mask in zip(large_weights(network), self.masks, strict=True):
            weight.mul_(mask)

    @torch.no_grad()
    def rewire(self, network: nn.Sequential, trends: list[torch.Tensor], share: float) -> None:
        """Prunes this share of the other weights, the smallest, and regrows as many zeros that would change most: those
        with the largest of `trends`, mean gradients of the weights (Evci et al. 2020, "Rigging the Lottery")."""
        for weight, mask, trend in zip(large_weights(network), self.masks, trends, strict=True):
            count = int(share * mask.sum())
            pruned = weight.abs().masked_fill(~mask, torch.inf).flatten().topk(count, largest=False).indices
            regrown = trend.abs().masked_fill(mask, -1).flatten().topk(count).indices
            mask.view(-1)[pruned] = False
            mask.view(-1)[regrown] = True
        self.keep(network)


def large_weights(network: nn.Sequential) -> list[nn.Parameter]:
    """Returns the weights of dense layers that are worth storing sparsely."""
    return [
        module.weight for module in network if isinstance(module, nn.Linear) and module.weight.numel() >= MIN_WEIGHTS
    ]
