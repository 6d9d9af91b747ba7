"""Takes away the weights of large dense layers that matter least, while the others go on learning.

Gradual magnitude pruning (Zhu and Gupta 2017, "To prune, or not to prune"): the share of zeros grows along a cubic, fast
at first and slowly at last, and training goes on after it is reached, so that the weights that stay make up for those
that went. Dropout before such a layer gets weaker with the square root of the share that stays (Han et al. 2015, "Learning
both weights and connections"): a sparse layer has less to overfit with.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn

from .refine import Exposure, Refinement
from .train import Plan

# Layers with fewer weights than this stay whole: they cost a page next to nothing.
LEAST_WEIGHTS = 100_000
# Steps from one choice of the smallest weights to the next.
STEPS_BETWEEN = 25


@dataclass(frozen=True)
class Pruning:
    """How much of each large dense layer goes, and by when."""

    share: float
    """Of a layer's weights, 0..1, that are zero at the end."""
    until: float
    """The part of the run, 0..1, after which no further weight goes."""


class PrunedRefinement(Refinement):
    """A refinement in which large dense layers become sparse."""

    def __init__(
        self, name: str, kind: str, plan: Plan, pruning: Pruning, examples: Exposure, folder: Path, start: nn.Module
    ) -> None:
        super().__init__(name, kind, plan, examples, folder, start)
        self.pruning = pruning
        self.masks: list[torch.Tensor] = []
        self.dropouts = [(dropout, dropout.p) for dropout in dropouts_before_large(self.network)]

    def share(self) -> float:
        """Of each layer, that is zero by now."""
        last = self.pruning.until * self.plan.epochs * self.steps_per_epoch
        return self.pruning.share * (1 - max(0.0, 1 - self.step / last) ** 3)

    @torch.no_grad()
    def update_average(self) -> None:
        """Keeps what went at zero, in the weights after each step and in their average."""
        weights = large_weights(self.network)
        if not self.masks or self.step % STEPS_BETWEEN == 0:
            self.masks = [largest(weight, self.share()) for weight in weights]
            for dropout, rate in self.dropouts:
                dropout.p = rate * math.sqrt(1 - self.share())
        for weight, mask in zip(weights, self.masks, strict=True):
            weight.mul_(mask)
        super().update_average()
        for weight, mask in zip(large_weights(self.average), self.masks, strict=True):
            weight.mul_(mask)


def is_large(module: nn.Module) -> bool:
    return isinstance(module, nn.Linear) and module.weight.numel() >= LEAST_WEIGHTS


def large_weights(network: nn.Sequential) -> list[nn.Parameter]:
    """The weights of dense layers that are worth pruning."""
    return [module.weight for module in network if is_large(module)]


def dropouts_before_large(network: nn.Sequential) -> list[nn.Dropout]:
    """The dropouts that act on what such layers take."""
    pairs = zip(network, network[1:], strict=False)
    return [before for before, module in pairs if isinstance(before, nn.Dropout) and is_large(module)]


def largest(weight: torch.Tensor, share: float) -> torch.Tensor:
    """A mask of a weight's entries: False for the given share of them, those nearest to zero."""
    gone = int(share * weight.numel())
    if gone == 0:
        return torch.ones_like(weight, dtype=torch.bool)
    magnitudes = weight.abs().flatten()
    return weight.abs() > magnitudes.kthvalue(gone).values
