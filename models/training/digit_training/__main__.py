"""The training pipeline, from arrays and the committed models to new ones: label cleaning, training, export,
evaluation. Run by `npm run train`."""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import replace
from pathlib import Path

from torch import nn

from . import catalog, clean
from .data import ArraySet, Mixture, Source, load, load_existing
from .device import choose_device
from .export import export
from .networks import NETWORKS, teacher
from .recipes import CPU, GPU, MNIST, NON_DIGITS, QUICK, STRETCHED, VARIATION, Recipe
from .stretching import stretched
from .train import Plan, Run, Teacher, answers
from .views import Averaged
from .weights import load_exported
from .widening import widened

# Digits that may have a wrong label, and parts of digits that may look like one.
UNSURE, PIECES = ('unipen-train', 'cut-digits-train'), ('drawings-train', 'cut-pieces-train')
# Maximum number of images per held-out set for monitoring, and of non-digits for the final figures.
MAX_MONITORED, MAX_NON_DIGITS = 800, 2500
# Characters, and the sets of the same ones by people held out, which tell better whether they look like digits.
CHARACTERS: dict[str, tuple[str, ...]] = {
    'letters-train': ('letters-writers', 'letters-donor'),
    'alphabets-train': (),
    'scanned-letters-train': ('scanned-letters-writers',),
}
# Scanning makes more characters look like digits than anyone would take for one.
SCANNED = 'scanned-letters-train'


