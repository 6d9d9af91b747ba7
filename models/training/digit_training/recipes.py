"""How long, and on how much data, each network is trained further: on two cores, overnight at most; on a GPU, with more
images; and a quick run that only shows that it works."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .train import Plan


@dataclass(frozen=True)
class Recipe:
    """Plans by network, and the images of an epoch."""

    first: Plan
    """For the network that helps to find wrong labels."""
    teacher: Plan
    students: dict[str, Plan]
    images: dict[str, int]
    """Images per epoch, by array set."""
    student_images: dict[str, dict[str, int]]
    """The same for students that learn from other shares."""


# Made from `mnist-train`, see stretching.py.
STRETCHED = 'mnist-train-stretched'

# Strength of pixel variation for each array set, 0..1: strokes have been varied as strokes.
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
    'cut-digits-train': 0.4,
    'cut-pieces-train': 0.4,
    'scans-train': 0.4,
    'scanned-letters-train': 0.4,
}

NON_DIGITS = ('letters-train', 'alphabets-train', 'drawings-train', 'cut-pieces-train', 'scanned-letters-train')

# Percentage of images from each array set.
SHARES = {
    'mnist-train': 31,
    'mnist-train-normalized': 7,
    STRETCHED: 3,
    'pen-train': 3,
    'unipen-train': 16,
    'templates-train': 8,
    'letters-train': 12,
    'alphabets-train': 3,
    'drawings-train': 7,
    'cut-digits-train': 3,
    'cut-pieces-train': 2,
    'scans-train': 3,
    'scanned-letters-train': 2,
}

# The same for `reference`, which learns MNIST easily, and letters hardly.
REFERENCE_SHARES = SHARES | {'mnist-train': 22, 'unipen-train': 20, 'templates-train': 9, 'letters-train': 16}


def images(per_epoch: int, shares: dict[str, int] = SHARES) -> dict[str, int]:
    """Returns the images per epoch, divided among the array sets."""
    return {name: per_epoch * share // 100 for name, share in shares.items()}


MNIST = ('mnist-train', 'mnist-train-normalized', STRETCHED)

# Starts as `compact`, which reads MNIST better than any network trained from scratch in the same time.
TEACHER = Plan(
    epochs=18,
    learning_rate=1.5e-3,
    weight_decay=0.01,
    average_over=400,
    teacher_share=0.2,
    teacher_shares=dict.fromkeys(MNIST, 0.5) | {'templates-train': 0.0},
    energy_share=1.0,
)
# The last two layers of the shipped `compact` had smaller steps for the first 36 epochs, until its file became too large.
COMPACT = Plan(
    epochs=62,
    learning_rate=1.5e-3,
    weight_decay=0.01,
    average_over=300,
    warm_up_epochs=0.3,
    teacher_share=0.7,
    teacher_shares=dict.fromkeys(MNIST, 0.9),
    energy_share=1.0,
    energy_teacher_share=0.5,
    rounded_from=0.0,
)
REFERENCE = Plan(
    epochs=32,
    learning_rate=1e-3,
    weight_decay=0.01,
    average_over=300,
    dropout=0.25,
    energy_share=2.0,
    energy_teacher_share=0.5,
    rewiring=0.15,
)

CPU = Recipe(
    first=Plan(epochs=2, learning_rate=2e-3, weight_decay=0.01, average_over=150, energy_share=1.0),
    teacher=TEACHER,
    students={'compact': COMPACT, 'reference': REFERENCE},
    images=images(100_000),
    student_images={'reference': images(100_000, REFERENCE_SHARES)},
)

GPU = replace(
    CPU,
    teacher=replace(TEACHER, epochs=10 * TEACHER.epochs, average_over=3000),
    students={
        name: replace(plan, epochs=10 * plan.epochs, average_over=3000) for name, plan in CPU.students.items()
    },
)

QUICK = Recipe(
    first=replace(CPU.first, epochs=1, average_over=10),
    teacher=replace(TEACHER, epochs=1, average_over=20),
    students={
        name: replace(plan, epochs=1, average_over=20) for name, plan in CPU.students.items()
    },
    images=images(20_000),
    student_images={'reference': images(20_000, REFERENCE_SHARES)},
)
