"""The networks: `reference` (the demo's architecture) and `compact` (the default), as they are shipped."""

from __future__ import annotations

from torch import nn

COMPACT_CHANNELS = (16, 16, 32, 32, 48, 64)
# Into how many steps to either side of 0 the weights of each convolution are rounded: few where there are many weights.
COMPACT_STEPS = (127, 31, 31, 15, 10, 10)


def compact() -> nn.Sequential:
    """Six 3x3 convolutions with ReLU, two poolings, a global average and one dense layer: 58,602 parameters, 4.9 million
    multiply-adds. They were first trained with batch norm, which is folded into them.

    The first two convolutions are unpadded: MNIST's normalization leaves four empty pixels on every side, so nothing
    is lost, and a third of the multiply-adds is saved. Spatial sizes: 28 -> 26 -> 24 -> 12 -> 12 -> 12 -> 6 -> 6 -> 6.
    """
    layers: list[nn.Module] = []
    previous = 1
    for index, width in enumerate(COMPACT_CHANNELS):
        convolution = nn.Conv2d(previous, width, 3, padding=0 if index < 2 else 1)
        convolution.steps = COMPACT_STEPS[index]
        layers += [convolution, nn.ReLU()]
        if index in (1, 3):
            layers.append(nn.MaxPool2d(2))
        previous = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(previous, 10))


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


NETWORKS = {'compact': compact, 'reference': reference}
