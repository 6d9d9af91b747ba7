"""Quantization of weights: steps on either side of 0, with a scale per output channel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import nn

# Maximum number of steps in a signed byte.
MAX_STEPS = 127


def short(values: torch.Tensor) -> torch.Tensor:
    """Rounds numbers to eight significant bits (float32): two of the bytes are zero, and compress well."""
    return values.bfloat16().float()


def whole_steps(weight: torch.Tensor, steps: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Returns a weight [out, ...] as integers in -steps..steps (float32), and their scale [out, 1, ...]."""
    axes = tuple(range(1, weight.ndim))
    scale = short((weight.abs().amax(axes, keepdim=True) / steps).clamp(min=1e-12))
    return (weight / scale).round().clamp(-steps, steps), scale


def layer_steps(module: nn.Module) -> int:
    """Returns the number of steps that a network sets for a layer; MAX_STEPS by default."""
    return getattr(module, 'steps', MAX_STEPS)


@contextmanager
def rounded_weights(network: nn.Module) -> Iterator[None]:
    """Within this context, layers for which the network sets a number of steps use weights quantized as they will be
    stored. Gradients are applied to the exact weights, as if they had not been quantized (straight-through estimator,
    Bengio et al. 2013)."""
    layers = [module for module in network.modules() if hasattr(module, 'steps')]
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
