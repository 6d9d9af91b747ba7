"""Reads the arrays written by `data/prepare.ts`, and samples the images of an epoch from them.

An array set NAME is three files: NAME.images.npy, uint8 [n, 28, 28], as normalized by the product; NAME.labels.npy,
uint16 [n]; NAME.origins.npy, uint32 [n, 2], the drawing that each image was made from, and its writer.
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
        """Returns the images as input for the networks: float32 [n, 1, 28, 28], 0..1."""
        return (self.images.numpy()[:, None] / np.float32(255)).astype(np.float32)

    def only(self, keep: np.ndarray) -> ArraySet:
        """Returns the images selected by `keep`, bool [n], or by their indices."""
        chosen = torch.from_numpy(keep)
        return ArraySet(self.name, self.images[chosen], self.labels[chosen], self.origins[chosen])

    def thinned(self, count: int) -> ArraySet:
        """Returns at most `count` of the images, evenly spaced."""
        return self.only(np.arange(len(self)) % max(1, -(-len(self) // count)) == 0)


def load(folder: Path, name: str) -> ArraySet:
    """Loads an array set; raises FileNotFoundError if `data/prepare.ts` has not written it."""
    images, labels, origins = (np.load(folder / f'{name}.{part}.npy') for part in ('images', 'labels', 'origins'))
    return ArraySet(name, *(torch.from_numpy(one) for one in (images, labels.astype(np.int64), origins.astype(np.int64))))


def load_existing(folder: Path, names: list[str]) -> list[ArraySet]:
    """Loads the array sets that exist; those of real drawings are missing if no file of them was given."""
    return [load(folder, name) for name in names if (folder / f'{name}.images.npy').exists()]


@dataclass
class Batch:
    """Images, float32 [n, 1, 28, 28]; their digits, int64 [n], NON_DIGIT for non-digits; and with teachers,
    their probabilities for the digits, [digits, 10], their share in these digits' loss, [digits], and their probability
    that an image is a digit, [n]."""

    images: torch.Tensor
    labels: torch.Tensor
    teacher_probabilities: torch.Tensor | None = None
    teacher_shares: torch.Tensor | None = None
    digit_probabilities: torch.Tensor | None = None


@dataclass
class Source:
    """A part of the training data: the number of its images per epoch, and the strength of pixel variation (0..1).

    Strokes have already been varied as strokes, so their pixels need less.
    """

    images: ArraySet
    per_epoch: int
    variation: float
    digits: bool = True
    """Whether the labels are digits."""


class Mixture:
    """Images sampled from several sources, without repeats in an epoch unless a source has too few, and varied each
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
        """Returns the indices of one epoch, shuffled."""
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


def prefetch(tasks: Iterator[Callable[[], Batch]], count: int = 3) -> Iterator[Batch]:
    """Prepares batches in another thread, in order, a few in advance, so that preparation has a core of its own. The
    networks are too small to split one of their operations well across two cores."""
    with ThreadPoolExecutor(1) as worker:
        pending = deque(worker.submit(make) for make in islice(tasks, count))
        while pending:
            batch = pending.popleft().result()
            pending.extend(worker.submit(make) for make in islice(tasks, 1))
            yield batch
