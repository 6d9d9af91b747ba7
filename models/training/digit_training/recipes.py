"""How long and on how much each network is trained: the shipped models, and a quick run that shows that it works."""

from __future__ import annotations

from dataclasses import dataclass

from .prune import Pruning
from .train import Plan


@dataclass(frozen=True)
class Recipe:
    """Plans by network, images per epoch by array set, and the teachers."""

    plans: dict[str, Plan]
    per_epoch: dict[str, int]
    teachers: int
    bank_images: dict[str, int]
    """Images by array set in one epoch of the bank's mixture: less of what was varied as strokes already."""
    bank_epochs: int
    """The size of the bank, in epochs of its mixture."""
    bank_per_epoch: int
    """Images of the bank that a student sees in one of its epochs."""
    refinements: dict[str, Plan]
    """How each student learns what is no digit, once it reads digits."""
    refined_per_epoch: dict[str, int]
    """Images of the bank that each student sees in one epoch of that, and of pruning."""
    prunings: dict[str, tuple[Plan, Pruning]]
    """How students with large dense layers lose most of their weights in the end."""


# How much the pixels of each array set are varied: strokes were varied as strokes.
PIXEL_VARIATION = {'mnist-train': 1.0, 'mnist-train-normalized': 1.0, 'strokes-train': 0.4, 'synthetic-train': 0.4}

FULL = Recipe(
    plans={
        'teacher': Plan(epochs=16, learning_rate=2e-3, weight_decay=0.05, filter_rate=2.5),
        'compact': Plan(epochs=70, learning_rate=7e-3, weight_decay=0.01),
        'reference': Plan(epochs=15, learning_rate=1.25e-3, weight_decay=0.01, filter_rate=4),
    },
    per_epoch={
        'mnist-train': 45_000,
        'mnist-train-normalized': 20_000,
        'strokes-train': 25_000,
        'synthetic-train': 8_000,
    },
    teachers=1,
    bank_images={
        'mnist-train': 55_000,
        'mnist-train-normalized': 25_000,
        'strokes-train': 25_000,
        'synthetic-train': 8_000,
    },
    bank_epochs=6,
    bank_per_epoch=90_000,
    refinements={
        'compact': Plan(epochs=30, learning_rate=3e-3, weight_decay=0.01, warm_up_epochs=0.5, average_over=600),
        'reference': Plan(
            epochs=5, learning_rate=3e-4, weight_decay=0.05, warm_up_epochs=0.5, filter_rate=4, average_over=600
        ),
    },
    refined_per_epoch={'compact': 75_000, 'reference': 45_000},
    prunings={
        'reference': (
            Plan(
                epochs=60,
                learning_rate=1.25e-3,
                weight_decay=0.01,
                warm_up_epochs=0.5,
                filter_rate=4,
                average_over=1500,
            ),
            Pruning(share=0.97, until=0.25),
        ),
    },
)

QUICK = Recipe(
    plans={
        'teacher': Plan(epochs=2, learning_rate=3e-3, weight_decay=0.05, average_over=200),
        'compact': Plan(epochs=4, learning_rate=5e-3, weight_decay=0.01, average_over=200),
        'reference': Plan(epochs=2, learning_rate=1e-3, weight_decay=0.05, average_over=200),
    },
    per_epoch={
        'mnist-train': 20_000,
        'mnist-train-normalized': 10_000,
        'strokes-train': 15_000,
        'synthetic-train': 5_000,
    },
    teachers=1,
    bank_images={
        'mnist-train': 20_000,
        'mnist-train-normalized': 10_000,
        'strokes-train': 15_000,
        'synthetic-train': 5_000,
    },
    bank_epochs=1,
    bank_per_epoch=50_000,
    refinements={
        'compact': Plan(epochs=1, learning_rate=1.5e-3, weight_decay=0.01, warm_up_epochs=0.2, average_over=100),
        'reference': Plan(epochs=1, learning_rate=2e-4, weight_decay=0.05, warm_up_epochs=0.2, average_over=100),
    },
    refined_per_epoch={'compact': 20_000, 'reference': 20_000},
    prunings={
        'reference': (
            Plan(epochs=2, learning_rate=6e-4, weight_decay=0.05, warm_up_epochs=0.2, average_over=100),
            Pruning(share=0.97, until=0.5),
        ),
    },
)
