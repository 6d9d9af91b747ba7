"""Finds drawings to drop from training: digits with a wrong label, and non-digits that look like digits."""

from __future__ import annotations

import math

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
# A drawing of a character is dropped if all judges, though trained to reject it, read it as a digit with this confidence and
# energy: a wrong segment, or one that nobody could tell from a digit.
READ_CONFIDENCE, READ_ENERGY = 0.9, 1.0
# A character is a bar if its ink is one line without gaps, this narrow relative to its length (a 1 by the product's pen has
# 0.15 to 0.23), and at least this steep, in degrees: commas, apostrophes and wrong segments, which no size tells from a 1.
BAR_NARROWNESS, BAR_ANGLE = 0.2, 30.0
MIN_INK = 0.3
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
    """Returns the drawings with a wrong label (by their indices in `origins`), judged by the original images."""
    drawings = originals(digits)
    logits = [answers(judge, drawings.images) for judge in judges]
    return drawings.origins[:, 0].numpy()[wrong_labels(logits, drawings.labels.numpy())]


def without_drawings(images: ArraySet, drawings: np.ndarray) -> ArraySet:
    """Returns an array set without some drawings (by their indices in `origins`) and their variants."""
    return images.only(~np.isin(images.origins[:, 0].numpy(), drawings))


def without(images: ArraySet, labels: list[int]) -> ArraySet:
    """Returns an array set without some labels."""
    return images.only(~np.isin(images.labels.numpy(), labels))


def alike(characters: ArraySet, judges: list[nn.Module], digits: ArraySet) -> list[int]:
    """Returns the characters (labels of `characters`) that look like digits: those that one of the judges cannot
    distinguish from `digits`."""
    drawings = originals(characters)
    labels = drawings.labels.numpy()
    found = []
    for judge in judges:
        least = measure.least_energy(answers(judge, digits.images), 1 - DIGITS_REJECTED)
        taken = measure.energy(answers(judge, drawings.images)) >= least
        found += [int(label) for label in np.unique(labels) if taken[labels == label].mean() >= ALIKE_SHARE]
    return sorted(set(found))


def originals(images: ArraySet) -> ArraySet:
    """Returns the images of the drawings themselves, which precede their variants."""
    return images.only(np.unique(images.origins[:, 0].numpy(), return_index=True)[1])


def drawings_like_digits(characters: ArraySet, judges: list[nn.Module]) -> np.ndarray:
    """Returns the drawings of characters (by their indices in `origins`) that are bars, or that all judges read as a
    digit."""
    drawings = originals(characters)
    logits = [answers(judge, drawings.images) for judge in judges]
    confidence = np.min([np.exp(measure.log_softmax(one)).max(1) for one in logits], axis=0)
    energy = np.min([measure.energy(one) for one in logits], axis=0)
    read = (confidence >= READ_CONFIDENCE) & (energy >= READ_ENERGY)
    return drawings.origins[:, 0].numpy()[read | bars(drawings)]


def bars(characters: ArraySet) -> np.ndarray:
    """Returns which images are bars, bool [n]."""
    return np.array([is_bar(image) for image in characters.images.numpy()])


def is_bar(image: np.ndarray) -> bool:
    """Returns whether the ink of an image, uint8 [28, 28], is one steep straight line."""
    y, x = np.nonzero(image > MIN_INK * 255)
    if len(x) < 2:
        return False
    variances, axes = np.linalg.eigh(np.cov(x, y))
    if variances[0] > BAR_NARROWNESS**2 * variances[1] or abs(axes[0, 1]) > math.cos(math.radians(BAR_ANGLE)):
        return False
    along = np.unique(np.round(x * axes[0, 1] + y * axes[1, 1]))
    return bool((np.diff(along) == 1).all())


def pieces_that_look_like_digits(drawings: ArraySet, judge: nn.Module) -> np.ndarray:
    """Returns which generated drawings, bool [n], are parts of digits, or outlines, that a trained network confidently
    reads as a digit."""
    logits = answers(judge, drawings.images)
    sure = np.exp(measure.log_softmax(logits)).max(1) >= PIECE_CONFIDENCE
    return sure & (measure.energy(logits) >= PIECE_ENERGY) & np.isin(drawings.labels.numpy(), PIECES)