class Training:
    """State shared by all steps: the arguments, the recipe, the networks that training starts from."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        on_gpu = choose_device().type == 'cuda'
        self.recipe: Recipe = QUICK if args.quick else GPU if on_gpu else CPU
        self.shipped = {kind: load_exported(build(), args.models / f'{kind}.onnx') for kind, build in NETWORKS.items()}
        self.digits = load_existing(args.arrays, catalog.VALIDATION)
        self.non_digits = load_existing(args.arrays, catalog.NON_DIGITS)
        self.sets = load_existing(args.arrays, list(self.recipe.images))
        self.sets.append(stretched(load(args.arrays, 'mnist-train'), STRETCHED))

    def watch(self, network: nn.Module) -> dict[str, float]:
        watched = {images.name: images.thinned(MAX_MONITORED) for images in [*self.digits, *self.non_digits]}
        return catalog.rates({name: answers(network, images.images) for name, images in watched.items()}, watched)

    def mixture(self, name: str) -> Mixture:
        """Returns the current training data of a network."""
        images = self.recipe.student_images.get(name, self.recipe.images)
        return Mixture(
            [Source(one, images[one.name], VARIATION[one.name], one.name not in NON_DIGITS) for one in self.sets]
        )

    def fit(self, name: str, start: nn.Sequential, plan: Plan, teachers: list[Teacher]) -> nn.Sequential:
        """Trains a network further, with --resume from its checkpoint, if there is one."""
        run = Run(name, start, plan, self.mixture(name), teachers, self.args.runs)
        if self.args.resume and run.checkpoint.exists():
            run.restore()
        return run.fit(self.watch)

    def drop_pieces(self) -> None:
        """Drops parts of digits that look like a digit."""
        self.sets = [
            one.only(~clean.pieces_that_look_like_digits(one, self.shipped['compact']))
            if one.name in PIECES
            else one
            for one in self.sets
        ]

    def clean(self, first: nn.Module) -> None:
        """Drops donors' digits with a wrong label and characters that look like digits, as judged by `first` and the
        shipped networks; the latter from the held-out sets, too."""
        judges = [*self.shipped.values(), first]
        # Of characters: `reference` accepts too many to be asked.
        strict = [first, self.shipped['compact']]
        names = json.loads((self.args.arrays / 'characters.json').read_text())
        held_out = {one.name: one for one in self.digits}
        writers = held_out.get('unipen-writers', held_out[catalog.MNIST])
        alike: list[int] = []
        cleaned = []
        for one in self.sets:
            if one.name in UNSURE:
                wrong = clean.wrong_drawings(one, judges)
                print(f'{len(wrong)} of {int(one.origins[:, 0].max()) + 1} digits of {one.name} have a wrong label and are dropped')
                one = clean.without_drawings(one, wrong)
            elif one.name in CHARACTERS:
                here = self.alike_kinds(one, strict, writers)
                print(f'{one.name}: dropped, since they look like digits: {", ".join(names[label] for label in here)}')
                one = clean.without(one, here)
                drawn = clean.drawings_like_digits(one, strict)
                print(f'{one.name}: {len(drawn)} more drawings look like digits and are dropped')
                one = clean.without_drawings(one, drawn)
                if one.name != SCANNED:
                    alike += here
            cleaned.append(one)
        self.sets = cleaned
        self.non_digits = [self.unlike(one, alike) for one in self.non_digits]
        self.alike = alike

    def alike_kinds(self, characters: ArraySet, judges: list[nn.Module], digits: ArraySet) -> list[int]:
        """Returns the characters that look like digits, judged by people held out, where there are any."""
        held_out = [one for one in self.non_digits if one.name in CHARACTERS[characters.name]]
        return sorted({label for one in held_out or [characters] for label in clean.alike(one, judges, digits)})

    def unlike(self, images: ArraySet, alike: list[int]) -> ArraySet:
        """Returns held-out non-digits without what anyone would read as a digit: those characters, and bars."""
        if images.name.startswith(('drawings-', 'cut-')):
            return images
        rest = clean.without(images, alike)
        return rest.only(~clean.bars(rest))

    def train(self, kinds: list[str]) -> dict[str, nn.Sequential]:
        self.drop_pieces()
        shipped = self.shipped['compact']
        first = self.fit('first', shipped, self.recipe.first, [Teacher(shipped)])
        self.clean(first)
        for one in self.sets:
            print(f'{one.name}: {len(one)} images, {self.recipe.images[one.name]} in an epoch')
        trained: dict[str, nn.Sequential] = {}
        if 'compact' in kinds:
            averaged = Teacher(Averaged(shipped))
            large = self.fit('teacher', widened(shipped, teacher()), self.recipe.teacher, [averaged])
            # Distilling from the previous `compact` prevents it from forgetting MNIST.
            trained['compact'] = self.student('compact', [replace(averaged, sets=MNIST), Teacher(large)])
        if 'reference' in kinds:
            best = trained.get('compact', shipped)
            trained['reference'] = self.student('reference', [Teacher(Averaged(best))])
        return trained

    def student(self, kind: str, teachers: list[Teacher]) -> nn.Sequential:
        return self.fit(kind, self.shipped[kind], self.recipe.students[kind], teachers)

    def ship(self, networks: dict[str, nn.Sequential]) -> None:
        """Exports the trained networks and measures the files: on the validation sets first, then on the test sets."""
        measured = load_existing(self.args.arrays, [*catalog.MEASURED, *self.args.measure])
        figures = self.args.output / 'figures'
        figures.mkdir(parents=True, exist_ok=True)
        images = load(self.args.arrays, 'mnist-validation').floats()
        others = [self.unlike(one, self.alike) for one in load_existing(self.args.arrays, catalog.MEASURED_NON_DIGITS)]
        entries = []
        for kind, network in networks.items():
            exported = export(network, self.args.output / f'{kind}.onnx', images)
            entries.append(catalog.entry(kind, exported, self.digits, [one.thinned(MAX_NON_DIGITS) for one in [*self.non_digits, *others]], measured))
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
    parser.add_argument('--measure', nargs='*', default=[], help='additional array sets to evaluate on')
    parser.add_argument('--quick', action='store_true')
    parser.add_argument('--resume', action='store_true')
    args = parser.parse_args()

    args.runs.mkdir(parents=True, exist_ok=True)
    training = Training(args)
    training.ship(training.train(list(NETWORKS) if args.model == 'all' else [args.model]))


if __name__ == '__main__':
    main()
