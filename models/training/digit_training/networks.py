"""The networks: `reference` (the demo's architecture) and `compact` (the default), which are shipped, and `teacher`, which
is not."""

from __future__ import annotations

from torch import nn

COMPACT_CHANNELS = (16, 16, 32, 32, 48, 64, 64)
# Number of quantization steps on either side of 0 for each convolution: fewer where there are many weights.
COMPACT_STEPS = (127, 15, 7, 7, 7, 6, 5)
# Twice as many as those of `compact`.
TEACHER_CHANNELS = tuple(2 * width for width in COMPACT_CHANNELS)


def convolutions(channels: tuple[int, ...]) -> nn.Sequential:
    """Returns 3x3 convolutions with ReLU, pooling after every second one but the last, a global average and one dense
    layer.

    The first two convolutions are unpadded: MNIST's normalization leaves four empty pixels on every side, so nothing is
    lost, and a third of the multiply-adds is saved. Spatial sizes: 28 -> 26 -> 24 -> 12 -> 12 -> 12 -> 6 -> 6 -> 6 -> 3 -> 3.
    """
    layers: list[nn.Module] = []
    previous = 1
    for index, width in enumerate(channels):
        layers += [nn.Conv2d(previous, width, 3, padding=0 if index < 2 else 1), nn.ReLU()]
        if index % 2 == 1 and index < len(channels) - 1:
            layers.append(nn.MaxPool2d(2))
        previous = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(previous, 10))


def compact() -> nn.Sequential:
    """Returns a network with seven convolutions: 95,530 parameters, 5.2 million multiply-adds. They were first trained with
    batch norm, which has been folded into them."""
    network = convolutions(COMPACT_CHANNELS)
    for layer, steps in zip((layer for layer in network if isinstance(layer, nn.Conv2d)), COMPACT_STEPS, strict=True):
        layer.steps = steps
    return network


def teacher() -> nn.Sequential:
    """Returns a network with seven convolutions of twice the width, 379,978 parameters, that the shipped ones are
    distilled from."""
    return convolutions(TEACHER_CHANNELS)


def reference() -> nn.Sequential:
    """Returns the exact architecture of the demo that this package replaces; dropout is only active in training."""
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


NETWORKS = {'compact': compact, 'reference': reference}
