"""A training step as one CUDA graph: its few hundred small kernels are recorded once and started together after that.

Small networks on a large GPU spend most of a step in starting kernels. Recorded, a step of `compact` takes a fraction of
the time (https://pytorch.org/blog/accelerating-pytorch-with-cuda-graphs/).
"""

from __future__ import annotations

from collections.abc import Callable

import torch

from .data import Batch

# Steps on the first batch before recording: libraries choose their kernels, optimizers make their state.
WARM_UP_STEPS = 3


class RecordedStep:
    """Records `learn` with `batch`, and learns from that batch a few times on the way."""

    def __init__(self, learn: Callable[[Batch], torch.Tensor], batch: Batch) -> None:
        self.batch = Batch(batch.images.clone(), batch.labels.clone(), None if batch.soft is None else batch.soft.clone())
        aside = torch.cuda.Stream()
        aside.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(aside):
            for _ in range(WARM_UP_STEPS):
                learn(self.batch)
        torch.cuda.current_stream().wait_stream(aside)
        self.graph = torch.cuda.CUDAGraph()
        with torch.cuda.graph(self.graph):
            self.loss = learn(self.batch)

    def __call__(self, batch: Batch) -> torch.Tensor:
        """Learns from a batch of the same size; the loss is overwritten by the next step."""
        self.batch.images.copy_(batch.images)
        self.batch.labels.copy_(batch.labels)
        if self.batch.soft is not None:
            self.batch.soft.copy_(batch.soft)
        self.graph.replay()
        return self.loss
