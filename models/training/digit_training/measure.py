"""Metrics of a network's answers: the interval of a share, log loss, calibration, energy."""

from __future__ import annotations

import math

import numpy as np


def log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


def interval(correct: int, total: int) -> tuple[float, float]:
    """Returns the 95 % interval of a share (Wilson 1927)."""
    z = 1.959964
    share, spread = correct / total, z * z / total
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / total + spread / total / 4) / (1 + spread)
    return middle - half, middle + half


def log_loss(logits: np.ndarray, labels: np.ndarray, temperature: float = 1) -> float:
    """Returns the mean negative log probability of the correct digit."""
    return float(-log_softmax(logits / temperature)[np.arange(len(labels)), labels].mean())


def calibration_error(logits: np.ndarray, labels: np.ndarray, temperature: float = 1, bins: int = 15) -> float:
    """Returns the expected calibration error of the best guess, 0..1 (Guo et al. 2017, 15 equal bins)."""
    probabilities = np.exp(log_softmax(logits / temperature))
    confidence, right = probabilities.max(1), probabilities.argmax(1) == labels
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [abs(right[bin_of == b].mean() - confidence[bin_of == b].mean()) * (bin_of == b).mean() for b in np.unique(bin_of)]
    return float(sum(gaps))


def fit_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """Returns the temperature that minimizes the log loss (Guo et al. 2017), by golden-section search in 0.2..5."""
    low, high, ratio = math.log(0.2), math.log(5), (math.sqrt(5) - 1) / 2
    while high - low > 1e-5:
        left, right = high - ratio * (high - low), low + ratio * (high - low)
        if log_loss(logits, labels, math.exp(left)) < log_loss(logits, labels, math.exp(right)):
            high = right
        else:
            low = left
    return math.exp((low + high) / 2)


def energy(logits: np.ndarray) -> np.ndarray:
    """Returns how much each image resembles any digit, [n]: the logsumexp of its logits (Liu et al. 2020, temperature
    1)."""
    largest = logits.max(1)
    return largest + np.log(np.exp(logits - largest[:, None]).sum(1))


def least_energy(logits: np.ndarray, accepted: float) -> float:
    """Returns the energy that the given share of these answers, all for real digits, reaches."""
    return float(np.quantile(energy(logits), 1 - accepted))
