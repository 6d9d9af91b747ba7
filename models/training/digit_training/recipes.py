"""How long and on how much each network is trained: the shipped models on a GPU, less of it on a machine without one, and
a quick run that shows that it works."""

from __future__ import annotations

from dataclasses import dataclass

from .prune import Pruning
from .train import Plan


@dataclass(frozen=True)
class BankPlan:
    """What a student learns from."""

    teachers: tuple[str, ...]
    """The networks that answer, trained before; their mean is learned from."""
    images: dict[str, int]
    """Images by array set in one epoch of the bank's mixture."""
    variation: dict[str, float]
    """How much the pixels of each array set are varied, 0..1: strokes were varied as strokes."""
    epochs: int
    """The size of the bank, in epochs of its mixture."""
    per_epoch: int
    """Images of the bank that the student sees in one of its own epochs."""


@dataclass(frozen=True)
class Recipe:
    """Plans by network."""

    teachers: dict[str, Plan]
    teacher_images: dict[str, int]
    """Images by array set in one epoch of the teachers."""
    banks: dict[str, BankPlan]
    """What each student learns from, in the order in which they learn: one may be the teacher of the next."""
    students: dict[str, Plan]
    prunings: dict[str, Pruning]
    """How students with large dense layers lose most of their weights."""


TEACHER_VARIATION = {'mnist-train': 1.0, 'mnist-train-normalized': 1.0, 'strokes-train': 0.4, 'synthetic-train': 0.4}
STUDENT_VARIATION = {'mnist-train': 0.8, 'mnist-train-normalized': 0.8, 'strokes-train': 0.4, 'synthetic-train': 0.4}
REFERENCE_VARIATION = {'mnist-train': 0.65, 'mnist-train-normalized': 0.65, 'strokes-train': 0.4, 'synthetic-train': 0.4}
STUDENT_IMAGES = {
    'mnist-train': 55_000,
    'mnist-train-normalized': 25_000,
    'strokes-train': 25_000,
    'synthetic-train': 8_000,
}
REFERENCE_IMAGES = {
    'mnist-train': 55_000,
    'mnist-train-normalized': 35_000,
    'strokes-train': 15_000,
    'synthetic-train': 5_000,
}

PRUNING = Pruning(share=0.96, begin=0.05, until=0.6)

GPU = Recipe(
    teachers={
        f'teacher-{side}x{side}': Plan(
            epochs=epochs, learning_rate=2e-3, weight_decay=0.05, batch=512, filter_rate=2.5, seed=2026 + side
        )
        for side, epochs in ((3, 34), (5, 46), (7, 36))
    },
    teacher_images={
        'mnist-train': 55_000,
        'mnist-train-normalized': 20_000,
        'strokes-train': 20_000,
        'synthetic-train': 8_000,
    },
    banks={
        'compact': BankPlan(
            ('teacher-3x3', 'teacher-5x5', 'teacher-7x7'), STUDENT_IMAGES, STUDENT_VARIATION, 23, 500_000
        ),
        'reference': BankPlan(('teacher-3x3', 'compact'), REFERENCE_IMAGES, REFERENCE_VARIATION, 30, 500_000),
    },
    students={
        'compact': Plan(
            epochs=81, learning_rate=7e-3, weight_decay=0.01, batch=512, warm_up_epochs=0.5, average_over=3000
        ),
        'reference': Plan(
            epochs=64,
            learning_rate=1.25e-3,
            weight_decay=0.01,
            batch=512,
            warm_up_epochs=0.5,
            filter_rate=4,
            average_over=3000,
            dropout=0.25,
        ),
    },
    prunings={'reference': PRUNING},
)

CPU = Recipe(
    teachers={'teacher': Plan(epochs=16, learning_rate=2e-3, weight_decay=0.05, filter_rate=2.5)},
    teacher_images={
        'mnist-train': 45_000,
        'mnist-train-normalized': 20_000,
        'strokes-train': 25_000,
        'synthetic-train': 8_000,
    },
    banks={
        'compact': BankPlan(('teacher',), STUDENT_IMAGES, STUDENT_VARIATION, 6, 90_000),
        'reference': BankPlan(('teacher', 'compact'), REFERENCE_IMAGES, REFERENCE_VARIATION, 6, 60_000),
    },
    students={
        'compact': Plan(epochs=100, learning_rate=7e-3, weight_decay=0.01),
        'reference': Plan(epochs=60, learning_rate=1.25e-3, weight_decay=0.01, filter_rate=4, dropout=0.25),
    },
    prunings={'reference': PRUNING},
)

QUICK_IMAGES = {
    'mnist-train': 20_000,
    'mnist-train-normalized': 10_000,
    'strokes-train': 15_000,
    'synthetic-train': 5_000,
}
QUICK = Recipe(
    teachers={'teacher': Plan(epochs=2, learning_rate=2e-3, weight_decay=0.05, filter_rate=2.5, average_over=200)},
    teacher_images=QUICK_IMAGES,
    banks={
        'compact': BankPlan(('teacher',), QUICK_IMAGES, STUDENT_VARIATION, 1, 50_000),
        'reference': BankPlan(('teacher', 'compact'), QUICK_IMAGES, REFERENCE_VARIATION, 1, 20_000),
    },
    students={
        'compact': Plan(epochs=5, learning_rate=7e-3, weight_decay=0.01, average_over=200),
        'reference': Plan(
            epochs=4, learning_rate=1.25e-3, weight_decay=0.01, filter_rate=4, average_over=100, dropout=0.25
        ),
    },
    prunings={'reference': PRUNING},
)
