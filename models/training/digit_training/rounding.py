"""How weights are rounded to be stored: whole steps to either side of 0, with a scale per output channel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

# So many fit a byte.
MOST_STEPS = 127


def whole_steps(weight: torch.Tensor, steps: int) -> tuple[torch.Tensor, torch.Tensor]:
    """A weight [out, ...] as whole numbers in -steps..steps (float32) and their scale [out, 1, ...]."""
    axes = tuple(range(1, weight.ndim))
    scale = (weight.abs().amax(axes, keepdim=True) / steps).clamp(min=1e-12)
    return (weight / scale).round().clamp(-steps, steps), scale


def layer_steps(module: nn.Module) -> int:
    """The steps that a network wants of a layer's weights; MOST_STEPS where it does not say."""
    return getattr(module, 'steps', MOST_STEPS)


@contextmanager
def rounded_weights(network: nn.Module) -> Iterator[None]:
    """While it lasts, convolutions calculate with the weights that they will be stored with. Gradients that are calculated
    meanwhile are those of the exact weights, as if nothing had been rounded (straight-through estimator, Bengio et al.
    2013)."""
    layers = [module for module in network.modules() if isinstance(module, nn.Conv2d)]
    exact = [module.weight.detach().clone() for module in layers]
    with torch.no_grad():
        for module in layers:
            whole, scale = whole_steps(module.weight, layer_steps(module))
            module.weight.copy_(whole * scale)
    try:
        yield
    finally:
        with torch.no_grad():
            for module, weight in zip(layers, exact, strict=True):
                module.weight.copy_(weight)
