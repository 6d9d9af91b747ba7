"""Writes models/catalog.json: what each shipped file is, and what was measured of it, in the file as exported."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import onnxruntime

from . import measure
from .data import ArraySet
from .export import INPUT, OUTPUT, Exported

MEASURED_BY = (
    'onnxruntime {version} on the CPU with the exported file; images normalised by src/imaging; best guess of ten; '
    'temperature fitted on the validation sets; least energy set so that 99.5 % of the digits reach it in each of them, those varied included'
)


def run(path: Path, images: np.ndarray) -> np.ndarray:
    """Logits, float32 [n, 10], of the exported file for float32 [n, 1, 28, 28]."""
    session = onnxruntime.InferenceSession(path, providers=['CPUExecutionProvider'])
    parts = np.array_split(images, max(1, len(images) // 1000))
    return np.concatenate([session.run([OUTPUT], {INPUT: part})[0] for part in parts])


def figures(logits: np.ndarray, labels: np.ndarray, temperature: float) -> dict[str, float | int]:
    """Accuracy with its 95 % interval and the calibration error, in per cent."""
    total, correct = len(labels), int((logits.argmax(1) == labels).sum())
    low, high = measure.interval(correct, total)
    percentages = {
        'accuracy': correct / total,
        'accuracyLow': low,
        'accuracyHigh': high,
        'calibrationError': measure.calibration_error(logits, labels, temperature),
    }
    return {'images': total, 'errors': total - correct} | {key: round(100 * x, 3) for key, x in percentages.items()}


def entry(
    name: str, exported: Exported, validation: list[ArraySet], varied: list[ArraySet], measured: list[ArraySet]
) -> dict[str, object]:
    """The catalogue entry of one exported file: the temperature from `validation`, figures of that and of `measured`.

    The least energy is one that 99.5 % of the digits reach in each set of `validation` and `varied`: in the sum of all,
    the many pictures of MNIST would outvote what people draw.
    """
    data = exported.path.read_bytes()
    answers = {images.name: run(exported.path, images.floats()) for images in [*validation, *measured]}
    validated = np.concatenate([answers[images.name] for images in validation])
    accepted = [run(exported.path, images.floats()) for images in [*validation, *varied]]
    temperature = measure.fit_temperature(
        validated, np.concatenate([images.labels.numpy() for images in validation])
    )
    return {
        'name': name,
        'file': exported.path.name,
        'bytes': len(data),
        'sha256': hashlib.sha256(data).hexdigest(),
        'parameters': exported.parameters,
        'input': INPUT,
        'output': OUTPUT,
        'temperature': round(temperature, 4),
        'leastEnergy': round(min(measure.least_energy(each) for each in accepted), 4),
        'largestDifferenceFromPyTorch': float(f'{exported.difference:.1e}'),
        'figures': {
            images.name: figures(answers[images.name], images.labels.numpy(), temperature)
            for images in [*validation, *measured]
        },
    }


def update(path: Path, entries: list[dict[str, object]]) -> None:
    """Puts the entries into the catalogue, beside those of the other models."""
    models = {model['name']: model for model in json.loads(path.read_text())['models']} if path.exists() else {}
    models |= {str(one['name']): one for one in entries}
    catalog = {
        'measuredBy': MEASURED_BY.format(version=onnxruntime.__version__),
        'models': [models[name] for name in sorted(models)],
    }
    path.write_text(json.dumps(catalog, indent=2) + '\n')
