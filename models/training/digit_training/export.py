"""Writes a trained network as ONNX: quantized weights, explicit pads, dynamic batch.

The graph is built node by node, so that it contains only what inference needs. Weights are stored in few bytes and
expanded by nodes that ONNX Runtime folds into constants when it loads the model, so that they cost no time later: int8
with a scale per output channel, followed by Cast and Mul. Weights of few steps are stored in four bits each, as two to a
uint8; ONNX's own int4 is unknown to ONNX Runtime's builds for WebGPU. Of mostly zero weights, only the nonzero entries
are stored, each with its distance from the previous one (`CumSum`, `ScatterElements`).
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from .rounding import rounding_of, short

INPUT, OUTPUT, FEATURES = 'image', 'logits', 'features'
OPSET = 17
MAX_DIFFERENCE = 1e-4
# Nonzero entries take two bytes each, if only these are stored.
BYTES_PER_NONZERO = 2
# Distances are stored in a byte.
MAX_DISTANCE = 255
# Maximum number of steps on either side of 0 of which two fit in a byte, and what is added to each.
MAX_PAIRED_STEPS, MIDDLE = 7, 8


@dataclass
class Exported:
    """The written file, and a PyTorch network with the same quantized weights for comparison."""

    path: Path
    parameters: int
    network: nn.Sequential
    difference: float


def without_dropout(network: nn.Sequential) -> nn.Sequential:
    """Returns a copy without dropout, which is only active in training."""
    layers = [module for module in network if not isinstance(module, nn.Dropout)]
    return copy.deepcopy(nn.Sequential(*layers)).eval()


class _Graph:
    """Collects the nodes and initializers of an ONNX graph."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: list[onnx.TensorProto] = []

    def node(self, operator: str, inputs: list[str], output: str, **attributes: object) -> str:
        self.nodes.append(helper.make_node(operator, inputs, [output], **attributes))
        return output

    def constant(self, name: str, value: np.ndarray) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str, module: nn.Conv2d | nn.Linear) -> str:
        """Stores a layer's weight [out, ...] in the compact format, and rounds the module's to the stored values."""
        weight = module.weight
        rounding = rounding_of(module)
        whole, scales = rounding.whole(weight)
        weight.copy_(whole * scales)
        stored, scale = whole.numpy().astype(np.int8), scales.numpy()
        paired = rounding.steps <= MAX_PAIRED_STEPS
        if np.count_nonzero(stored) * BYTES_PER_NONZERO < stored.size * (0.5 if paired else 1):
            steps = self.sparse(name, stored)
        elif paired:
            steps = self.paired(name, stored)
        else:
            steps = self.dense(name, stored)
        return self.node('Mul', [steps, self.constant(f'{name}_scale', scale)], name)

    def bias(self, name: str, module: nn.Conv2d | nn.Linear) -> str:
        """Stores a layer's bias [out], and rounds the module's to the stored values."""
        module.bias.copy_(short(module.bias))
        return self.constant(name, module.bias.numpy())

    def dense(self, name: str, stored: np.ndarray) -> str:
        """Stores integers densely; returns them as float32."""
        return self.node('Cast', [self.constant(f'{name}_int8', stored)], f'{name}_steps', to=TensorProto.FLOAT)

    def paired(self, name: str, stored: np.ndarray) -> str:
        """Stores an even number of integers a, b, ... as a + 8 + 16 (b + 8), ...; returns them as float32."""
        pairs = (stored.reshape(-1, 2) + MIDDLE).astype(np.uint8)
        self.constant(f'{name}_uint4', pairs[:, :1] + 2 * MIDDLE * pairs[:, 1:])
        self.constant(f'{name}_shape', np.array(stored.shape, np.int64))
        sums = self.node('Cast', [f'{name}_uint4'], f'{name}_sums', to=TensorProto.FLOAT)
        ratios = self.node('Div', [sums, self.number('sixteen', 2 * MIDDLE)], f'{name}_ratios')
        second = self.node('Floor', [ratios], f'{name}_second')
        rest = self.node('Mul', [second, 'sixteen'], f'{name}_rest')
        first = self.node('Sub', [sums, rest], f'{name}_first')
        both = self.node('Concat', [first, second], f'{name}_both', axis=1)
        shaped = self.node('Reshape', [both, f'{name}_shape'], f'{name}_shaped')
        return self.node('Sub', [shaped, self.number('eight', MIDDLE)], f'{name}_steps')

    def number(self, name: str, value: float) -> str:
        """Stores a number that several nodes share."""
        if not any(one.name == name for one in self.initializers):
            self.constant(name, np.array(value, np.float32))
        return name

    def sparse(self, name: str, stored: np.ndarray) -> str:
        """Stores only nonzero integers, with the distance of each from the previous one; returns all as float32."""
        flat = stored.ravel()
        stored_at = stored_indices(flat)
        self.constant(f'{name}_int8', flat[stored_at])
        self.constant(f'{name}_distances', np.diff(stored_at, prepend=0).astype(np.uint8))
        self.constant(f'{name}_size', np.array([flat.size], np.int64))
        self.constant(f'{name}_shape', np.array(stored.shape, np.int64))
        self.constant(f'{name}_axis', np.array(0, np.int64))
        zeros = self.node('ConstantOfShape', [f'{name}_size'], f'{name}_zeros')
        values = self.node('Cast', [f'{name}_int8'], f'{name}_values', to=TensorProto.FLOAT)
        distances = self.node('Cast', [f'{name}_distances'], f'{name}_ways', to=TensorProto.INT32)
        indices = self.node('CumSum', [distances, f'{name}_axis'], f'{name}_places')
        flat_steps = self.node('ScatterElements', [zeros, indices, values], f'{name}_flat', axis=0)
        return self.node('Reshape', [flat_steps, f'{name}_shape'], f'{name}_steps')


