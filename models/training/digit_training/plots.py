"""Plots of runs, as SVG without dates, so that the same figures give the same file."""

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
    """Plots training loss, digits not answered correctly, and non-digits not rejected, in percent, by epoch."""
    epochs = [row['epoch'] for row in history]
    figure, (loss, digits, others) = pyplot.subplots(1, 3, figsize=(13, 3.2))
    loss.plot(epochs, [row['loss'] for row in history])
    loss.set(title=f'{name}: training loss', xlabel='epoch', yscale='log')
    for axes, ending, title in ((digits, ' right', 'digits not right, %'), (others, ' refused', 'non-digits taken, %')):
        shown = [key for key in history[0] if key.endswith(ending)]
        for key in shown:
            axes.plot(epochs, [100 * (1 - row[key]) for row in history], label=key.removesuffix(ending))
        axes.set(title=title, xlabel='epoch')
        if shown:
            axes.legend()
    _save(figure, path)
