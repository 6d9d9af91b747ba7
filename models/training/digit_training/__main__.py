"""From arrays to shipped models: teachers, bank, students, export, figures. Started by `npm run train`."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from . import bank, catalog
from .data import Mixture, Source, load, load_those_there
from .device import choose_device
from .export import export
from .exposure import ExposedRun, Exposure, without_digits
from .recipes import CPU, GPU, QUICK, TEACHER_VARIATION, Recipe
from .train import Run, load_average

WEIGHT_FORMATS = {'compact': 'int8', 'reference': 'int8'}
VALIDATION = ['mnist-validation', 'mnist-validation-normalized', 'strokes-validation']
TEST = ['mnist-test', 'mnist-test-normalized']
VARIED = ['strokes-validation-varied']
WATCHED = [*VALIDATION, *VARIED]
BANK_SEED = 404


def fit(run: Run, args: argparse.Namespace) -> None:
    """Trains one network, from its checkpoint where resuming is asked for and there is one."""
    if args.resume and run.checkpoint.exists():
        run.restore()
    run.fit(load_those_there(args.arrays, WATCHED))


def mix(images: dict[str, int], variation: dict[str, float], args: argparse.Namespace) -> Mixture:
    """So many images of each array set that is there."""
    sets = load_those_there(args.arrays, list(images))
    return Mixture([Source(one, images[one.name], variation[one.name]) for one in sets])


def train_teachers(recipe: Recipe, args: argparse.Namespace) -> None:
    mixture = mix(recipe.teacher_images, TEACHER_VARIATION, args)
    for kind, plan in recipe.teachers.items():
        fit(Run(kind, kind, plan, mixture, args.runs), args)


def make_bank(kind: str, recipe: Recipe, args: argparse.Namespace) -> None:
    """Lets a student's teachers answer, unless that is done and resuming is asked for."""
    name, plan = bank_name(kind), recipe.banks[kind]
    if args.resume and bank.is_made(args.runs, name):
        return
    teachers = [load_average(teacher, teacher, args.runs) for teacher in plan.teachers]
    bank.make(mix(plan.images, plan.variation, args), teachers, plan.epochs, args.runs, name, BANK_SEED)


def teach(kind: str, recipe: Recipe, args: argparse.Namespace) -> None:
    """Trains a student on its bank, and on what is no digit, where there are drawings of such."""
    digits = bank.Bank(args.runs, bank_name(kind), recipe.banks[kind].per_epoch)
    outsiders = load_those_there(args.arrays, ['nondigits-train'])
    run_type, examples = Run, digits
    if outsiders:
        judge = recipe.banks[kind].teachers[0]
        known = without_digits(outsiders[0], load_average(judge, judge, args.runs))
        print(f'{len(known)} of {len(outsiders[0])} drawings that are no digits do not look like one')
        run_type, examples = ExposedRun, Exposure(digits, known)
    fit(run_type(kind, kind, recipe.students[kind], examples, args.runs, recipe.prunings.get(kind)), args)


def bank_name(kind: str) -> str:
    return f'{kind}-bank'


def ship(kinds: list[str], args: argparse.Namespace) -> None:
    """Exports the trained networks and measures the files: validation first, then what is for measuring only."""
    validation = load_those_there(args.arrays, VALIDATION)
    varied = load_those_there(args.arrays, VARIED)
    measured = [load(args.arrays, name) for name in [*TEST, *args.measure]]
    figures = args.output / 'figures'
    figures.mkdir(parents=True, exist_ok=True)
    entries = []
    for kind in kinds:
        network = load_average(kind, kind, args.runs)
        exported = export(network, WEIGHT_FORMATS[kind], args.output / f'{kind}.onnx', validation[0].floats())
        entries.append(catalog.entry(kind, exported, validation, varied, measured))
        shutil.copyfile(args.runs / f'{kind}.csv', figures / f'{kind}-learning.csv')
    catalog.update(args.output / 'catalog.json', entries)
    for entry in entries:
        for name, values in entry['figures'].items():
            print(f'{entry["name"]} on {name}: {values["accuracy"]} % of {values["images"]}')


def main() -> None:
    parser = argparse.ArgumentParser(prog='digit_training', description=__doc__)
    parser.add_argument('--arrays', type=Path, required=True, help='folder of the arrays')
    parser.add_argument('--runs', type=Path, required=True, help='folder of checkpoints, CSVs and plots')
    parser.add_argument('--output', type=Path, required=True, help='folder of the .onnx files and the catalogue')
    parser.add_argument('--model', choices=['compact', 'reference', 'all'], default='all')
    parser.add_argument('--measure', nargs='*', default=[], help='further array sets to measure with')
    parser.add_argument('--quick', action='store_true')
    parser.add_argument('--resume', action='store_true')
    parser.add_argument('--export-only', action='store_true', help='export and measure what is trained already')
    args = parser.parse_args()

    on_gpu = choose_device().type == 'cuda'
    recipe = QUICK if args.quick else GPU if on_gpu else CPU
    kinds = list(WEIGHT_FORMATS) if args.model == 'all' else [args.model]
    args.runs.mkdir(parents=True, exist_ok=True)
    if not args.export_only:
        train_teachers(recipe, args)
        for kind in kinds:
            make_bank(kind, recipe, args)
            teach(kind, recipe, args)
    ship(kinds, args)


if __name__ == '__main__':
    main()
