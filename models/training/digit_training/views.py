"""Test-time augmentation, as in the product's `src/recognition/augmentation.ts`: an image as it is and slightly rotated
both ways, and the mean of the logits."""

from __future__ import annotations

import math

import torch
from torch import nn
from torch.nn import functional

# Rotations in radians.
ANGLES = (0.0, 0.18, -0.18)


def views(images: torch.Tensor) -> list[torch.Tensor]:
    """Returns the views of `images`, float32 [n, 1, 28, 28]; the first one is the images themselves."""
    return [rotate(images, angle) if angle else images for angle in ANGLES]


def rotate(images: torch.Tensor, angle: float) -> torch.Tensor:
    """Rotates images around their center; bilinear, with paper around them."""
    cosine, sine = math.cos(angle), math.sin(angle)
    matrix = torch.tensor([[cosine, sine, 0], [-sine, cosine, 0]], device=images.device)
    grid = functional.affine_grid(matrix.expand(len(images), 2, 3), list(images.shape), align_corners=False)
    return functional.grid_sample(images, grid, align_corners=False)


class Averaged(nn.Module):
    """A network that is given all views of an image, and answers with the mean of the logits."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return torch.stack([self.network(view) for view in views(images)]).mean(0)
