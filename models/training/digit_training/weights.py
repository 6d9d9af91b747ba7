"""Reads the weights of an exported ONNX file back into a network: training starts from the models in the repository."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper
from torch import nn


def expanded(path: Path) -> dict[str, np.ndarray]:
    """Returns the weights and biases of all layers, as ONNX Runtime expands them from their compact encoding."""
    model = onnx.load(path)
    layers = [node for node in model.graph.node if node.op_type in ('Conv', 'Gemm')]
    constants = {one.name: onnx.numpy_helper.to_array(one) for one in model.graph.initializer}
    wanted = [name for node in layers for name in node.input[1:]]
    calculated = [name for name in wanted if name not in constants]
    del model.graph.output[:]
    model.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in calculated)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=['CPUExecutionProvider'])
    image = np.zeros((1, 1, 28, 28), np.float32)
    answers = dict(zip(calculated, session.run(calculated, {session.get_inputs()[0].name: image}), strict=True))
    return {name: answers.get(name, constants.get(name)) for name in wanted}


@torch.no_grad()
def load_exported(network: nn.Sequential, path: Path) -> nn.Sequential:
    """Loads the weights of an exported file into a network of the same layers; raises ValueError if they differ."""
    weights = list(expanded(path).values())
    parameters = list(network.parameters())
    if [list(one.shape) for one in weights] != [list(one.shape) for one in parameters]:
        raise ValueError(f'{path.name} has other layers than the network to train.')
    for parameter, weight in zip(parameters, weights, strict=True):
        parameter.copy_(torch.from_numpy(np.array(weight)))
    return network
