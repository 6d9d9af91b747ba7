"""From arrays to shipped models: teachers, bank, students, export, figures. Started by `npm run train`."""

from __future__ import annotations

import argparse
import dataclasses
import shutil
from pathlib import Path

from . import bank, catalog
from .data import Examples, Mixture, Source, load, load_those_there
from .export import export
from .recipes import FULL, PIXEL_VARIATION, QUICK, Recipe
from .refine import Exposure, Refinement, without_digits
from .train import Run, load_average

WEIGHT_FORMATS = {'compact': 'int8', 'reference': 'int8'}
VALIDATION = ['mnist-validation', 'mnist-validation-normalized', 'strokes-validation']
TEST = ['mnist-test', 'mnist-test-normalized']
VARIED = ['strokes-validation-varied']
WATCHED = [*VALIDATION, *VARIED]
BANK_SEED = 404


def train(name: str, kind: str, seed: int, recipe: Recipe, examples: Examples, args: argparse.Namespace) -> None:
    """Trains one network, from its checkpoint where resuming is asked for and there is one."""
    plan = recipe.plans[kind]
    run = Run(name, kind, dataclasses.replace(plan, seed=seed), examples, args.runs)
    if args.resume and run.checkpoint.exists():
        run.restore()
    run.fit(load_those_there(args.arrays, WATCHED))


def mix(images: dict[str, int], args: argparse.Namespace) -> Mixture:
    """So many images of each array set that is there."""
    sets = load_those_there(args.arrays, list(images))
    return Mixture([Source(one, images[one.name], PIXEL_VARIATION[one.name]) for one in sets])


def make_bank(recipe: Recipe, args: argparse.Namespace) -> bank.Bank:
    """Trains the teachers and lets them answer, unless that is done and resuming is asked for."""
    if not (args.resume and bank.is_made(args.runs)):
        mixture = mix(recipe.per_epoch, args)
        names = [f'teacher-{number + 1}' for number in range(recipe.teachers)]
        for number, name in enumerate(names):
            train(name, 'teacher', recipe.plans['teacher'].seed + number, recipe, mixture, args)
        teachers = [load_average(name, 'teacher', args.runs) for name in names]
        bank.make(mix(recipe.bank_images, args), teachers, recipe.bank_epochs, args.runs, BANK_SEED)
    return bank.Bank(args.runs, recipe.bank_per_epoch)


def go_on(kind: str, recipe: Recipe, digits: bank.Bank, args: argparse.Namespace) -> None:
    """Teaches a trained student what is no digit, where there are drawings of such, and prunes it, where it is large."""
    outsiders = load_those_there(args.arrays, ['nondigits-train'])
    run_type, examples = Run, digits
    if outsiders:
        known = without_digits(outsiders[0], load_average('teacher-1', 'teacher', args.runs))
        print(f'{len(known)} of {len(outsiders[0])} drawings that are no digits do not look like one')
        run_type, examples = Refinement, Exposure(digits, known, recipe.refined_per_epoch[kind])
    names = student_runs(kind, recipe, args)
    for before, name in zip(names, names[1:], strict=False):
        plan, pruning = recipe.prunings[kind] if name == pruned(kind) else (recipe.refinements[kind], None)
        student = load_average(before, kind, args.runs)
        run = run_type(name, kind, plan, examples, args.runs, student, pruning)
        if args.resume and run.checkpoint.exists():
            run.restore()
        run.fit(load_those_there(args.arrays, WATCHED))


def student_runs(kind: str, recipe: Recipe, args: argparse.Namespace) -> list[str]:
    """The runs of a student in their order: it is refined where there are drawings of what is no digit."""
    refined = [f'{kind}-refined'] if load_those_there(args.arrays, ['nondigits-train']) else []
    return [kind, *refined, *([pruned(kind)] if kind in recipe.prunings else [])]


def pruned(kind: str) -> str:
    return f'{kind}-pruned'


def ship(kinds: list[str], recipe: Recipe, args: argparse.Namespace) -> None:
    """Exports the trained networks and measures the files: validation first, then what is for measuring only."""
    validation = load_those_there(args.arrays, VALIDATION)
    varied = load_those_there(args.arrays, VARIED)
    measured = [load(args.arrays, name) for name in [*TEST, *args.measure]]
    figures = args.output / 'figures'
    figures.mkdir(parents=True, exist_ok=True)
    entries = []
    for kind in kinds:
        runs = student_runs(kind, recipe, args)
        network = load_average(runs[-1], kind, args.runs)
        exported = export(network, WEIGHT_FORMATS[kind], args.output / f'{kind}.onnx', validation[0].floats())
        entries.append(catalog.entry(kind, exported, validation, varied, measured))
        for run in runs:
            shutil.copyfile(args.runs / f'{run}.csv', figures / f'{run}-learning.csv')
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

    recipe = QUICK if args.quick else FULL
    kinds = list(WEIGHT_FORMATS) if args.model == 'all' else [args.model]
    args.runs.mkdir(parents=True, exist_ok=True)
    if not args.export_only:
        examples = make_bank(recipe, args)
        for kind in kinds:
            train(kind, kind, recipe.plans[kind].seed, recipe, examples, args)
            go_on(kind, recipe, examples, args)
    ship(kinds, recipe, args)


if __name__ == '__main__':
    main()
