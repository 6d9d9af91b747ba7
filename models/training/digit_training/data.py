"""Reads the arrays that `data/prepare.ts` wrote, and draws the images of an epoch from them.

An array set NAME is three files: NAME.images.npy, uint8 [n, 28, 28], as the product itself normalizes them;
NAME.labels.npy, uint16 [n]; NAME.origins.npy, uint32 [n, 2], the drawing that each image is made of and its writer.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch

from .device import choose_device
from .variation import vary

NON_DIGIT = -1


@dataclass
class ArraySet:
    """Images, uint8 [n, 28, 28]; their labels, int64 [n]: digits, or groups of non-digits; and their origins, [n, 2]."""

    name: str
    images: torch.Tensor
    labels: torch.Tensor
    origins: torch.Tensor

    def __len__(self) -> int:
        return len(self.labels)

    def floats(self) -> np.ndarray:
        """The images as the networks take them: float32 [n, 1, 28, 28], 0..1."""
        return (self.images.numpy()[:, None] / np.float32(255)).astype(np.float32)

    def only(self, keep: np.ndarray) -> ArraySet:
        """Those images for which `keep`, bool [n], says so."""
        chosen = torch.from_numpy(keep)
        return ArraySet(self.name, self.images[chosen], self.labels[chosen], self.origins[chosen])

    def thinned(self, count: int) -> ArraySet:
        """At most so many of the images, evenly spaced."""
        return self.only(np.arange(len(self)) % max(1, -(-len(self) // count)) == 0)


def load(folder: Path, name: str) -> ArraySet:
    """Loads an array set; FileNotFoundError where `data/prepare.ts` has not written it."""
    images, labels, origins = (np.load(folder / f'{name}.{part}.npy') for part in ('images', 'labels', 'origins'))
    return ArraySet(name, *(torch.from_numpy(one) for one in (images, labels.astype(np.int64), origins.astype(np.int64))))


def load_those_there(folder: Path, names: list[str]) -> list[ArraySet]:
    """The array sets that exist; those of people's drawings do not where no file of them was given."""
    return [load(folder, name) for name in names if (folder / f'{name}.images.npy').exists()]


@dataclass
class Batch:
    """Images, float32 [n, 1, 28, 28]; their digits, int64 [n], NON_DIGIT where there is none; and what teachers think of
    those that are digits, [digits, 10], or None."""

    images: torch.Tensor
    labels: torch.Tensor
    thought: torch.Tensor | None = None


@dataclass
class Source:
    """A part of the training data: how many of its images an epoch sees, and how much pixels are varied (0..1).

    Strokes were already varied as strokes, so their pixels need less.
    """

    images: ArraySet
    per_epoch: int
    variation: float
    digits: bool = True
    """Whether the labels are digits."""


class Mixture:
    """Images drawn from several sources, without repeats in an epoch unless a source has too few, and varied anew each
    time."""

    def __init__(self, sources: list[Source]) -> None:
        device = choose_device()
        self.sources = sources
        self.images = torch.cat([source.images.images for source in sources]).to(device)
        labels = [source.images.labels if source.digits else torch.full_like(source.images.labels, NON_DIGIT) for source in sources]
        self.labels = torch.cat(labels).to(device)
        variation = [torch.full((len(source.images),), source.variation) for source in sources]
        self.variation = torch.cat(variation).to(device)
        self.per_epoch = sum(source.per_epoch for source in sources)

    def epoch(self, generator: torch.Generator) -> torch.Tensor:
        """Indices of one epoch, shuffled."""
        first, chosen = 0, []
        for source in self.sources:
            count = len(source.images)
            rounds = -(-source.per_epoch // count)
            order = torch.cat([torch.randperm(count, generator=generator, device=generator.device) for _ in range(rounds)])
            chosen.append(order[: source.per_epoch] + first)
            first += count
        indices = torch.cat(chosen)
        return indices[torch.randperm(len(indices), generator=generator, device=generator.device)]

    def batch(self, indices: torch.Tensor, generator: torch.Generator) -> Batch:
        return Batch(vary(self.images[indices], self.variation[indices], generator), self.labels[indices])


def ahead(makers: Iterator[Callable[[], Batch]], count: int = 3) -> Iterator[Batch]:
    """Makes batches in another thread, in their order, a few ahead of who takes them: a core of its own for what is not
    learning. The networks are too small for two cores to share one of their operations well."""
    with ThreadPoolExecutor(1) as worker:
        waiting = deque(worker.submit(make) for make in islice(makers, count))
        while waiting:
            batch = waiting.popleft().result()
            waiting.extend(worker.submit(make) for make in islice(makers, 1))
            yield batch
