"""The optimizers of a network: Muon for convolution filters, AdamW for everything else.

Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon/) takes the momentum of a matrix, makes all of its
singular values nearly equal by a few Newton-Schulz steps, and moves in that direction: what filters have in common does
not drown their differences. A small network learns from half a million images what takes AdamW several times as many.
PyTorch's own Muon does not support four-dimensional filters.
"""

from __future__ import annotations

import torch
from torch import nn

MOMENTUM = 0.95
# Coefficients and number of the Newton-Schulz steps, as published: steep at 0, so that five steps are enough.
NEWTON_SCHULZ = (3.4445, -4.7750, 2.0315)
STEPS = 5
# Scales the entries of a step to the size of AdamW's (Liu et al. 2025, "Muon is scalable for LLM training").
SCALE = 0.2


def create_optimizers(network: nn.Module, weight_decay: float) -> dict[str, torch.optim.Optimizer]:
    """Returns `muon` and `adamw`, to be used together, for all weights; their learning rates are tensors to fill before
    each step. The first convolution has one input channel, and is left to AdamW."""
    filters = [one.weight for one in network.modules() if isinstance(one, nn.Conv2d) and one.in_channels > 1]
    others = [one for one in network.parameters() if not any(one is weight for weight in filters)]
    device = others[0].device
    rates = [torch.zeros((), device=device) for _ in range(2)]
    adamw = torch.optim.AdamW(
        others, rates[0], weight_decay=weight_decay, fused=True, capturable=device.type == 'cuda'
    )
    return {'muon': Muon(filters, rates[1], weight_decay), 'adamw': adamw}


class Muon(torch.optim.Optimizer):
    """Muon with Nesterov momentum and decoupled weight decay; a filter [out, ...] is a matrix with `out` rows."""

    def __init__(self, parameters: list[nn.Parameter], rate: torch.Tensor, weight_decay: float) -> None:
        super().__init__(parameters, {'lr': rate, 'weight_decay': weight_decay})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            for weight in group['params']:
                state = self.state[weight]
                if not state:
                    state['momentum'] = torch.zeros_like(weight)
                momentum = state['momentum']
                momentum.lerp_(weight.grad, 1 - MOMENTUM)
                direction = orthogonal(weight.grad.lerp(momentum, MOMENTUM).flatten(1))
                weight.mul_(1 - group['lr'] * group['weight_decay'])
                weight.sub_(direction.view_as(weight) * (group['lr'] * SCALE * max(direction.shape) ** 0.5))


def orthogonal(matrix: torch.Tensor) -> torch.Tensor:
    """Returns an approximation of the nearest matrix with equal singular values, near 1; `matrix` has fewer rows than
    columns."""
    linear, cubic, quintic = NEWTON_SCHULZ
    result = matrix / (matrix.norm() + 1e-7)
    for _ in range(STEPS):
        square = result @ result.T
        result = linear * result + (cubic * square + quintic * square @ square) @ result
    return result
