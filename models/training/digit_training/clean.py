"""Which drawings are left out of training: digits with a wrong label, and non-digits that are digits to any eye."""

from __future__ import annotations

import numpy as np
from torch import nn

from . import measure
from .data import ArraySet
from .train import answers

# A label is wrong where all judges read the same other digit, each this surely, or where all find next to no digit in the
# picture, by its energy, and none finds the label likely.
OTHER_CONFIDENCE = 0.8
NO_DIGIT_ENERGY, UNLIKELY = -1.0, 0.1
# A character is a digit to any eye where this share of its drawings is still taken for one by a network that was trained to
# refuse them, with a least energy that refuses few digits. The network finds a gap there: of Z, S, z, s, g and b 30 to
# 38 %, of the next one, a comma, 25 %.
ALIKE_SHARE, DIGITS_REFUSED = 0.28, 0.05
# A piece of a digit or an outline is left out where it is read this surely, and taken for a digit by this energy.
PIECE_CONFIDENCE, PIECE_ENERGY = 0.95, 2.0
# Pieces of digits and outlines, as `data/prepare.ts` labels them.
PIECES = (0, 9)


def wrong_labels(judges: list[np.ndarray], labels: np.ndarray) -> np.ndarray:
    """Which labels are wrong, bool [n], by logits [n, 10] of several networks. A way of writing that most do not know is
    kept as long as one of them has learned it from others."""
    probabilities = np.stack([np.exp(measure.log_softmax(logits)) for logits in judges])
    reads, sure = probabilities.argmax(2), probabilities.max(2) >= OTHER_CONFIDENCE
    own = probabilities[:, np.arange(len(labels)), labels]
    other = (reads == reads[0]).all(0) & (reads[0] != labels) & sure.all(0)
    nothing = np.stack([measure.energy(logits) < NO_DIGIT_ENERGY for logits in judges]).all(0) & (own < UNLIKELY).all(0)
    return other | nothing


def wrong_drawings(digits: ArraySet, judges: list[nn.Module]) -> np.ndarray:
    """Numbers of the drawings whose label is wrong, by their pictures as drawn."""
    drawn = int(digits.origins[:, 0].max()) + 1
    logits = [answers(judge, digits.images[:drawn]) for judge in judges]
    return np.flatnonzero(wrong_labels(logits, digits.labels[:drawn].numpy()))


def without(images: ArraySet, labels: list[int]) -> ArraySet:
    """An array set without those of some labels."""
    return images.only(~np.isin(images.labels.numpy(), labels))


def alike(characters: ArraySet, judge: nn.Module, digits: ArraySet) -> list[int]:
    """Which characters (labels of `characters`) are digits to any eye, by a network that was trained to refuse them all:
    those that it cannot tell from `digits` nevertheless."""
    drawn = int(characters.origins[:, 0].max()) + 1
    least = measure.least_energy(answers(judge, digits.images), 1 - DIGITS_REFUSED)
    taken = measure.energy(answers(judge, characters.images[:drawn])) >= least
    labels = characters.labels[:drawn].numpy()
    return [int(label) for label in np.unique(labels) if taken[labels == label].mean() >= ALIKE_SHARE]


def pieces_that_look_like_digits(drawings: ArraySet, judge: nn.Module) -> np.ndarray:
    """Which drawings by program, bool [n], are pieces of digits, or outlines, that a trained network reads surely as a digit."""
    logits = answers(judge, drawings.images)
    sure = np.exp(measure.log_softmax(logits)).max(1) >= PIECE_CONFIDENCE
    return sure & (measure.energy(logits) >= PIECE_ENERGY) & np.isin(drawings.labels.numpy(), PIECES)
