"""Reads the arrays that `data/prepare.ts` wrote, and draws the images of an epoch from them or from a bank.

An array set NAME is two files: NAME.images.npy, uint8 [n, 28, 28], as the product itself normalises them, and
NAME.labels.npy, uint8 [n].
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import torch

from .device import choose_device
from .variation import vary


@dataclass
class ArraySet:
    """Images, uint8 [n, 28, 28], and their digits, int64 [n]."""

    name: str
    images: torch.Tensor
    labels: torch.Tensor

    def __len__(self) -> int:
        return len(self.labels)

    def floats(self) -> np.ndarray:
        """The images as the networks take them: float32 [n, 1, 28, 28], 0..1."""
        return (self.images.numpy()[:, None] / np.float32(255)).astype(np.float32)


def load(folder: Path, name: str) -> ArraySet:
    """Loads an array set; FileNotFoundError where `data/prepare.ts` has not written it."""
    images = np.load(folder / f'{name}.images.npy')
    labels = np.load(folder / f'{name}.labels.npy')
    return ArraySet(name, torch.from_numpy(images), torch.from_numpy(labels.astype(np.int64)))


def load_those_there(folder: Path, names: list[str]) -> list[ArraySet]:
    """The array sets that exist; those of strokes do not where no stroke file was given."""
    return [load(folder, name) for name in names if (folder / f'{name}.images.npy').exists()]


@dataclass
class Batch:
    """Images, float32 [n, 1, 28, 28]; digits, int64 [n]; what the teachers think of them, [n, 10], or None."""

    images: torch.Tensor
    labels: torch.Tensor
    soft: torch.Tensor | None = None


class Examples(Protocol):
    """What a network is trained on, on the device that trains, as are the generators that draw from it."""

    per_epoch: int

    def epoch(self, generator: torch.Generator) -> torch.Tensor:
        """Indices of one epoch, shuffled."""
        ...

    def batch(self, indices: torch.Tensor, generator: torch.Generator) -> Batch: ...


@dataclass
class Source:
    """A part of the training data: how many of its images an epoch sees, and how much pixels are varied (0..1).

    Strokes were already varied as strokes, so their pixels need less.
    """

    images: ArraySet
    per_epoch: int
    variation: float


class Mixture:
    """Images drawn from several sources, without repeats in an epoch, and varied anew each time."""

    def __init__(self, sources: list[Source]) -> None:
        device = choose_device()
        self.sources = sources
        self.images = torch.cat([source.images.images for source in sources]).to(device)
        self.labels = torch.cat([source.images.labels for source in sources]).to(device)
        variation = [torch.full((len(source.images),), source.variation) for source in sources]
        self.variation = torch.cat(variation).to(device)
        self.per_epoch = sum(min(source.per_epoch, len(source.images)) for source in sources)

    def epoch(self, generator: torch.Generator) -> torch.Tensor:
        first, chosen = 0, []
        for source in self.sources:
            order = torch.randperm(len(source.images), generator=generator, device=generator.device)[: source.per_epoch]
            chosen.append(order + first)
            first += len(source.images)
        indices = torch.cat(chosen)
        return indices[torch.randperm(len(indices), generator=generator, device=generator.device)]

    def batch(self, indices: torch.Tensor, generator: torch.Generator) -> Batch:
        return Batch(vary(self.images[indices], self.variation[indices], generator), self.labels[indices])
