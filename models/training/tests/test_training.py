"""`npm run test:training` runs them; takes about a minute."""

from __future__ import annotations

import math
import sys
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch

sys.path.insert(0, str(Path(__file__).parent.parent))

from digit_training import catalog, clean, data, measure, networks, recipes, sparse  # noqa: E402
from digit_training.export import export, stored_indices  # noqa: E402
from digit_training.optimizers import create_optimizers, orthogonal  # noqa: E402
from digit_training.rounding import Rounding, rounded_weights, rounding_of  # noqa: E402
from digit_training.stretching import stretched  # noqa: E402
from digit_training.train import Plan, Run, Teacher, answers  # noqa: E402
from digit_training.variation import vary  # noqa: E402
from digit_training.views import Averaged, views  # noqa: E402
from digit_training.weights import load_exported  # noqa: E402
from digit_training.widening import widened  # noqa: E402


def array_set(name: str, images: torch.Tensor, labels: torch.Tensor) -> data.ArraySet:
    """A set whose images are separate drawings, by four writers."""
    drawings = torch.arange(len(labels))
    return data.ArraySet(name, images, labels, torch.stack([drawings, drawings % 4], 1))


def watch(images: data.ArraySet):
    """Reports the accuracy of a network in training."""
    return lambda network: {'accuracy': float((answers(network, images.images).argmax(1) == images.labels.numpy()).mean())}


