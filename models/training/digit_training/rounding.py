"""Quantization of weights: steps on either side of 0, with a scale per output channel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import nn

# Maximum number of steps in a signed byte.
MAX_STEPS = 127


def short(values: torch.Tensor) -> torch.Tensor:
    """Rounds numbers to eight significant bits (float32): two of the bytes are zero, and compress well."""
    return values.bfloat16().float()


@dataclass(frozen=True)
class Rounding:
    """How a layer's weights are rounded: the maximum number of steps to either side of 0, and the size of a step relative
    to the root mean square of a channel's weights; by default, the largest weight of a channel is exactly `steps`.

    With a size, few large weights do not make all others 0: they are limited to `steps` instead.
    """

    steps: int = MAX_STEPS
    size: float | None = None

    def whole(self, weight: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Returns a weight [out, ...] as integers in -steps..steps (float32), and their scale [out, 1, ...]."""
        axes = tuple(range(1, weight.ndim))
        if self.size is None:
            exact = weight.abs().amax(axes, keepdim=True) / self.steps
        else:
            exact = weight.square().mean(axes, keepdim=True).sqrt() * self.size
        scale = short(exact.clamp(min=1e-12))
        return (weight / scale).round().clamp(-self.steps, self.steps), scale


def rounding_of(module: nn.Module) -> Rounding:
    """Returns the rounding that a network sets for a layer; MAX_STEPS by default."""
    return getattr(module, 'rounding', Rounding())


@contextmanager
def rounded_weights(network: nn.Module) -> Iterator[None]:
    """Within this context, layers for which the network sets a rounding use weights quantized as they will be
    stored. Gradients are applied to the exact weights, as if they had not been quantized (straight-through estimator,
    Bengio et al. 2013)."""
    layers = [module for module in network.modules() if hasattr(module, 'rounding')]
    exact = [module.weight.detach().clone() for module in layers]
    with torch.no_grad():
        for module in layers:
            whole, scale = rounding_of(module).whole(module.weight)
            module.weight.copy_(whole * scale)
    try:
        yield
    finally:
        with torch.no_grad():
            for module, weight in zip(layers, exact, strict=True):
                module.weight.copy_(weight)
