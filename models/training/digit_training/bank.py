"""A bank of varied images with the teachers' answers: varied and answered once, learned from by every student.

Varying an image and asking a teacher costs more than a student's own step. Made once and read many times, they cost
little, and the students see the same hundreds of thousands of images.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn
from tqdm import tqdm

from .data import Batch, Mixture
from .device import choose_device, half_precision

# The temperature at which teachers answer and students are compared with them (Hinton, Vinyals and Dean 2015).
TEACHER_TEMPERATURE = 2.0
BATCH = 2000


class Bank:
    """Reads a bank that `make` wrote; an epoch is a draw of `per_epoch` of its images."""

    def __init__(self, folder: Path, name: str, per_epoch: int) -> None:
        device = choose_device()
        self.images, self.labels, self.soft = (
            torch.from_numpy(np.load(folder / f'{name}.{part}.npy')).to(device) for part in ('images', 'labels', 'soft')
        )
        self.per_epoch = min(per_epoch, len(self.labels))

    def epoch(self, generator: torch.Generator) -> torch.Tensor:
        return torch.randperm(len(self.labels), generator=generator, device=generator.device)[: self.per_epoch]

    def batch(self, indices: torch.Tensor, generator: torch.Generator) -> Batch:
        images = self.images[indices][:, None].float() / 255
        return Batch(images, self.labels[indices], self.soft[indices].float())


def is_made(folder: Path, name: str) -> bool:
    """Whether a whole bank is there: the last of its files is written last."""
    return (folder / f'{name}.soft.npy').exists()


@torch.no_grad()
def make(
    mixture: Mixture, teachers: list[nn.Module], epochs: int, folder: Path, name: str, seed: int
) -> None:
    """Writes `epochs` epochs of the mixture, varied, with the mean of the teachers' softened probabilities."""
    device = choose_device()
    teachers = [teacher.eval().to(device, memory_format=torch.channels_last) for teacher in teachers]
    generator = torch.Generator(device).manual_seed(seed)
    indices = torch.cat([mixture.epoch(generator) for _ in range(epochs)])
    images, soft = [], []
    for part in tqdm(indices.split(BATCH), desc=name, mininterval=2):
        batch = mixture.batch(part, generator)
        stored = (batch.images * 255).round()
        images.append(stored[:, 0].to(torch.uint8).cpu())
        seen = (stored / 255).to(memory_format=torch.channels_last)
        with half_precision(device):
            logits = [teacher(seen).float() for teacher in teachers]
        mean = torch.stack([(one / TEACHER_TEMPERATURE).softmax(1) for one in logits]).mean(0)
        soft.append(mean.cpu().to(torch.float16))
    np.save(folder / f'{name}.images.npy', torch.cat(images).numpy())
    np.save(folder / f'{name}.labels.npy', mixture.labels[indices].cpu().numpy())
    np.save(folder / f'{name}.soft.npy', torch.cat(soft).numpy())