def stored_indices(flat: np.ndarray) -> np.ndarray:
    """Returns the indices to store for a mostly zero vector: those of all nonzero entries, and of zeros where nonzero
    entries are too far apart for a byte."""
    indices = []
    last = 0
    for index in np.flatnonzero(flat):
        while index - last > MAX_DISTANCE:
            last += MAX_DISTANCE
            indices.append(last)
        indices.append(index)
        last = index
    return np.array(indices, np.int64)


@torch.no_grad()
def build(network: nn.Sequential) -> tuple[onnx.ModelProto, nn.Sequential]:
    """Returns the ONNX model of a network, and the network without dropout and with weights rounded as stored."""
    small = without_dropout(network)
    graph = _Graph()
    tensor = INPUT
    counts: dict[str, int] = {}
    modules = list(small)
    # The second output is the input of the last dense layer: the image in a few numbers.
    outputs = {len(modules) - 2: FEATURES, len(modules) - 1: OUTPUT}
    for index, module in enumerate(modules):
        kind = {nn.Conv2d: 'conv', nn.Linear: 'dense', nn.ReLU: 'relu', nn.MaxPool2d: 'pool'}.get(type(module), 'head')
        counts[kind] = counts.get(kind, 0) + 1
        name = f'{kind}{counts[kind]}'
        output = outputs.get(index, name)
        if isinstance(module, nn.Conv2d):
            weight = graph.weight(f'{name}_weight', module)
            bias = graph.bias(f'{name}_bias', module)
            pad = module.padding[0]
            tensor = graph.node('Conv', [tensor, weight, bias], output, kernel_shape=[3, 3], pads=[pad] * 4)
        elif isinstance(module, nn.Linear):
            weight = graph.weight(f'{name}_weight', module)
            bias = graph.bias(f'{name}_bias', module)
            tensor = graph.node('Gemm', [tensor, weight, bias], output, transB=1)
        elif isinstance(module, nn.ReLU):
            tensor = graph.node('Relu', [tensor], output)
        elif isinstance(module, nn.MaxPool2d):
            tensor = graph.node('MaxPool', [tensor], output, kernel_shape=[2, 2], strides=[2, 2], pads=[0] * 4)
        elif isinstance(module, nn.AdaptiveAvgPool2d):
            tensor = graph.node('GlobalAveragePool', [tensor], output)
        elif isinstance(module, nn.Flatten):
            tensor = graph.node('Flatten', [tensor], output, axis=1)
        else:
            raise TypeError(f'{type(module).__name__} has no counterpart in the export. Add one in export.build.')
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            'digit',
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ['n', 1, 28, 28])],
            [
                helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ['n', modules[-1].out_features]),
                helper.make_tensor_value_info(FEATURES, TensorProto.FLOAT, ['n', modules[-1].in_features]),
            ],
            # Servers compress alike bytes best next to each other.
            sorted(graph.initializers, key=lambda tensor: (tensor.data_type == TensorProto.UINT8, tensor.data_type)),
        ),
        producer_name='digit-recognizer',
        opset_imports=[helper.make_opsetid('', OPSET)],
        ir_version=8,
    )
    onnx.checker.check_model(model, full_check=True)
    return model, small


def export(network: nn.Sequential, path: Path, images: np.ndarray) -> Exported:
    """Writes `network` to `path` and compares it with PyTorch on `images` (float32 [n, 1, 28, 28]).

    Raises ValueError if logits differ by more than 1e-4 between the file in ONNX Runtime and PyTorch with the same
    quantized weights: such a file must not be shipped.
    """
    import onnxruntime

    parameters = sum(parameter.numel() for parameter in without_dropout(network).parameters())
    model, rounded = build(network)
    path.write_bytes(model.SerializeToString())
    session = onnxruntime.InferenceSession(path, providers=['CPUExecutionProvider'])
    answer = session.run([OUTPUT], {INPUT: images})[0]
    with torch.no_grad():
        expected = rounded(torch.from_numpy(images)).numpy()
    difference = float(np.abs(answer - expected).max())
    if difference > MAX_DIFFERENCE:
        raise ValueError(f'{path.name} differs from PyTorch by {difference:.1e}, more than {MAX_DIFFERENCE:.0e}.')
    return Exported(path, parameters, rounded, difference)
