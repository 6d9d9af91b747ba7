"""How long and on how much each network is trained further: on two cores overnight or less, on a GPU with more images, and
a quick run that shows that it works."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .train import Plan


@dataclass(frozen=True)
class Recipe:
    """Plans by network, and what an epoch of each sees."""

    first: Plan
    """Of the network that helps to find wrong labels, and that `compact` starts from."""
    students: dict[str, Plan]
    images: dict[str, int]
    """Images by array set in an epoch."""


# Made of `mnist-train`, see stretching.py.
STRETCHED = 'mnist-train-stretched'

# How much the pixels of each array set are varied, 0..1: strokes were varied as strokes.
VARIATION = {
    'mnist-train': 0.7,
    'mnist-train-normalized': 0.7,
    STRETCHED: 0.5,
    'pen-train': 0.4,
    'unipen-train': 0.4,
    'templates-train': 0.4,
    'letters-train': 0.6,
    'alphabets-train': 0.5,
    'drawings-train': 0.4,
}

NON_DIGITS = ('letters-train', 'alphabets-train', 'drawings-train')

# Of 100 images, how many are from each array set.
SHARES = {
    'mnist-train': 34,
    'mnist-train-normalized': 8,
    STRETCHED: 4,
    'pen-train': 6,
    'unipen-train': 21,
    'templates-train': 4,
    'letters-train': 12,
    'alphabets-train': 3,
    'drawings-train': 8,
}


def images(per_epoch: int) -> dict[str, int]:
    """So many images, shared out."""
    return {name: per_epoch * share // 100 for name, share in SHARES.items()}


# Starts from a network that reads MNIST better than any that was trained anew in as long: a low rate, and MNIST often.
COMPACT = Plan(
    epochs=18,
    learning_rate=1.2e-3,
    weight_decay=0.01,
    average_over=400,
    warm_up_epochs=0.3,
    teacher_share=0.5,
    energy_share=1.0,
    rounded_from=0.0,
)
# Its convolutions stay as they are: a step costs less than half of what it would.
REFERENCE = Plan(
    epochs=5,
    learning_rate=1e-3,
    weight_decay=0.01,
    average_over=150,
    dropout=0.25,
    energy_share=2.0,
    filters=False,
    rewiring=0.15,
)

CPU = Recipe(
    first=Plan(epochs=3, learning_rate=2e-3, weight_decay=0.01, average_over=150, energy_share=1.0),
    students={'compact': COMPACT, 'reference': REFERENCE},
    images=images(100_000),
)

GPU = replace(
    CPU,
    students={
        name: replace(plan, epochs=10 * plan.epochs, average_over=3000) for name, plan in CPU.students.items()
    },
)

QUICK = Recipe(
    first=replace(CPU.first, epochs=1, average_over=10),
    students={
        name: replace(plan, epochs=1, average_over=20) for name, plan in CPU.students.items()
    },
    images=images(20_000),
)
