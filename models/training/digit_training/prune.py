"""Takes away the weights of large dense layers that matter least, while the others go on learning.

Gradual magnitude pruning (Zhu and Gupta 2017, "To prune, or not to prune"): the share of zeros grows along a cubic, fast
at first and slowly at last, and training goes on after it is reached, so that the weights that stay make up for those
that went.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

# Layers with fewer weights than this stay whole: they cost a page next to nothing.
LEAST_WEIGHTS = 100_000
# Steps from one choice of the smallest weights to the next.
STEPS_BETWEEN = 25


@dataclass(frozen=True)
class Pruning:
    """How much of each large dense layer goes, and by when."""

    share: float
    """Of a layer's weights, 0..1, that are zero at the end."""
    begin: float
    """The part of the run, 0..1, before which every weight stays."""
    until: float
    """The part of the run, 0..1, after which no further weight goes."""

    def share_at(self, done: float) -> float:
        """Of a layer's weights, that are zero when this part of the run, 0..1, is done."""
        left = (self.until - done) / (self.until - self.begin)
        return self.share * (1 - min(1.0, max(0.0, left)) ** 3)


class Pruner:
    """Makes the large dense layers of a network sparse while it is trained."""

    def __init__(self, pruning: Pruning) -> None:
        self.pruning = pruning
        self.masks: list[torch.Tensor] = []

    @torch.no_grad()
    def prune(self, network: nn.Sequential, step: int, steps: int) -> None:
        """Takes weights away after a step, the more the more of all steps are done; what went stays away."""
        weights = large_weights(network)
        if not self.masks or step % STEPS_BETWEEN == 0 or step == steps:
            share = self.pruning.share_at(step / steps)
            self.masks = [largest(weight, share) for weight in weights]
        self.keep(network)

    @torch.no_grad()
    def keep(self, network: nn.Sequential) -> None:
        """Leaves a network, or the average of it, those weights only that have not been taken away."""
        for weight, mask in zip(large_weights(network), self.masks, strict=True):
            weight.mul_(mask)


def is_large(module: nn.Module) -> bool:
    return isinstance(module, nn.Linear) and module.weight.numel() >= LEAST_WEIGHTS


def large_weights(network: nn.Sequential) -> list[nn.Parameter]:
    """The weights of dense layers that are worth pruning."""
    return [module.weight for module in network if is_large(module)]


def largest(weight: torch.Tensor, share: float) -> torch.Tensor:
    """A mask of a weight's entries: False for the given share of them, those nearest to zero."""
    gone = int(share * weight.numel())
    if gone == 0:
        return torch.ones_like(weight, dtype=torch.bool)
    return weight.abs() > weight.abs().flatten().kthvalue(gone).values
