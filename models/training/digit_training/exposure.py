"""Teaches a network what is no digit, without another output: outlier exposure (Hendrycks et al. 2019).

A network with ten logits has the energy score E = logsumexp(logits) (Liu et al. 2020). The loss takes E as the log odds
that a picture is a digit at all, which is an eleventh class "none" whose logit is always 0. Digits are learned from the
bank at the same time, teachers' answers included.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from . import measure
from .data import ArraySet, Batch
from .bank import Bank
from .device import choose_device
from .train import Run, answers
from .variation import vary

# Pieces of digits, as `data/prepare.ts` labels them; lower groups are characters, one group each.
PIECES = 254
# A character is dropped where this share of its drawings is read as one digit, this surely.
ALIKE_SHARE, ALIKE_CONFIDENCE = 0.6, 0.95
PIXEL_VARIATION = 0.5
# How many variants of each drawing there are.
VARIANTS = 8
SEED = 405
# How much the question "a digit at all?" weighs against "which digit?".
ENERGY_SHARE = 0.5


def without_digits(images: ArraySet, judge: nn.Module) -> ArraySet:
    """Leaves out characters that look like a digit, and pieces of digits that do, by a trained network's agreement."""
    device = choose_device()
    logits = answers(judge.to(device), images.images, device)
    sure = np.exp(measure.log_softmax(logits)).max(1) >= ALIKE_CONFIDENCE
    read, groups = logits.argmax(1), images.labels.numpy()
    keep = ~((groups == PIECES) & sure)
    for group in np.unique(groups[groups < PIECES]):
        chosen = groups == group
        if max((sure & (read == digit))[chosen].mean() for digit in range(10)) >= ALIKE_SHARE:
            keep &= ~chosen
    return ArraySet(images.name, images.images[keep], images.labels[keep])


class Exposure:
    """The bank, and in every batch a quarter more of what is no digit, labelled -1."""

    def __init__(self, bank: Bank, outsiders: ArraySet) -> None:
        self.bank, self.per_epoch = bank, bank.per_epoch
        self.outsiders = variants(outsiders.images)

    def epoch(self, generator: torch.Generator) -> torch.Tensor:
        return self.bank.epoch(generator)

    def batch(self, indices: torch.Tensor, generator: torch.Generator) -> Batch:
        digits = self.bank.batch(indices, generator)
        count, device = len(indices) // 4, generator.device
        chosen = torch.randint(len(self.outsiders), (count,), generator=generator, device=device)
        others = self.outsiders[chosen][:, None].float() / 255
        none = torch.full((count,), -1, device=device)
        return Batch(torch.cat([digits.images, others]), torch.cat([digits.labels, none]), digits.soft)


def variants(images: torch.Tensor) -> torch.Tensor:
    """Variants of each image, uint8 [n * VARIANTS, 28, 28], on the device that trains."""
    device = choose_device()
    generator = torch.Generator(device).manual_seed(SEED)
    parts = [
        vary(part, torch.full((len(part),), PIXEL_VARIATION, device=device), generator)[:, 0]
        for part in images.to(device).repeat(VARIANTS, 1, 1).split(2000)
    ]
    return torch.cat([(255 * part).round().to(torch.uint8) for part in parts])


class ExposedRun(Run):
    """A run on digits and what is none."""

    def loss(self, batch: Batch) -> torch.Tensor:
        """The digits' loss as before, and whether the energy tells digits from the rest."""
        logits = self.logits(batch.images)
        digits = len(batch.soft)
        energy = logits.logsumexp(1)
        is_digit = (batch.labels >= 0).float()
        told = functional.binary_cross_entropy_with_logits(energy, is_digit)
        known = Batch(batch.images[:digits], batch.labels[:digits], batch.soft)
        return self.digit_loss(logits[:digits], known) + ENERGY_SHARE * told
