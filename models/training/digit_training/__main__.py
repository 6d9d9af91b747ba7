"""From arrays and the committed models to better ones: wrong labels, training, export, figures. Started by
`npm run train`."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import numpy as np
from torch import nn

from . import catalog, clean, measure
from .data import ArraySet, Mixture, Source, load, load_those_there
from .device import choose_device
from .export import export
from .networks import NETWORKS
from .recipes import CPU, GPU, NON_DIGITS, QUICK, STRETCHED, VARIATION, Recipe
from .stretching import stretched
from .train import Plan, Run, answers
from .weights import load_exported

DONORS, DRAWINGS = 'unipen-train', 'drawings-train'
# Of each set that is held out, at most so many images are watched while training; of non-digits, also measured with.
WATCHED = 2500
CHARACTERS = ('letters-train', 'alphabets-train')


class Training:
    """What all steps share: the arguments, the recipe, the networks that training starts from."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        on_gpu = choose_device().type == 'cuda'
        self.recipe: Recipe = QUICK if args.quick else GPU if on_gpu else CPU
        self.shipped = {kind: load_exported(build(), args.models / f'{kind}.onnx') for kind, build in NETWORKS.items()}
        self.digits = load_those_there(args.arrays, catalog.VALIDATION)
        self.non_digits = load_those_there(args.arrays, catalog.NON_DIGITS)
        self.sets = load_those_there(args.arrays, list(self.recipe.images))
        self.sets.append(stretched(load(args.arrays, 'mnist-train'), STRETCHED))

    def watch(self, network: nn.Module) -> dict[str, float]:
        watched = {images.name: images.thinned(WATCHED) for images in [*self.digits, *self.non_digits]}
        return catalog.rates({name: answers(network, images.images) for name, images in watched.items()}, watched)

    def mixture(self) -> Mixture:
        """What is trained on now."""
        return Mixture(
            [
                Source(one, self.recipe.images[one.name], VARIATION[one.name], one.name not in NON_DIGITS)
                for one in self.sets
            ]
        )

    def fit(self, name: str, start: nn.Sequential, plan: Plan, teachers: list[nn.Module]) -> nn.Sequential:
        """Trains one network further, from its checkpoint where resuming is asked for and there is one."""
        run = Run(name, start, plan, self.mixture(), teachers, self.args.runs)
        if self.args.resume and run.checkpoint.exists():
            run.restore()
        return run.fit(self.watch)

    def leave_out_pieces(self) -> None:
        """Leaves out pieces of digits that look like a digit."""
        self.sets = [
            one.only(~clean.pieces_that_look_like_digits(one, self.shipped['compact']))
            if one.name == DRAWINGS
            else one
            for one in self.sets
        ]

    def clean(self, first: nn.Module) -> None:
        """Leaves out, by what `first` makes of them, donors' digits with a wrong label, and characters that are digits to
        any eye; the latter also of those that are held out."""
        judges = [*self.shipped.values(), first]
        names = json.loads((self.args.arrays / 'characters.json').read_text())
        held_out = {one.name: one for one in self.digits}
        people = held_out.get('unipen-writers', held_out[catalog.MNIST])
        alike: list[int] = []
        cleaned = []
        for one in self.sets:
            if one.name == DONORS:
                wrong = clean.wrong_drawings(one, judges)
                print(f'{len(wrong)} of {int(one.origins[:, 0].max()) + 1} drawn digits have a wrong label and are left out')
                one = one.only(~np.isin(one.origins[:, 0].numpy(), wrong))
            elif one.name in CHARACTERS:
                here = clean.alike(one, first, people)
                print(f'{one.name}: left out, since digits to any eye: {", ".join(names[label] for label in here)}')
                one = clean.without(one, here)
                alike += here
            cleaned.append(one)
        self.sets = cleaned
        self.non_digits = [self.unlike(one, alike) for one in self.non_digits]
        self.alike = alike

    def unlike(self, images: ArraySet, alike: list[int]) -> ArraySet:
        return images if images.name.startswith('drawings-') else clean.without(images, alike)

    def train(self, kinds: list[str]) -> dict[str, nn.Sequential]:
        self.leave_out_pieces()
        first = self.fit('first', self.shipped['compact'], self.recipe.first, [self.shipped['compact']])
        self.clean(first)
        for one in self.sets:
            print(f'{one.name}: {len(one)} images, {self.recipe.images[one.name]} in an epoch')
        networks = dict(self.shipped)
        for kind in kinds:
            # What `compact` answered before keeps it from forgetting MNIST; `reference` learns from what it answers now.
            networks[kind] = self.fit(kind, self.shipped[kind], self.recipe.students[kind], [networks['compact']])
        return {kind: networks[kind] for kind in kinds}

    def ship(self, networks: dict[str, nn.Sequential]) -> None:
        """Exports the trained networks and measures the files: validation first, then what is for measuring only."""
        measured = load_those_there(self.args.arrays, [*catalog.MEASURED, *self.args.measure])
        figures = self.args.output / 'figures'
        figures.mkdir(parents=True, exist_ok=True)
        images = load(self.args.arrays, 'mnist-validation').floats()
        others = [self.unlike(one, self.alike) for one in load_those_there(self.args.arrays, catalog.MEASURED_NON_DIGITS)]
        entries = []
        for kind, network in networks.items():
            exported = export(network, 'int8', self.args.output / f'{kind}.onnx', images)
            entries.append(catalog.entry(kind, exported, self.digits, [one.thinned(WATCHED) for one in [*self.non_digits, *others]], measured))
            shutil.copy(self.args.runs / f'{kind}.csv', figures / f'{kind}-learning.csv')
        catalog.update(self.args.output / 'catalog.json', entries)
        for entry in entries:
            for name, values in [*entry['figures'].items(), *entry['nonDigits'].items()]:
                print(f'{entry["name"]} on {name}: {values}')


def main() -> None:
    parser = argparse.ArgumentParser(prog='digit_training', description=__doc__)
    parser.add_argument('--arrays', type=Path, required=True, help='folder of the arrays')
    parser.add_argument('--models', type=Path, required=True, help='folder of the .onnx files that training starts from')
    parser.add_argument('--runs', type=Path, required=True, help='folder of checkpoints, CSVs and plots')
    parser.add_argument('--output', type=Path, required=True, help='folder of the .onnx files and the catalog')
    parser.add_argument('--model', choices=['compact', 'reference', 'all'], default='all')
    parser.add_argument('--measure', nargs='*', default=[], help='further array sets to measure with')
    parser.add_argument('--quick', action='store_true')
    parser.add_argument('--resume', action='store_true')
    args = parser.parse_args()

    args.runs.mkdir(parents=True, exist_ok=True)
    training = Training(args)
    training.ship(training.train(list(NETWORKS) if args.model == 'all' else [args.model]))


if __name__ == '__main__':
    main()