def blobs(count: int) -> data.ArraySet:
    """Trivial images: one bright square, whose position gives the label."""
    generator = torch.Generator().manual_seed(1)
    labels = torch.randint(0, 10, (count,), generator=generator)
    images = torch.zeros(count, 28, 28, dtype=torch.uint8)
    for image, label in zip(images, labels.tolist(), strict=True):
        image[4 + 10 * (label // 5) : 12 + 10 * (label // 5), 4 + 4 * (label % 5) : 8 + 4 * (label % 5)] = 255
    return array_set('blobs', images, labels)


class Export(unittest.TestCase):
    def exported(self, kind: str):
        torch.manual_seed(3)
        network = networks.NETWORKS[kind]()
        images = np.random.default_rng(0).random((8, 1, 28, 28), dtype=np.float32)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f'{kind}.onnx'
            result = export(network, path, images)
            answers = catalog.run(path, images)
            with torch.no_grad():
                trained = Averaged(network).eval()(torch.from_numpy(images)).numpy()
            return result, path.stat().st_size if path.exists() else 0, onnx.load(path), answers, trained

    def test_compact_answers_as_with_rounded_weights_and_is_small(self):
        result, size, model, answers, trained = self.exported('compact')
        self.assertLessEqual(result.parameters, 100_000)
        self.assertLessEqual(size, 60_000)
        self.assertLess(np.abs(answers - trained).max(), 0.3 * np.abs(trained).max())
        self.assertLess(result.difference, 1e-5)
        self.assertTrue(all(not any(a.name == 'auto_pad' for a in node.attribute) for node in model.graph.node))

    def test_reference_has_the_architecture_of_the_demo(self):
        result, size, model, answers, trained = self.exported('reference')
        self.assertEqual(result.parameters, 320 + 18_496 + 4_718_720 + 1_290)
        self.assertLessEqual(size, 5_000_000)
        self.assertLess(np.abs(answers - trained).max(), 0.05 * np.abs(trained).max())
        operators = [node.op_type for node in model.graph.node if node.op_type not in ('Cast', 'Mul')]
        self.assertEqual(operators, ['Conv', 'Relu', 'Conv', 'Relu', 'Flatten', 'Gemm', 'Relu', 'Gemm'])

    def test_a_sparse_weight_is_stored_as_its_nonzero_entries(self):
        torch.manual_seed(4)
        network = networks.reference()
        dense = sparse.large_weights(network)
        self.assertEqual([weight.numel() for weight in dense], [4_718_592])
        with torch.no_grad():
            # Far apart, adjacent, at both ends, and an entire row of zeros.
            dense[0].mul_(torch.rand_like(dense[0]) > 0.997)
            dense[0][3] = 0
            dense[0][5, :40] = dense[0][0, :3] = dense[0][-1, -1] = 0.02
        images = np.random.default_rng(0).random((8, 1, 28, 28), dtype=np.float32)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'reference.onnx'
            result = export(network, path, images)
            self.assertLess(result.difference, 1e-5)
            self.assertLess(path.stat().st_size, 100_000)
        # 0.3 %, except those that round to 0.
        self.assertGreater(int((result.network[5].weight != 0).sum()), 13_500)

    def test_indices_too_far_apart_for_a_byte_get_zeros_in_between(self):
        flat = np.zeros(2000, np.int8)
        flat[[0, 255, 511, 1999]] = 1
        indices = stored_indices(flat)
        self.assertEqual(indices.tolist(), [0, 255, 510, 511, 766, 1021, 1276, 1531, 1786, 1999])


    def test_the_second_output_is_the_input_of_the_last_dense_layer(self):
        for kind, width in (('compact', 64), ('reference', 128)):
            torch.manual_seed(6)
            network = networks.NETWORKS[kind]()
            images = np.random.default_rng(0).random((5, 1, 28, 28), dtype=np.float32)
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f'{kind}.onnx'
                rounded = export(network, path, images).network
                session = onnxruntime.InferenceSession(path, providers=['CPUExecutionProvider'])
                logits, features = session.run(['logits', 'features'], {'image': images})
            self.assertEqual([one.name for one in session.get_outputs()], ['logits', 'features'])
            self.assertEqual(features.shape, (5, width))
            self.assertGreaterEqual(features.min(), 0)
            with torch.no_grad():
                read = rounded[-1](torch.from_numpy(features)).numpy()
            self.assertLess(np.abs(read - logits).max(), 1e-4)

    def test_training_continues_from_an_exported_file(self):
        for kind in networks.NETWORKS:
            torch.manual_seed(8)
            images = np.random.default_rng(0).random((4, 1, 28, 28), dtype=np.float32)
            network = networks.NETWORKS[kind]()
            with torch.no_grad():
                for weight in sparse.large_weights(network):
                    weight.mul_(torch.rand_like(weight) > 0.96)
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / f'{kind}.onnx'
                rounded = export(network, path, images).network
                again = load_exported(networks.NETWORKS[kind](), path)
                other = networks.reference() if kind == 'compact' else networks.compact()
                with self.assertRaises(ValueError):
                    load_exported(other, path)
            for one, same in zip(rounded.parameters(), again.parameters(), strict=True):
                self.assertTrue(torch.equal(one, same))


class Quantization(unittest.TestCase):
    def test_a_layer_is_stored_in_the_steps_set_by_its_network(self):
        torch.manual_seed(9)
        network = networks.compact()
        images = np.random.default_rng(0).random((4, 1, 28, 28), dtype=np.float32)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / 'compact.onnx'
            export(network, path, images)
            stored = {one.name: onnx.numpy_helper.to_array(one) for one in onnx.load(path).graph.initializer}
        weights = {name: stored[name].astype(int) for name in sorted(stored) if name.endswith(('_int8', '_uint4'))}
        # Up to seven steps take half a byte.
        expected = [*(rounding.steps for rounding in networks.COMPACT_ROUNDINGS), 127]
        self.assertEqual([name.endswith('_uint4') for name in weights], [steps <= 7 for steps in expected])
        for (name, values), steps in zip(weights.items(), expected, strict=True):
            if name.endswith('_uint4'):
                values = np.stack([values % 16, values // 16]) - 8
            self.assertLessEqual(abs(values).max(), steps)

    def test_weights_are_at_most_half_a_step_from_the_stored_values(self):
        weight = torch.randn(5, 7, 3, 3)
        whole, scale = Rounding(8).whole(weight)
        self.assertTrue(torch.equal(whole, whole.round()))
        self.assertEqual(whole.abs().amax(), 8)
        self.assertLessEqual(float(((whole * scale - weight).abs() / scale).max()), 0.5 + 1e-6)

    def test_few_large_weights_do_not_make_all_others_zero(self):
        weight = torch.randn(5, 64, 3, 3)
        weight[:, 0, 1, 1] = 20
        whole, scale = Rounding(7, size=0.8).whole(weight)
        self.assertTrue(torch.equal(whole[:, 0, 1, 1], torch.full((5,), 7.0)))
        rest = (whole * scale - weight)[:, 1:].abs() / scale
        self.assertLessEqual(float(rest.max()), 0.5 + 1e-6)
        self.assertGreater(float((whole != 0).float().mean()), 0.5)
        # By the largest weight, nearly all are.
        self.assertLess(float((Rounding(7).whole(weight)[0] != 0).float().mean()), 0.5)

    def test_weights_are_rounded_while_learning_and_exact_afterwards(self):
        torch.manual_seed(10)
        network = networks.compact()
        before = [weight.detach().clone() for weight in network.parameters()]
        image = torch.rand(2, 1, 28, 28)
        with rounded_weights(network):
            for layer in (each for each in network if hasattr(each, 'rounding')):
                self.assertLessEqual(len(layer.weight[0].unique()), 2 * rounding_of(layer).steps + 1)
            logits = network(image)
            logits.sum().backward()
        self.assertTrue(all(torch.equal(a, b) for a, b in zip(network.parameters(), before, strict=True)))
        self.assertTrue(all(weight.grad.abs().sum() > 0 for weight in network.parameters()))
        self.assertGreater(float((network(image) - logits).abs().max()), 0)


class Zeros(unittest.TestCase):
    def test_zeros_stay_zero_and_other_weights_learn(self):
        images = blobs(200)
        # Units that start dead never learn, and their number is random.
        torch.manual_seed(6)
        network = networks.reference()
        with torch.no_grad():
            for weight in sparse.large_weights(network):
                weight.mul_(torch.rand_like(weight) > 0.95)
        before = sparse.large_weights(network)[0].detach().clone()
        plan = Plan(epochs=1, learning_rate=1e-3, weight_decay=0, batch=50, average_over=5)
        with tempfile.TemporaryDirectory() as folder:
            mixture = data.Mixture([data.Source(images, 200, 0.1)])
            trained = Run('blobs', network, plan, mixture, [], Path(folder)).fit(watch(images))
        after = sparse.large_weights(trained)[0]
        self.assertTrue((after[before == 0] == 0).all())
        self.assertGreater((after != before).float().mean(), 0.03)

    def test_the_smallest_weights_are_replaced_by_the_zeros_that_would_change_most(self):
        network = networks.reference()
        weight = sparse.large_weights(network)[0]
        trend = torch.zeros_like(weight)
        with torch.no_grad():
            weight.zero_()
            weight[0, :10] = torch.tensor([5.0, -1, 2, -6, 3, 4, 7, -8, 9, 10])
            weight.requires_grad_(False)
        trend[0, :10] = 9
        trend[3, 20:24] = torch.tensor([-3.0, 1, 2, 0.5])
        zeros = sparse.Zeros(network)
        zeros.rewire(network, [trend], 0.2)
        self.assertEqual(weight[0, :10].tolist(), [5, 0, 0, -6, 3, 4, 7, -8, 9, 10])
        self.assertEqual(int((weight != 0).sum()), 8)
        weight.fill_(1)
        zeros.keep(network)
        self.assertEqual(int(weight.sum()), 10)
        self.assertEqual(weight[3, 20:24].tolist(), [1, 0, 1, 0])

    def test_rewiring_preserves_the_number_of_zeros(self):
        images = blobs(400)
        network = networks.reference()
        with torch.no_grad():
            for weight in sparse.large_weights(network):
                weight.mul_(torch.rand_like(weight) > 0.95)
        before = sparse.large_weights(network)[0] != 0
        plan = Plan(epochs=16, learning_rate=1e-3, weight_decay=0, batch=50, average_over=5, rewiring=0.2)
        with tempfile.TemporaryDirectory() as folder:
            mixture = data.Mixture([data.Source(images, 400, 0.1)])
            trained = Run('blobs', network, plan, mixture, [], Path(folder)).fit(watch(images))
        after = sparse.large_weights(trained)[0] != 0
        self.assertLessEqual(int(after.sum()), int(before.sum()))
        self.assertGreater(int((after & ~before).sum()), 0.05 * int(before.sum()))


class Cleaning(unittest.TestCase):
    def logits(self, reads: list[int], sure: float = 12.0) -> np.ndarray:
        return np.eye(10, dtype=np.float32)[reads] * sure

    def test_a_label_is_wrong_if_all_confidently_read_the_same_other_digit(self):
        labels = np.array([1, 2, 3, 4])
        judges = [self.logits([7, 7, 5, 7]), self.logits([7, 2, 7, 7]), self.logits([7, 7, 7, 4])]
        self.assertEqual(clean.wrong_labels(judges, labels).tolist(), [True, False, False, False])
        unsure = [*judges[:2], self.logits([7, 7, 7, 4], 2.0)]
        self.assertFalse(clean.wrong_labels(unsure, labels).any())

    def test_a_label_is_wrong_if_all_find_next_to_no_digit_and_none_the_label(self):
        labels = np.array([1, 1, 1])
        nothing = self.logits([7, 7, 7], 2.0) - 12
        some = np.where(np.array([[False], [True], [False]]), self.logits([7, 7, 7], 2.0), nothing)
        label = np.where(np.array([[False], [False], [True]]), self.logits([1, 1, 1], 2.0) - 12, nothing)
        self.assertEqual(clean.wrong_labels([nothing, some, label], labels).tolist(), [True, False, False])

    def test_characters_that_are_still_taken_for_digits_are_dropped(self):
        # Gray values are confidently read digits; 200 is an image without a digit.
        nothing = np.full(10, -9.0, np.float32)
        judge = Lookup({**{digit: self.logits([digit])[0] for digit in range(10)}, 200: nothing})
        digits = pictures('digits', list(range(7)) * 10, list(range(7)) * 10)
        shown = {0: [1] * 9 + [200], 1: [200] * 10, 2: [3] * 2 + [200] * 8, 3: [7] * 5 + [200] * 5}
        letters = pictures('letters', [gray for each in shown.values() for gray in each], [group for group in shown for _ in range(10)])
        left_out = clean.alike(letters, [judge], digits)
        self.assertEqual(left_out, [0, 3])
        strict = Lookup({**{digit: self.logits([digit])[0] for digit in range(7)}, 7: nothing, 200: nothing})
        self.assertEqual(clean.alike(letters, [strict], digits), [0])
        self.assertEqual(clean.alike(letters, [strict, judge], digits), [0, 3])
        self.assertEqual(set(clean.without(letters, left_out).labels.tolist()), {1, 2})

    def test_a_character_is_dropped_with_its_variants_if_all_read_it_as_a_digit(self):
        unsure = self.logits([1], 2.0)[0] - 2
        first = Lookup({1: self.logits([1])[0], 2: self.logits([2])[0], 3: unsure})
        second = Lookup({1: self.logits([1])[0], 2: unsure, 3: self.logits([3])[0]})
        letters = pictures('letters-train', [1, 2, 3, 1, 2, 3], [0] * 6)
        letters.origins[:, 0] = torch.tensor([7, 8, 9, 7, 8, 9])
        self.assertEqual(clean.drawings_like_digits(letters, [first, second]).tolist(), [7])
        self.assertEqual(clean.drawings_like_digits(letters, [first]).tolist(), [7, 8])

    def test_a_bar_is_one_steep_straight_line(self):
        def line(*points: tuple[float, float], width: float = 1.2) -> np.ndarray:
            y, x = np.mgrid[0:28, 0:28]
            image = np.zeros((28, 28), np.uint8)
            for (x1, y1), (x2, y2) in zip(points, points[1:], strict=False):
                share = (((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2)).clip(0, 1)
                image[np.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1)) <= width] = 255
            return image

        for bar in [line((14, 4), (14, 23)), line((6, 20), (20, 6)), line((20, 5), (11, 22)), line((13, 4), (14, 14), (13, 23))]:
            self.assertTrue(clean.is_bar(bar))
        dotted = line((14, 10), (14, 23)) + line((14, 3), (14, 5))
        bent = line((8, 5), (14, 14), (8, 23))
        lying = line((4, 14), (23, 12))
        for other in [dotted, bent, lying, line((6, 6), (20, 20)) | line((6, 20), (20, 6)), np.zeros((28, 28), np.uint8)]:
            self.assertFalse(clean.is_bar(other))

    def test_only_parts_that_look_like_a_digit_are_dropped(self):
        # Confidently a 1; anything; a 3 if it is a digit at all.
        judge = Lookup({1: self.logits([1])[0], 200: np.zeros(10, np.float32), 3: self.logits([3])[0] - 13})
        for kind in clean.PIECES:
            drawings = pictures('drawings-train', [1, 200, 3, 1, 200, 3], [kind] * 3 + [5] * 3)
            left_out = clean.pieces_that_look_like_digits(drawings, judge).tolist()
            self.assertEqual(left_out, [True, False, False, False, False, False])

    def test_a_wrong_label_is_found_from_the_original_drawing(self):
        judge = Lookup({7: self.logits([7])[0], 200: np.full(10, -9.0, np.float32)})
        digits = pictures('unipen-train', [7, 7, 200, 200], [7, 1, 7, 1])
        digits.origins[:, 0] = torch.tensor([0, 1, 0, 1])
        self.assertEqual(clean.wrong_drawings(digits, [judge, judge]).tolist(), [1])


def pictures(name: str, grays: list[int], labels: list[int]) -> data.ArraySet:
    """Images of one gray value each."""
    images = torch.tensor(grays, dtype=torch.uint8)[:, None, None].expand(-1, 28, 28)
    return array_set(name, images, torch.tensor(labels))


class Lookup(torch.nn.Module):
    """Answers with the logits for the image's gray value."""

    def __init__(self, logits: dict[int, np.ndarray]) -> None:
        super().__init__()
        table = np.zeros((256, 10), np.float32)
        table[list(logits)] = list(logits.values())
        self.logits = torch.nn.Parameter(torch.from_numpy(table))

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.logits[(images[:, 0, 0, 0] * 255).round().long()]


class Dropout(unittest.TestCase):
    def test_drops_a_share_and_scales_the_rest(self):
        torch.manual_seed(4)
        values = torch.ones(100, 1003)
        layer = networks.Dropout(0.25)
        dropped = layer(values)
        self.assertAlmostEqual((dropped == 0).float().mean().item(), 0.25, places=2)
        self.assertAlmostEqual(dropped.mean().item(), 1, places=2)
        self.assertEqual(len(dropped.unique()), 2)
        # No entry of a word is dropped more often than the others.
        rates = (dropped.flatten()[: 8 * 12_000].view(-1, 8) == 0).float().mean(0)
        self.assertLess((rates - 0.25).abs().max(), 0.02)

    def test_does_nothing_outside_of_training(self):
        values = torch.rand(7, 3)
        self.assertTrue(torch.equal(networks.Dropout(0.4).eval()(values), values))
        self.assertTrue(torch.equal(networks.Dropout(0)(values), values))


class Optimizers(unittest.TestCase):
    def test_every_weight_has_one_optimizer_and_filters_have_muon(self):
        network = networks.compact()
        muon, adamw = (
            [weight for group in one.param_groups for weight in group['params']]
            for one in create_optimizers(network, 0.01).values()
        )
        self.assertEqual([tuple(weight.shape[:2]) for weight in muon], [(16, 16), (32, 16), (32, 32), (48, 32), (64, 48), (64, 64)])
        self.assertEqual({id(weight) for weight in muon + adamw}, {id(weight) for weight in network.parameters()})
        self.assertEqual(len(muon) + len(adamw), len(list(network.parameters())))

    def test_a_step_is_equally_large_in_all_directions(self):
        torch.manual_seed(5)
        left, right = (torch.linalg.qr(torch.randn(size, 16)).Q for size in (16, 144))
        spread = left @ torch.diag(torch.logspace(-2, 2, 16)) @ right.T
        result = orthogonal(spread)
        values = torch.linalg.svdvals(result)
        self.assertGreater(values[:8].min(), 0.6)
        self.assertLess(values.max(), 1.3)
        # Not rotated: the same directions as before.
        mixed = left.T @ result @ right
        self.assertLess((mixed - torch.diag(mixed.diagonal())).abs().max(), 1e-3)


class Training(unittest.TestCase):
    plan = Plan(epochs=8, learning_rate=5e-3, weight_decay=0, batch=25, average_over=5)

    def train(self, folder: str, stop_after: int | None = None) -> list[dict[str, float]]:
        images = blobs(500)
        torch.manual_seed(9)
        mixture = data.Mixture([data.Source(images, 500, 0.1)])
        run = Run('blobs', networks.compact(), self.plan, mixture, [], Path(folder))
        if run.checkpoint.exists():
            run.restore()
        if stop_after is not None:
            run.write_history = lambda: self.stop_at(run, stop_after)
        try:
            run.fit(watch(images))
        except InterruptedError:
            pass
        return run.history

    def test_a_run_changes_neither_the_network_that_it_starts_from_nor_its_teachers(self):
        start, teacher = networks.compact(), networks.compact()
        mixture = data.Mixture([data.Source(blobs(50), 50, 0.1)])
        with tempfile.TemporaryDirectory() as folder:
            run = Run('student', start, self.plan, mixture, [Teacher(teacher)], Path(folder))
        for network in (start, teacher):
            self.assertTrue(network.training)
            self.assertTrue(network[2].weight.is_contiguous(), 'moved to another memory format')
        self.assertFalse(run.teachers[0].training)

    def test_what_has_been_trained_can_be_widened_taught_and_exported(self):
        # On a machine with a GPU, these are steps of the pipeline on different devices.
        images = blobs(100)
        plan = replace(self.plan, epochs=1)
        mixture = data.Mixture([data.Source(images, 100, 0.1)])
        start = networks.compact()
        with tempfile.TemporaryDirectory() as folder:
            first = Run('first', start, plan, mixture, [Teacher(start)], Path(folder)).fit(watch(images))
            wide = widened(start, networks.teacher())
            large = Run('teacher', wide, plan, mixture, [Teacher(Averaged(start))], Path(folder)).fit(watch(images))
            student = Run('student', first, plan, mixture, [Teacher(large)], Path(folder))
            trained = student.fit(watch(images))
            self.assertEqual({one.device.type for one in trained.parameters()}, {'cpu'})
            self.assertIsNot(trained, student.average)
            export(trained, Path(folder) / 'compact.onnx', images.floats())

    def stop_at(self, run: Run, epochs: int) -> None:
        if len(run.history) == epochs:
            raise InterruptedError

    def test_learns(self):
        with tempfile.TemporaryDirectory() as folder:
            history = self.train(folder)
            self.assertGreater(history[-1]['accuracy'], 0.99)
            self.assertTrue((Path(folder) / 'blobs.csv').exists())

    def test_resumes_from_a_checkpoint_as_if_it_had_never_stopped(self):
        with tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as parts:
            self.assertEqual(len(self.train(parts, stop_after=3)), 3)
            self.assertEqual(self.train(parts), self.train(whole))


class NonDigits(unittest.TestCase):
    def test_a_student_learns_digits_from_a_teacher_and_non_digits_as_well(self):
        images = blobs(500)
        noise = torch.randint(0, 256, (60, 28, 28), dtype=torch.uint8, generator=torch.Generator().manual_seed(2))
        others = array_set('others', noise, torch.full((60,), 3))
        digits = data.Mixture([data.Source(images, 500, 0.1)])
        both = data.Mixture([data.Source(images, 500, 0.1), data.Source(others, 125, 0.1, digits=False)])
        self.assertEqual(both.per_epoch, 625)
        generator = torch.Generator().manual_seed(3)
        batch = both.batch(both.epoch(generator), generator)
        self.assertEqual(int((batch.labels == data.NON_DIGIT).sum()), 125)
        plan = Plan(epochs=8, learning_rate=5e-3, weight_decay=0, batch=25, average_over=5)
        torch.manual_seed(9)
        with tempfile.TemporaryDirectory() as folder:
            teacher = Run('teacher', networks.compact(), plan, digits, [], Path(folder)).fit(watch(images))
            student = Run('student', networks.compact(), plan, both, [Teacher(teacher)], Path(folder)).fit(watch(images))
        known, unknown = (answers(student, one.images) for one in (images, others))
        self.assertGreater((known.argmax(1) == images.labels.numpy()).mean(), 0.99)
        self.assertGreater(np.median(measure.energy(known)), np.median(measure.energy(unknown)) + 1)

    def test_array_sets_may_have_teachers_and_shares_of_their_own(self):
        images = blobs(50)
        sets = [array_set(name, images.images, images.labels) for name in ('some', 'others')]
        mixture = data.Mixture([data.Source(one, 50, 0.1) for one in sets])
        plan = Plan(epochs=1, learning_rate=1e-3, weight_decay=0, teacher_share=0.25, teacher_shares={'others': 0.75})
        networks_of = {'some': networks.compact(), 'others': networks.compact()}
        teachers = [Teacher(networks_of['others'], ('others',)), Teacher(networks_of['some'])]
        with tempfile.TemporaryDirectory() as folder:
            run = Run('student', networks.compact(), plan, mixture, teachers, Path(folder))
            batch = run.batch(torch.tensor([0, 1, 50, 51]))
        self.assertEqual(batch.teacher_shares.tolist(), [0.25, 0.25, 0.75, 0.75])
        self.assertIsNone(batch.digit_probabilities)
        for part, name in ((slice(0, 2), 'some'), (slice(2, 4), 'others')):
            with torch.no_grad():
                expected = (networks_of[name](batch.images[part]) / 2).softmax(1)
            torch.testing.assert_close(batch.teacher_probabilities[part], expected, rtol=0, atol=0.02)

    def test_the_energy_may_be_learned_from_a_teacher(self):
        images = blobs(50)
        others = array_set('others', 255 - images.images, images.labels)
        mixture = data.Mixture([data.Source(images, 50, 0.1), data.Source(others, 50, 0.1, digits=False)])
        teacher = networks.compact()
        losses = {}
        for share in (0.0, 1.0):
            plan = Plan(epochs=1, learning_rate=1e-3, weight_decay=0, teacher_share=1.0, energy_teacher_share=share)
            with tempfile.TemporaryDirectory() as folder:
                run = Run('student', teacher, plan, mixture, [Teacher(teacher)], Path(folder))
                run.network.eval()
                losses[share] = run.loss(run.batch(torch.arange(100))).item()
        # A network that agrees with its teacher, which thinks everything a digit, is wrong only by the labels.
        self.assertLess(losses[1.0], losses[0.0])


class Widening(unittest.TestCase):
    def test_a_widened_network_answers_nearly_the_same(self):
        torch.manual_seed(3)
        narrow = networks.compact().eval()
        wide = networks.convolutions(tuple(2 * width for width in networks.COMPACT_CHANNELS)).eval()
        images = blobs(200).images
        expected = answers(narrow, images)
        close = answers(widened(narrow, wide), images)
        self.assertLess(np.abs(close - expected).max(), 0.2 * np.abs(expected).max())
        self.assertGreater(sum(one.numel() for one in wide.parameters()), 3.9 * sum(one.numel() for one in narrow.parameters()))

    def test_networks_are_widened_on_their_device(self):
        wide = widened(networks.compact().to('meta'), networks.teacher().to('meta'))
        self.assertEqual(wide[0].weight.device.type, 'meta')

    def test_copies_of_a_channel_differ(self):
        wide = widened(networks.compact(), networks.teacher())
        first = wide[0].weight
        half = len(first) // 2
        self.assertGreater((first[:half] - first[half:]).abs().min().item(), 0)


class Views(unittest.TestCase):
    def test_an_image_is_seen_as_it_is_and_rotated_both_ways(self):
        image = torch.zeros(1, 1, 28, 28)
        image[0, 0, 13:15, 22:24] = 1
        axis = torch.arange(28) - 13.5
        angles = [math.atan2((view.sum(3) * axis).sum(), (view.sum(2) * axis).sum()) for view in views(image)]
        for angle, expected in zip(angles, (0, 0.18, -0.18), strict=True):
            self.assertAlmostEqual(angle, expected, places=2)

    def test_logits_are_averaged_over_the_views(self):
        torch.manual_seed(2)
        network, images = networks.compact().eval(), torch.rand(3, 1, 28, 28)
        with torch.no_grad():
            expected = sum(network(view) for view in views(images)) / 3
            torch.testing.assert_close(Averaged(network)(images), expected)


class Catalog(unittest.TestCase):
    def test_the_least_energy_rejects_the_allowed_share_of_digits_by_unseen_writers(self):
        random = np.random.default_rng(7)
        people = {name: random.normal(8 - index, 1, (1000, 10)) for index, name in enumerate(catalog.UNSEEN_WRITERS)}
        least = catalog.least_energy({**people, catalog.MNIST: people[catalog.UNSEEN_WRITERS[0]] - 20})
        refused = [(measure.energy(logits) < least).mean() for logits in people.values()]
        self.assertAlmostEqual(np.mean(refused), catalog.MAX_REJECTED, places=3)
        self.assertLess(refused[0], refused[-1])
        self.assertLess(catalog.least_energy({catalog.MNIST: people[catalog.UNSEEN_WRITERS[0]] - 20}), least - 10)


class Recipes(unittest.TestCase):
    def test_recipes_cover_every_network_and_every_array_set(self):
        for recipe in (recipes.GPU, recipes.CPU, recipes.QUICK):
            self.assertEqual(list(recipe.students), list(networks.NETWORKS))
            self.assertEqual(set(recipe.images), set(recipes.VARIATION))
            self.assertLess(set(recipes.NON_DIGITS), set(recipe.images))
            for name, images in recipe.student_images.items():
                self.assertIn(name, recipe.students)
                self.assertEqual(set(images), set(recipe.images))
        for shares in (recipes.SHARES, recipes.REFERENCE_SHARES):
            self.assertEqual(sum(shares.values()), 100)


class Stretching(unittest.TestCase):
    def test_ink_of_any_shape_becomes_a_square_in_the_middle(self):
        images = torch.zeros(4, 28, 28, dtype=torch.uint8)
        images[0, 4:24, 13:15] = 255
        images[2, 10:14, 2:22] = 200
        one = stretched(array_set('bars', images, torch.tensor([1, 2, 3, 4])), 'squares')
        self.assertEqual((one.name, one.labels.tolist(), one.origins[:, 0].tolist()), ('squares', [1, 3], [0, 2]))
        for image, gray in zip(one.images, (255, 200), strict=True):
            self.assertTrue((image[4:24, 4:24] == gray).all())
            self.assertEqual(int((image > 0).sum()), 400)

    def test_the_center_of_mass_is_in_the_middle(self):
        images = torch.zeros(1, 28, 28, dtype=torch.uint8)
        images[0, 3:7, 3:23] = 250
        images[0, 7:21, 3:9] = 250
        square = stretched(array_set('corner', images, torch.tensor([7])), 'squares').images[0].float()
        for axis in (0, 1):
            center = (square.sum(axis) * torch.arange(28)).sum() / square.sum()
            self.assertLess(abs(float(center) - 13.5), 0.6)


class Variation(unittest.TestCase):
    def test_preserves_range_and_shape_and_leaves_images_unchanged_without_strength(self):
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
