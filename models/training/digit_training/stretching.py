"""Digits as people cut them out: cropped to their ink and stretched to a square, so that a 1 is as wide as a 0."""

from __future__ import annotations

import torch
from torch.nn import functional

from .data import ArraySet

# What is darker is paper.
LEAST_INK = 60
# The box that a digit fills after normalization, and the middle of the picture, in pixels.
BOX, SIZE = 20, 28
MIDDLE = (SIZE - 1) / 2


def stretched(images: ArraySet, name: str) -> ArraySet:
    """Every second image of a set, its ink stretched to a square of 20 pixels whose center of mass is in the middle."""
    chosen = torch.arange(0, len(images), 2)
    squares = torch.stack([stretch(image) for image in images.images[chosen]])
    return ArraySet(name, squares, images.labels[chosen], images.origins[chosen])


def stretch(image: torch.Tensor) -> torch.Tensor:
    """One image, uint8 [28, 28], which is not blank."""
    ink = image > LEAST_INK
    rows, columns = (ink.any(axis).nonzero()[:, 0] for axis in (1, 0))
    cut = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].float()
    square = functional.interpolate(cut[None, None], (BOX, BOX), mode='bilinear', antialias=True)[0, 0]
    result = torch.zeros_like(image)
    top, left = (room_before(square.sum(axis)) for axis in (1, 0))
    result[top : top + BOX, left : left + BOX] = square.round().clamp(0, 255).to(torch.uint8)
    return result


def room_before(profile: torch.Tensor) -> int:
    """How many pixels are left free before the box, so that the center of mass of `profile` [20] is in the middle."""
    center = (profile * torch.arange(BOX)).sum() / profile.sum()
    return int((MIDDLE - center).round().clamp(0, SIZE - BOX))
