"""Digits as users crop them: cropped to the ink and stretched to a square, so that a 1 is as wide as a 0."""

from __future__ import annotations

import torch
from torch.nn import functional

from .data import ArraySet

# Minimum value of ink.
MIN_INK = 60
# The box of a normalized digit, and the middle of the image, in pixels.
BOX, SIZE = 20, 28
MIDDLE = (SIZE - 1) / 2


def stretched(images: ArraySet, name: str) -> ArraySet:
    """Returns every second image of a set, its ink stretched to a square of 20 pixels with the center of mass in the
    middle."""
    chosen = torch.arange(0, len(images), 2)
    squares = torch.stack([stretch(image) for image in images.images[chosen]])
    return ArraySet(name, squares, images.labels[chosen], images.origins[chosen])


def stretch(image: torch.Tensor) -> torch.Tensor:
    """Stretches one image, uint8 [28, 28], which must not be blank."""
    ink = image > MIN_INK
    rows, columns = (ink.any(axis).nonzero()[:, 0] for axis in (1, 0))
    cut = image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].float()
    square = functional.interpolate(cut[None, None], (BOX, BOX), mode='bilinear', antialias=True)[0, 0]
    result = torch.zeros_like(image)
    top, left = (offset_of(square.sum(axis)) for axis in (1, 0))
    result[top : top + BOX, left : left + BOX] = square.round().clamp(0, 255).to(torch.uint8)
    return result


def offset_of(profile: torch.Tensor) -> int:
    """Returns the number of pixels before the box that brings the center of mass of `profile` [20] to the middle."""
    center = (profile * torch.arange(BOX)).sum() / profile.sum()
    return int((MIDDLE - center).round().clamp(0, SIZE - BOX))
