"""Finds drawings to drop from training: digits with a wrong label, and non-digits that look like digits."""

from __future__ import annotations

import numpy as np
from torch import nn

from . import measure
from .data import ArraySet
from .train import answers

# A label is wrong if all judges read the same other digit with this confidence, or if all find next to no digit, by its
# energy, and none considers the label likely.
OTHER_CONFIDENCE = 0.8
NO_DIGIT_ENERGY, UNLIKELY = -1.0, 0.1
# A character looks like a digit if this share of its drawings is accepted, with an energy threshold that rejects few digits,
# by a network trained to reject them all, or by the shipped one, which was not trained on those that looked like digits
# to it. Of z, 34 % are accepted by the former; of S and Z, 92 and 35 % by the latter; of the next one, }, 26 %.
ALIKE_SHARE, DIGITS_REJECTED = 0.28, 0.05
# A part of a digit or an outline is dropped if it is read with this confidence, and has this energy.
PIECE_CONFIDENCE, PIECE_ENERGY = 0.95, 2.0
# Parts of digits and outlines, as labeled by `data/prepare.ts`.
PIECES = (0, 9)


def wrong_labels(judges: list[np.ndarray], labels: np.ndarray) -> np.ndarray:
    """Returns which labels are wrong, bool [n], given the logits [n, 10] of several networks. A rare way of writing is
    kept if at least one of them has learned it from others."""
    probabilities = np.stack([np.exp(measure.log_softmax(logits)) for logits in judges])
    reads, sure = probabilities.argmax(2), probabilities.max(2) >= OTHER_CONFIDENCE
    own = probabilities[:, np.arange(len(labels)), labels]
    other = (reads == reads[0]).all(0) & (reads[0] != labels) & sure.all(0)
    nothing = np.stack([measure.energy(logits) < NO_DIGIT_ENERGY for logits in judges]).all(0) & (own < UNLIKELY).all(0)
    return other | nothing


def wrong_drawings(digits: ArraySet, judges: list[nn.Module]) -> np.ndarray:
    """Returns the indices of drawings with a wrong label, judged by the original images."""
    drawn = int(digits.origins[:, 0].max()) + 1
    logits = [answers(judge, digits.images[:drawn]) for judge in judges]
    return np.flatnonzero(wrong_labels(logits, digits.labels[:drawn].numpy()))


def without(images: ArraySet, labels: list[int]) -> ArraySet:
    """Returns an array set without some labels."""
    return images.only(~np.isin(images.labels.numpy(), labels))


def alike(characters: ArraySet, judges: list[nn.Module], digits: ArraySet) -> list[int]:
    """Returns the characters (labels of `characters`) that look like digits: those that one of the judges cannot
    distinguish from `digits`."""
    drawn = int(characters.origins[:, 0].max()) + 1
    labels = characters.labels[:drawn].numpy()
    found = []
    for judge in judges:
        least = measure.least_energy(answers(judge, digits.images), 1 - DIGITS_REJECTED)
        taken = measure.energy(answers(judge, characters.images[:drawn])) >= least
        found += [int(label) for label in np.unique(labels) if taken[labels == label].mean() >= ALIKE_SHARE]
    return sorted(set(found))


def pieces_that_look_like_digits(drawings: ArraySet, judge: nn.Module) -> np.ndarray:
    """Returns which generated drawings, bool [n], are parts of digits, or outlines, that a trained network confidently
    reads as a digit."""
    logits = answers(judge, drawings.images)
    sure = np.exp(measure.log_softmax(logits)).max(1) >= PIECE_CONFIDENCE
    return sure & (measure.energy(logits) >= PIECE_ENERGY) & np.isin(drawings.labels.numpy(), PIECES)
