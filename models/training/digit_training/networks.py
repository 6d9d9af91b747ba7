"""The networks: `reference` (the demo's architecture), `compact` (the default) and the teachers that help both."""

from __future__ import annotations

from functools import partial

from torch import nn

COMPACT_CHANNELS = (16, 16, 32, 32, 48, 64)
TEACHER_CHANNELS = (32, 32, 128, 128, 192, 256)
# Channels of the large teachers by the side of their filters (An et al. 2020, https://arxiv.org/abs/2008.10400).
LARGE_TEACHER_CHANNELS = {
    3: (32, 48, 64, 80, 96, 112, 128, 144, 160, 176),
    5: (32, 64, 96, 128, 160),
    7: (48, 96, 144, 192),
}


def convolutions(channels: tuple[int, int, int, int, int, int]) -> nn.Sequential:
    """Six 3x3 convolutions with batch norm and ReLU, two poolings, a global average and one dense layer.

    The first two convolutions are unpadded: MNIST's normalisation leaves four empty pixels on every side, so nothing
    is lost, and a third of the multiply-adds is saved. Spatial sizes: 28 -> 26 -> 24 -> 12 -> 12 -> 12 -> 6 -> 6 -> 6.
    """
    layers: list[nn.Module] = []
    previous = 1
    for index, width in enumerate(channels):
        layers += [
            nn.Conv2d(previous, width, 3, padding=0 if index < 2 else 1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
        ]
        if index in (1, 3):
            layers.append(nn.MaxPool2d(2))
        previous = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(previous, 10))


def compact() -> nn.Sequential:
    """58,810 parameters as trained, 58,602 once batch norm is folded; 4.9 million multiply-adds."""
    return convolutions(COMPACT_CHANNELS)


def reference() -> nn.Sequential:
    """The architecture of the demo that this package replaces, to the letter; dropout acts while training only."""
    return nn.Sequential(
        nn.Conv2d(1, 32, 3),
        nn.ReLU(),
        nn.Conv2d(32, 64, 3),
        nn.ReLU(),
        nn.Flatten(),
        nn.Dropout(0.4),
        nn.Linear(64 * 24 * 24, 128),
        nn.ReLU(),
        nn.Dropout(0.4),
        nn.Linear(128, 10),
    )


def teacher() -> nn.Sequential:
    """`compact`, two to four times as wide (861,482 parameters): never shipped, the others learn from its answers."""
    return convolutions(TEACHER_CHANNELS)


def large_teacher(side: int) -> nn.Sequential:
    """Unpadded convolutions of one side with batch norm and ReLU, no pooling, one dense layer: 1.1 to 2.3 million
    parameters (An et al. 2020, "An Ensemble of Simple Convolutional Neural Network Models for MNIST Digit Recognition").
    Never shipped; wants a GPU."""
    layers: list[nn.Module] = []
    previous, size = 1, 28
    for width in LARGE_TEACHER_CHANNELS[side]:
        layers += [nn.Conv2d(previous, width, side, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
        previous, size = width, size - side + 1
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(previous * size * size, 10))


NETWORKS = {
    'compact': compact,
    'reference': reference,
    'teacher': teacher,
    **{f'teacher-{side}x{side}': partial(large_teacher, side) for side in LARGE_TEACHER_CHANNELS},
}
