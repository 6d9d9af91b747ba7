"""Variation of pixel images: small affine and elastic deformation, ink weight, blur, noise and hidden patches."""

from __future__ import annotations

import math

import torch
from torch.nn import functional

SIZE = 28


def _uniform(count: int, low: float, high: float, generator: torch.Generator) -> torch.Tensor:
    return torch.rand(count, generator=generator, device=generator.device) * (high - low) + low


def deform(images: torch.Tensor, strength: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Applies rotation up to 15 degrees, shear up to 0.25, scale 0.85..1.12 per axis, shift up to 1.2 pixels, and an
    elastic displacement of a 5x5 grid (Simard, Steinkraus and Platt 2003), each times `strength` [n] in 0..1.

    `images` is float32 [n, 1, 28, 28].
    """
    count = len(images)
    angle = _uniform(count, -15, 15, generator) * strength * math.pi / 180
    shear = _uniform(count, -0.25, 0.25, generator) * strength
    # The sampling grid maps the result to the source, so a factor above 1 makes the digit smaller.
    width = 1 + _uniform(count, -0.12, 0.15, generator) * strength
    height = 1 + _uniform(count, -0.12, 0.15, generator) * strength
    shift = (torch.rand(count, 2, generator=generator, device=generator.device) * 2 - 1) * strength[:, None] * 1.2 / (SIZE / 2)
    cosine, sine = angle.cos(), angle.sin()
    matrix = torch.stack(
        [
            torch.stack([cosine * width, (cosine * shear - sine) * height, shift[:, 0]], 1),
            torch.stack([sine * width, (sine * shear + cosine) * height, shift[:, 1]], 1),
        ],
        1,
    )
    grid = functional.affine_grid(matrix, [count, 1, SIZE, SIZE], align_corners=False)
    coarse = torch.randn(count, 2, 5, 5, generator=generator, device=generator.device) * (strength * 1.1 / (SIZE / 2))[:, None, None, None]
    bend = functional.interpolate(coarse, size=(SIZE, SIZE), mode='bicubic', align_corners=False)
    return functional.grid_sample(images, grid + bend.permute(0, 2, 3, 1), align_corners=False)


def vary_ink(images: torch.Tensor, strength: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Thickens or thins the ink by mixing in a 3x3 dilation or erosion, and makes some of it softer."""
    amount = (_uniform(len(images), -0.6, 0.6, generator) * strength)[:, None, None, None]
    thick = functional.max_pool2d(images, 3, 1, 1)
    thin = -functional.max_pool2d(-images, 3, 1, 1)
    images = torch.where(amount > 0, images.lerp(thick, amount.clamp(min=0)), images.lerp(thin, -amount.clamp(max=0) * 0.6))
    soft = (_uniform(len(images), -1, 0.7, generator).clamp(min=0) * strength)[:, None, None, None]
    return images.lerp(functional.avg_pool2d(images, 3, 1, 1), soft)


def hide(images: torch.Tensor, share: float, generator: torch.Generator) -> torch.Tensor:
    """Blanks a patch of 3..7 pixels in a `share` of the images: missing ink (random erasing, Zhong et al. 2017)."""
    count, device = len(images), generator.device
    side = torch.randint(3, 8, (count, 2), generator=generator, device=device)
    corner = torch.randint(4, SIZE - 8, (count, 2), generator=generator, device=device)
    axis = torch.arange(SIZE, device=device)
    rows = (axis >= corner[:, :1]) & (axis < corner[:, :1] + side[:, :1])
    columns = (axis >= corner[:, 1:]) & (axis < corner[:, 1:] + side[:, 1:])
    chosen = torch.rand(count, generator=generator, device=device) < share
    patch = rows[:, :, None] & columns[:, None, :] & chosen[:, None, None]
    return images.masked_fill(patch[:, None], 0)


def vary(images: torch.Tensor, strength: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Applies all variations to `images`, uint8 [n, 28, 28], with `strength` [n] in 0..1; returns float32 [n, 1, 28,
    28] in 0..1. All three are on one device.

    One image in eight keeps its shape, so that the network also sees unmodified data.
    """
    device = generator.device
    strength = strength * (torch.rand(len(images), generator=generator, device=device) > 0.125)
    varied = deform(images[:, None].float() / 255, strength, generator)
    varied = vary_ink(varied, strength, generator)
    varied = hide(varied, 0.08, generator)
    noise = (torch.rand(len(images), generator=generator, device=device) < 0.08)[:, None, None, None] * 0.12
    return (varied + torch.randn(varied.shape, generator=generator, device=device) * noise).clamp(0, 1)
