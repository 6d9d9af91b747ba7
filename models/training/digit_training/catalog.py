"""Writes models/catalog.json: a description of each shipped file, and figures measured on the file as exported."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from . import measure
from .data import ArraySet
from .export import INPUT, OUTPUT, Exported
from .views import views

# Held out of training. The temperature is fitted on all of these digits, the energy threshold on UNSEEN_WRITERS.
MNIST = 'mnist-validation'
VALIDATION = [MNIST, 'mnist-validation-normalized', 'pen-writers', 'unipen-writers', 'unipen-donor', 'unipen-painted', 'scans-validation']
UNSEEN_WRITERS = ['pen-writers', 'unipen-writers', 'unipen-donor']
NON_DIGITS = ['letters-writers', 'letters-donor', 'letters-painted', 'scanned-letters-writers', 'alphabets-validation', 'drawings-validation']
# Not used for any choice. Non-digits that look like digits are dropped, here and above.
MEASURED = ['mnist-test', 'mnist-test-normalized', 'unipen-measured-donor', 'cut-digits-writers']
MEASURED_NON_DIGITS = ['letters-measured-donor', 'cut-pieces-writers']
# Share of digits by unseen writers that may be rejected.
MAX_REJECTED = 0.006

MEASURED_BY = (
    'onnxruntime {version} on the CPU with the exported file; images normalized by src/imaging, each as it is and rotated both ways like in the product, logits averaged; right: the best guess of ten is, '
    'and the energy is not below the threshold; temperature fitted on the validation sets; energy threshold set so that '
    f'{100 * MAX_REJECTED:.1f} % of the digits of writers and of donors held out are refused'
)


def run(path: Path, images: np.ndarray) -> np.ndarray:
    """Returns the exported file's logits, float32 [n, 10], for float32 [n, 1, 28, 28]: means over the views."""
    session = onnxruntime.InferenceSession(path, providers=['CPUExecutionProvider'])

    def answer(part: np.ndarray) -> np.ndarray:
        each = [session.run([OUTPUT], {INPUT: view.numpy()})[0] for view in views(torch.from_numpy(part))]
        return np.mean(each, axis=0)

    return np.concatenate([answer(part) for part in np.array_split(images, max(1, len(images) // 1000))])


def least_energy(answers: dict[str, np.ndarray]) -> float:
    """Returns the energy that all but MAX_REJECTED of the digits by held-out writers reach, given the logits of each
    set; of MNIST's if there are no such sets."""
    sets = [name for name in UNSEEN_WRITERS if name in answers] or [MNIST]
    return measure.least_energy(np.concatenate([answers[name] for name in sets]), 1 - MAX_REJECTED)


def figures(logits: np.ndarray, labels: np.ndarray, temperature: float, least: float) -> dict[str, float | int]:
    """Returns the shares of correct answers, correct best guesses and rejections, and the calibration error; in
    percent, with the 95 % interval of the best guess."""
    total = len(labels)
    guessed, accepted = logits.argmax(1) == labels, measure.energy(logits) >= least
    correct = int(guessed.sum())
    low, high = measure.interval(correct, total)
    percentages = {
        'right': (guessed & accepted).mean(),
        'accuracy': correct / total,
        'refused': 1 - accepted.mean(),
        'accuracyLow': low,
        'accuracyHigh': high,
        'calibrationError': measure.calibration_error(logits, labels, temperature),
    }
    return {'images': total, 'errors': total - correct} | {key: round(100 * float(x), 3) for key, x in percentages.items()}


def refusals(logits: np.ndarray, least: float) -> dict[str, float | int]:
    """Returns the share of rejected non-digits, in percent."""
    return {'images': len(logits), 'refused': round(100 * float((measure.energy(logits) < least).mean()), 3)}


def rates(answers: dict[str, np.ndarray], sets: dict[str, ArraySet]) -> dict[str, float]:
    """Returns a few figures of a network in training, given its logits for the monitored sets: shares of digits that
    are answered or guessed correctly, and of non-digits that are rejected, 0..1."""
    least = least_energy(answers)
    rows: dict[str, float] = {}
    for name, logits in answers.items():
        refused = measure.energy(logits) < least
        if name in NON_DIGITS:
            rows[f'{name} refused'] = float(refused.mean())
        else:
            guessed = logits.argmax(1) == sets[name].labels.numpy()
            rows[f'{name} right'] = float((guessed & ~refused).mean())
            rows[f'{name} accuracy'] = float(guessed.mean())
    return rows


def entry(
    name: str, exported: Exported, digits: list[ArraySet], non_digits: list[ArraySet], measured: list[ArraySet]
) -> dict[str, object]:
    """Returns the catalog entry of an exported file: temperature and energy threshold from `digits`, all held out of
    training, and figures for these, for `measured` and for `non_digits`."""
    data = exported.path.read_bytes()
    answers = {images.name: run(exported.path, images.floats()) for images in [*digits, *non_digits, *measured]}
    temperature = measure.fit_temperature(
        np.concatenate([answers[images.name] for images in digits]),
        np.concatenate([images.labels.numpy() for images in digits]),
    )
    least = round(least_energy(answers), 4)
    return {
        'name': name,
        'file': exported.path.name,
        'bytes': len(data),
        'sha256': hashlib.sha256(data).hexdigest(),
        'parameters': exported.parameters,
        'input': INPUT,
        'output': OUTPUT,
        'temperature': round(temperature, 4),
        'leastEnergy': least,
        'largestDifferenceFromPyTorch': float(f'{exported.difference:.1e}'),
        'figures': {
            images.name: figures(answers[images.name], images.labels.numpy(), temperature, least)
            for images in [*digits, *measured]
        },
        'nonDigits': {images.name: refusals(answers[images.name], least) for images in non_digits},
    }


def update(path: Path, entries: list[dict[str, object]]) -> None:
    """Merges the entries into the catalog, keeping those of other models."""
    models = {model['name']: model for model in json.loads(path.read_text())['models']} if path.exists() else {}
    models |= {str(one['name']): one for one in entries}
    catalog = {
        'measuredBy': MEASURED_BY.format(version=onnxruntime.__version__),
        'models': [models[name] for name in sorted(models)],
    }
    path.write_text(json.dumps(catalog, indent=2) + '\n')
