"""Run in models/training with `.venv/bin/python -m unittest discover tests`; takes seconds."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
import torch

sys.path.insert(0, str(Path(__file__).parent.parent))

from digit_training import bank, catalog, data, measure, networks, prune, recipes  # noqa: E402
from digit_training.export import export, stored_places  # noqa: E402
from digit_training.exposure import VARIANTS, ExposedRun, Exposure  # noqa: E402
from digit_training.optimizers import create_optimizers, orthogonal  # noqa: E402
from digit_training.train import Plan, Run  # noqa: E402
from digit_training.variation import vary  # noqa: E402


def blobs(count: int) -> data.ArraySet:
    """Images that tell their label at a glance: one bright square in a place of its own."""
    generator = torch.Generator().manual_seed(1)
    labels = torch.randint(0, 10, (count,), generator=generator)
    images = torch.zeros(count, 28, 28, dtype=torch.uint8)
    for image, label in zip(images, labels.tolist(), strict=True):
        image[4 + 10 * (label // 5) : 12 + 10 * (label // 5), 4 + 4 * (label % 5) : 8 + 4 * (label % 5)] = 255
    return data.ArraySet('blobs', images, labels)


class Export(unittest.TestCase):
    def exported(self, kind: str, weight_format: str):
        torch.manual_seed(3)
        network = networks.NETWORKS[kind]()
        for module in network:
            if isinstance(module, torch.nn.BatchNorm2d):
                module.running_mean.normal_()
                module.running_var.uniform_(0.5, 2)
                module.weight.data.uniform_(0.5, 2)
        images = np.random.default_rng(0).random((8, 1, 28, 28), dtype=np.float32)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f'{kind}.onnx'
            result = export(network, weight_format, path, images)
            answers = catalog.run(path, images)
            with torch.no_grad():
                trained = network.eval()(torch.from_numpy(images)).numpy()
            return result, path.stat().st_size if path.exists() else 0, onnx.load(path), answers, trained

    def test_compact_keeps_its_answers_within_rounding_and_its_size(self):
        result, size, model, answers, trained = self.exported('compact', 'fp16')
        self.assertLessEqual(result.parameters, 60_000)
        self.assertLessEqual(size, 130_000)
        self.assertLess(np.abs(answers - trained).max(), 0.01 * np.abs(trained).max())
        self.assertTrue(all(not any(a.name == 'auto_pad' for a in node.attribute) for node in model.graph.node))

    def test_reference_is_the_architecture_of_the_demo(self):
        result, size, model, answers, trained = self.exported('reference', 'int8')
        self.assertEqual(result.parameters, 320 + 18_496 + 4_718_720 + 1_290)
        self.assertLessEqual(size, 5_000_000)
        self.assertLess(np.abs(answers - trained).max(), 0.05 * np.abs(trained).max())
        operators = [node.op_type for node in model.graph.node if node.op_type not in ('Cast', 'Mul')]
        self.assertEqual(operators, ['Conv', 'Relu', 'Conv', 'Relu', 'Flatten', 'Gemm', 'Relu', 'Gemm'])

    def test_a_weight_of_zeros_is_stored_as_its_other_entries(self):
        torch.manual_seed(4)
        network = networks.reference()
        dense = prune.large_weights(network)
        self.assertEqual([weight.numel() for weight in dense], [4_718_592])
        with torch.no_grad():
            # Far apart, next to each other, at both ends, and a whole row of nothing.
            dense[0].mul_(torch.rand_like(dense[0]) > 0.997)
            dense[0][3] = 0
            dense[0][5, :40] = dense[0][0, :3] = dense[0][-1, -1] = 0.02
        images = np.random.default_rng(0).random((8, 1, 28, 28), dtype=np.float32)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'reference.onnx'
            result = export(network, 'int8', path, images)
            self.assertLess(result.difference, 1e-5)
            self.assertLess(path.stat().st_size, 100_000)
        # 0.3 %, but for those that round to 0.
        self.assertGreater(int((result.network[5].weight != 0).sum()), 13_500)

    def test_places_that_are_too_far_apart_for_a_byte_get_zeros_between(self):
        flat = np.zeros(2000, np.int8)
        flat[[0, 255, 511, 1999]] = 1
        places = stored_places(flat)
        self.assertEqual(places.tolist(), [0, 255, 510, 511, 766, 1021, 1276, 1531, 1786, 1999])


class Pruning(unittest.TestCase):
    def test_the_smallest_weights_go_and_stay_away(self):
        network = torch.nn.Sequential(torch.nn.Linear(1000, 200), torch.nn.Linear(200, 10))
        weight = network[0].weight
        before = weight.detach().clone()
        pruner = prune.Pruner(prune.Pruning(share=0.9, begin=0, until=0.5))
        pruner.prune(network, 25, 100)
        kept = weight != 0
        self.assertAlmostEqual(1 - kept.float().mean().item(), 0.9 * (1 - 0.5**3), places=3)
        self.assertGreater(before.abs()[kept].min(), before.abs()[~kept].max())
        self.assertTrue((network[1].weight != 0).all())
        with torch.no_grad():
            weight.add_(1)
        pruner.prune(network, 26, 100)
        self.assertTrue(torch.equal(weight != 0, kept))
        pruner.prune(network, 100, 100)
        self.assertAlmostEqual((weight == 0).float().mean().item(), 0.9, places=3)

    def test_a_run_ends_with_a_sparse_average(self):
        images = blobs(200)
        plan = Plan(epochs=2, learning_rate=1e-3, weight_decay=0, batch=50, average_over=5)
        with tempfile.TemporaryDirectory() as folder:
            examples = data.Mixture([data.Source(images, 200, 0.1)])
            pruning = prune.Pruning(share=0.95, begin=0.1, until=0.5)
            network = Run('blobs', 'reference', plan, examples, Path(folder), pruning).fit([images])
        share = (prune.large_weights(network)[0] == 0).float().mean().item()
        self.assertAlmostEqual(share, 0.95, places=3)


class Optimizers(unittest.TestCase):
    def test_every_weight_has_one_optimizer_and_filters_have_muon(self):
        network = networks.compact()
        muon, adamw = (
            [weight for group in one.param_groups for weight in group['params']]
            for one in create_optimizers(network, 0.01)
        )
        self.assertEqual([tuple(weight.shape[:2]) for weight in muon], [(16, 16), (32, 16), (32, 32), (48, 32), (64, 48)])
        self.assertEqual({id(weight) for weight in muon + adamw}, {id(weight) for weight in network.parameters()})
        self.assertEqual(len(muon) + len(adamw), len(list(network.parameters())))

    def test_a_step_goes_as_far_in_every_direction(self):
        torch.manual_seed(5)
        left, right = (torch.linalg.qr(torch.randn(size, 16)).Q for size in (16, 144))
        spread = left @ torch.diag(torch.logspace(-2, 2, 16)) @ right.T
        result = orthogonal(spread)
        values = torch.linalg.svdvals(result)
        self.assertGreater(values[:8].min(), 0.6)
        self.assertLess(values.max(), 1.3)
        # Nothing is turned: the same directions as before.
        mixed = left.T @ result @ right
        self.assertLess((mixed - torch.diag(mixed.diagonal())).abs().max(), 1e-3)


class Training(unittest.TestCase):
    plan = Plan(epochs=8, learning_rate=5e-3, weight_decay=0, batch=25, average_over=5)

    def train(self, folder: str, stop_after: int | None = None) -> list[dict[str, float]]:
        images = blobs(500)
        run = Run('blobs', 'compact', self.plan, data.Mixture([data.Source(images, 500, 0.1)]), Path(folder))
        if run.checkpoint.exists():
            run.restore()
        if stop_after is not None:
            run.write_history = lambda: self.stop_at(run, stop_after)
        try:
            run.fit([images])
        except InterruptedError:
            pass
        return run.history

    def stop_at(self, run: Run, epochs: int) -> None:
        if len(run.history) == epochs:
            raise InterruptedError

    def test_learns(self):
        with tempfile.TemporaryDirectory() as folder:
            history = self.train(folder)
            self.assertGreater(history[-1]['blobs accuracy'], 0.99)
            self.assertTrue((Path(folder) / 'blobs.csv').exists())

    def test_goes_on_from_a_checkpoint_as_if_it_had_never_stopped(self):
        with tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as parts:
            self.assertEqual(len(self.train(parts, stop_after=3)), 3)
            self.assertEqual(self.train(parts), self.train(whole))


class Distillation(unittest.TestCase):
    def test_a_student_learns_digits_and_what_is_none_from_its_bank(self):
        images = blobs(500)
        noise = torch.randint(0, 256, (60, 28, 28), dtype=torch.uint8, generator=torch.Generator().manual_seed(2))
        others = data.ArraySet('others', noise, torch.full((60,), 255))
        mixture = data.Mixture([data.Source(images, 500, 0.1)])
        plan = Plan(epochs=8, learning_rate=5e-3, weight_decay=0, batch=25, average_over=5)
        with tempfile.TemporaryDirectory() as folder:
            runs = Path(folder)
            teacher = Run('teacher', 'compact', plan, mixture, runs).fit([images])
            self.assertFalse(bank.is_made(runs, 'student-bank'))
            bank.make(mixture, [teacher], 2, runs, 'student-bank', 7)
            self.assertTrue(bank.is_made(runs, 'student-bank'))
            digits = bank.Bank(runs, 'student-bank', 400)
            self.assertEqual((len(digits.labels), digits.per_epoch), (1000, 400))
            exposure = Exposure(digits, others)
            self.assertEqual(len(exposure.outsiders), 60 * VARIANTS)
            batch = exposure.batch(torch.arange(20), torch.Generator().manual_seed(3))
            self.assertEqual((len(batch.images), len(batch.soft)), (25, 20))
            self.assertEqual(batch.labels[20:].tolist(), [-1] * 5)
            student = ExposedRun('student', 'compact', plan, exposure, runs).fit([images])
        with torch.no_grad():
            known, unknown = (student(torch.from_numpy(one.floats())) for one in (images, others))
        self.assertGreater((known.argmax(1) == images.labels).float().mean(), 0.99)
        self.assertGreater(known.logsumexp(1).median(), unknown.logsumexp(1).median() + 1)


class Recipes(unittest.TestCase):
    def test_every_network_is_there_and_teachers_come_before_those_that_they_teach(self):
        for recipe in (recipes.GPU, recipes.CPU, recipes.QUICK):
            trained = list(recipe.teachers)
            self.assertEqual(list(recipe.banks), list(recipe.students))
            for kind, plan in recipe.banks.items():
                self.assertLessEqual(set(plan.teachers), set(trained))
                self.assertEqual(set(plan.images), set(plan.variation))
                trained.append(kind)
            self.assertLessEqual(set(trained), set(networks.NETWORKS))
            self.assertLessEqual(set(recipe.prunings), set(recipe.students))

    def test_large_teachers_take_images_without_a_remainder(self):
        for side in networks.LARGE_TEACHER_CHANNELS:
            network = networks.NETWORKS[f'teacher-{side}x{side}']().eval()
            self.assertEqual(network(torch.zeros(2, 1, 28, 28)).shape, (2, 10))


class Variation(unittest.TestCase):
    def test_keeps_range_and_shape_and_leaves_images_alone_without_strength(self):
        images = blobs(64).images
        varied = vary(images, torch.ones(64), torch.Generator().manual_seed(1))
        self.assertEqual(varied.shape, (64, 1, 28, 28))
        self.assertTrue(0 <= varied.min() and varied.max() <= 1)
        same = vary(images, torch.zeros(64), torch.Generator().manual_seed(1))
        unchanged = (same[:, 0] - images / 255).abs().flatten(1).max(1).values < 1e-3
        self.assertGreater(unchanged.float().mean(), 0.7, 'only hidden patches and noise may change an image')


class Measures(unittest.TestCase):
    def test_temperature_undoes_overconfidence(self):
        random = np.random.default_rng(5)
        logits = random.normal(size=(20_000, 10)) * 2
        chances = np.exp(measure.log_softmax(logits))
        labels = np.array([random.choice(10, p=chance) for chance in chances])
        self.assertAlmostEqual(measure.fit_temperature(3 * logits, labels), 3, delta=0.1)
        self.assertGreater(measure.calibration_error(3 * logits, labels), 0.1)
        self.assertLess(measure.calibration_error(3 * logits, labels, 3), 0.02)

    def test_interval_is_wilsons(self):
        low, high = measure.interval(9_950, 10_000)
        self.assertAlmostEqual(low, 0.99342, places=4)
        self.assertAlmostEqual(high, 0.99620, places=4)


if __name__ == '__main__':
    unittest.main()
