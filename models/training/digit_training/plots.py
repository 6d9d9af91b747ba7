"""Pictures of runs, as SVG without dates, so that the same figures give the same file."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use('svg')
matplotlib.rcParams['svg.hashsalt'] = 'digit-recognizer'

from matplotlib import pyplot  # noqa: E402


def _save(figure: pyplot.Figure, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, metadata={'Date': None})
    pyplot.close(figure)


def learning_curves(name: str, history: list[dict[str, float]], path: Path) -> None:
    """Training loss, and the validation errors in per cent, by epoch."""
    epochs = [row['epoch'] for row in history]
    figure, (loss, errors) = pyplot.subplots(1, 2, figsize=(9, 3.2))
    loss.plot(epochs, [row['loss'] for row in history])
    loss.set(title=f'{name}: training loss', xlabel='epoch', yscale='log')
    for key in history[0]:
        if key.endswith(' accuracy'):
            errors.plot(epochs, [100 * (1 - row[key]) for row in history], label=key.removesuffix(' accuracy'))
    errors.set(title='validation errors, %', xlabel='epoch', ylim=(0, 2))
    errors.legend()
    _save(figure, path)
