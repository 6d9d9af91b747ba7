"""Trains one network: Muon and AdamW with warm-up and cosine decay, an exponential moving average of the weights,
distillation where the examples carry a teacher's answers, a checkpoint after every epoch, a CSV and a plot of the run."""

from __future__ import annotations

import copy
import csv
import math
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from tqdm import tqdm

from . import measure
from .bank import TEACHER_TEMPERATURE
from .data import ArraySet, Batch, Examples
from .device import choose_device, half_precision, prefer_speed
from .networks import NETWORKS
from .optimizers import create_optimizers
from .plots import learning_curves
from .prune import Pruner, Pruning
from .recorded_step import RecordedStep

# The share of the loss that comes from the teacher (Hinton, Vinyals and Dean 2015).
TEACHER_SHARE = 0.7


@dataclass(frozen=True)
class Plan:
    """How long and how one network is trained."""

    epochs: int
    learning_rate: float
    weight_decay: float
    batch: int = 256
    warm_up_epochs: float = 1.0
    filter_rate: float = 1.0
    """Learning rate of the convolution filters, which Muon trains, as a multiple of that of everything else."""
    average_over: int = 1500
    """Steps over which the moving average of the weights reaches back."""
    dropout: float = 1.0
    """How much of the architecture's dropout there is: with a teacher and millions of images there is less to overfit."""
    seed: int = 2026


@torch.no_grad()
def answers(network: nn.Module, images: torch.Tensor, device: torch.device) -> np.ndarray:
    """Logits, float32 [n, 10], of uint8 images [n, 28, 28] in full precision."""
    network.eval()
    parts = [network((part[:, None].float() / 255).to(device)).float().cpu() for part in images.split(1000)]
    return torch.cat(parts).numpy()


