"""The networks as shipped: `reference` (the demo's architecture) and `compact` (the default)."""

from __future__ import annotations

from torch import nn

COMPACT_CHANNELS = (16, 16, 32, 32, 48, 64)
# Number of quantization steps on either side of 0 for each convolution: fewer where there are many weights.
COMPACT_STEPS = (127, 31, 31, 15, 10, 10)


def compact() -> nn.Sequential:
    """Returns six 3x3 convolutions with ReLU, two pooling layers, a global average and one dense layer: 58,602
    parameters, 4.9 million multiply-adds. They were first trained with batch norm, which has been folded into them.

    The first two convolutions are unpadded: MNIST's normalization leaves four empty pixels on every side, so nothing is
    lost, and a third of the multiply-adds is saved. Spatial sizes: 28 -> 26 -> 24 -> 12 -> 12 -> 12 -> 6 -> 6 -> 6.
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
