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
    students: dict[str, tuple[Plan, ...]]
    """Rounds of training, one after the other."""
    images: dict[str, int]
    """Images by array set in an epoch."""


# How much the pixels of each array set are varied, 0..1: strokes were varied as strokes.
VARIATION = {
    'mnist-train': 0.8,
    'mnist-train-normalized': 0.8,
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
    'mnist-train': 24,
    'mnist-train-normalized': 6,
    'pen-train': 10,
    'unipen-train': 25,
    'templates-train': 8,
    'letters-train': 13,
    'alphabets-train': 5,
    'drawings-train': 9,
}


def images(per_epoch: int) -> dict[str, int]:
    """So many images, shared out."""
    return {name: per_epoch * share // 100 for name, share in SHARES.items()}


COMPACT = Plan(epochs=8, learning_rate=2e-3, weight_decay=0.01, average_over=300)
# Its convolutions stay as they are: a step costs less than half of what it would.
REFERENCE = Plan(epochs=2, learning_rate=1e-3, weight_decay=0.01, average_over=100, dropout=0.25, filters=False)

CPU = Recipe(
    first=Plan(epochs=3, learning_rate=2e-3, weight_decay=0.01, average_over=150),
    students={
        'compact': (COMPACT, replace(COMPACT, epochs=6, energy_share=1.0)),
        'reference': (REFERENCE, replace(REFERENCE, epochs=3, energy_share=1.0)),
    },
    images=images(100_000),
)

GPU = replace(
    CPU,
    students={
        name: tuple(replace(plan, epochs=10 * plan.epochs, average_over=3000) for plan in plans)
        for name, plans in CPU.students.items()
    },
)

QUICK = Recipe(
    first=replace(CPU.first, epochs=1, average_over=10),
    students={
        name: tuple(replace(plan, epochs=1, average_over=20) for plan in plans) for name, plans in CPU.students.items()
    },
    images=images(20_000),
)