class Run:
    """One training run, with all that a checkpoint must hold to go on as if it had never stopped."""

    def __init__(
        self,
        name: str,
        kind: str,
        plan: Plan,
        examples: Examples,
        folder: Path,
        pruning: Pruning | None = None,
    ) -> None:
        torch.manual_seed(plan.seed)
        prefer_speed()
        self.name, self.plan, self.examples, self.folder = name, plan, examples, folder
        self.device = choose_device()
        self.network = NETWORKS[kind]().to(self.device, memory_format=torch.channels_last)
        for module in self.network:
            if isinstance(module, nn.Dropout):
                module.p *= plan.dropout
        self.average = copy.deepcopy(self.network)
        self.pruner = Pruner(pruning) if pruning else None
        self.generator = torch.Generator(self.device).manual_seed(plan.seed)
        self.muon, self.adamw = create_optimizers(self.network, plan.weight_decay)
        self.steps_per_epoch = examples.per_epoch // plan.batch
        self.recorded: RecordedStep | None = None
        self.step = 0
        self.history: list[dict[str, float]] = []

    @property
    def checkpoint(self) -> Path:
        return self.folder / f'{self.name}.checkpoint.pt'

    def save(self) -> None:
        """Writes the checkpoint in one go, so that a cut run leaves the last whole one."""
        state = {
            'plan': self.plan.__dict__,
            'network': self.network.state_dict(),
            'average': self.average.state_dict(),
            'muon': self.muon.state_dict(),
            'adamw': self.adamw.state_dict(),
            'generator': self.generator.get_state(),
            'torch': torch.get_rng_state(),
            'step': self.step,
            'history': self.history,
        }
        partial = self.checkpoint.with_suffix('.part')
        torch.save(state, partial)
        os.replace(partial, self.checkpoint)

    def restore(self) -> None:
        """Goes on from the checkpoint; ValueError where it belongs to another plan."""
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        if state['plan'] != self.plan.__dict__:
            raise ValueError(f'{self.checkpoint} belongs to another plan. Delete it, or train without --resume.')
        self.network.load_state_dict(state['network'])
        self.average.load_state_dict(state['average'])
        self.muon.load_state_dict(state['muon'])
        self.adamw.load_state_dict(state['adamw'])
        self.generator.set_state(state['generator'].cpu())
        torch.set_rng_state(state['torch'].cpu())
        self.step, self.history = state['step'], state['history']

    def learning_rate(self) -> float:
        """Linear warm-up, then half a cosine down to nothing."""
        warm_up = self.plan.warm_up_epochs * self.steps_per_epoch
        if self.step < warm_up:
            return self.plan.learning_rate * (self.step + 1) / warm_up
        done = (self.step - warm_up) / max(1, self.plan.epochs * self.steps_per_epoch - warm_up)
        return self.plan.learning_rate * 0.5 * (1 + math.cos(math.pi * done))

    def set_learning_rates(self) -> None:
        rate = self.learning_rate()
        for optimizer, factor in ((self.muon, self.plan.filter_rate), (self.adamw, 1.0)):
            for group in optimizer.param_groups:
                group['lr'].fill_(rate * factor)

    def update_average(self) -> None:
        """Moves the average towards the weights, faster at the start so that it does not remember the first ones."""
        amount = max(1 / self.plan.average_over, 1 / (self.step / 4 + 1))
        with torch.no_grad():
            averages, weights = (
                [one for one in network.state_dict().values() if one.is_floating_point()]
                for network in (self.average, self.network)
            )
            torch._foreach_lerp_(averages, weights, amount)

    def logits(self, images: torch.Tensor) -> torch.Tensor:
        with half_precision(self.device):
            return self.network(images.to(self.device, memory_format=torch.channels_last)).float()

    def loss(self, batch: Batch) -> torch.Tensor:
        return self.digit_loss(self.logits(batch.images), batch)

    def digit_loss(self, logits: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Cross entropy, and where there are teachers the divergence from what they think."""
        hard = functional.cross_entropy(logits, batch.labels)
        if batch.soft is None:
            return hard
        softened = (logits / TEACHER_TEMPERATURE).log_softmax(1)
        divergence = functional.kl_div(softened, batch.soft, reduction='batchmean')
        return (1 - TEACHER_SHARE) * hard + TEACHER_SHARE * TEACHER_TEMPERATURE**2 * divergence

    def learn(self, batch: Batch) -> torch.Tensor:
        """Moves the weights along the gradients of one batch; returns its loss."""
        self.network.zero_grad(set_to_none=True)
        loss = self.loss(batch)
        loss.backward()
        self.muon.step()
        self.adamw.step()
        return loss.detach()

    def train_epoch(self, bar: tqdm) -> float:
        """One pass over a draw of the examples; returns the mean loss."""
        self.network.train()
        indices = self.examples.epoch(self.generator)[: self.steps_per_epoch * self.plan.batch]
        total = torch.zeros((), device=self.device)
        for chosen in indices.split(self.plan.batch):
            batch = self.examples.batch(chosen, self.generator)
            self.set_learning_rates()
            if self.device.type == 'cuda' and self.recorded is None:
                self.recorded = RecordedStep(self.learn, batch)
            total += self.recorded(batch) if self.recorded else self.learn(batch)
            self.step += 1
            if self.pruner:
                self.pruner.prune(self.network, self.step, self.plan.epochs * self.steps_per_epoch)
            self.update_average()
            if self.pruner:
                self.pruner.keep(self.average)
            bar.update()
        return total.item() / self.steps_per_epoch

    def fit(self, validation: list[ArraySet]) -> nn.Module:
        """Trains to the end of the plan and returns the averaged network. Validation is shown, never chosen by."""
        done = len(self.history)
        with tqdm(
            total=self.plan.epochs * self.steps_per_epoch, initial=self.step, desc=self.name, mininterval=2
        ) as bar:
            for epoch in range(done, self.plan.epochs):
                row: dict[str, float] = {'epoch': epoch + 1, 'loss': self.train_epoch(bar)}
                for images in validation:
                    logits = answers(self.average, images.images, self.device)
                    row[f'{images.name} accuracy'] = measure.accuracy(logits, images.labels.numpy())
                    row[f'{images.name} log loss'] = measure.log_loss(logits, images.labels.numpy())
                self.history.append(row)
                bar.set_postfix({images.name: f'{100 * row[f"{images.name} accuracy"]:.2f} %' for images in validation})
                self.save()
                self.write_history()
        learning_curves(self.name, self.history, self.folder / f'{self.name}.svg')
        return self.average.eval()

    def write_history(self) -> None:
        with open(self.folder / f'{self.name}.csv', 'w', newline='') as file:
            writer = csv.DictWriter(file, self.history[0].keys(), lineterminator='\n')
            writer.writeheader()
            writer.writerows({key: round(value, 6) for key, value in row.items()} for row in self.history)


def load_average(name: str, kind: str, folder: Path) -> nn.Module:
    """The averaged network of a run's checkpoint."""
    network = NETWORKS[kind]()
    state = torch.load(folder / f'{name}.checkpoint.pt', map_location='cpu', weights_only=True)
    network.load_state_dict(state['average'])
    return network.eval()
