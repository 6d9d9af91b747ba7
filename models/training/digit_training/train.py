"""Trains a network further: Muon and AdamW with warm-up and cosine decay, an exponential moving average of the weights,
distillation from teachers, the energy as the score of a digit, a checkpoint after every epoch, a CSV and a plot."""

from __future__ import annotations

import copy
import csv
import math
import os
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional
from tqdm import tqdm

from .data import Batch, Mixture, prefetch
from .device import choose_device, half_precision, prefer_speed
from .optimizers import create_optimizers
from .plots import learning_curves
from .rounding import rounded_weights
from .sparse import Zeros, large_weights

# The distillation temperature (Hinton, Vinyals and Dean 2015).
TEACHER_TEMPERATURE = 2.0
# Zeros of large layers are rewired every so many steps, up to this share of the run: regrown weights need time to grow.
STEPS_PER_REWIRING, REWIRING_ENDS = 50, 0.65


@dataclass(frozen=True)
class Plan:
    """Hyperparameters of a network's training."""

    epochs: int
    learning_rate: float
    weight_decay: float
    batch: int = 512
    warm_up_epochs: float = 0.5
    average_over: int = 500
    """Number of steps that the moving average of the weights spans."""
    dropout: float = 1.0
    """Factor on the architecture's dropout."""
    teacher_share: float = 0.4
    """The share of the digits' loss from distillation (Hinton, Vinyals and Dean 2015)."""
    teacher_shares: dict[str, float] = field(default_factory=dict)
    """The same for the digits of some array sets, by their names."""
    energy_share: float = 0.5
    """Weight of the question "Is it a digit?" relative to "Which digit?"."""
    energy_teacher_share: float = 0.0
    """The share of the former's loss from distillation."""
    rewiring: float = 0.0
    """Share of nonzero weights of large layers that are rewired each time at the start; it decreases to 0."""
    rounded_from: float = 1.0
    """The share of the run, 0..1, after which convolutions are trained with quantized weights."""
    seed: int = 2026


@dataclass(frozen=True)
class Teacher:
    """A network to distill, and the array sets whose images it teaches, unless a teacher before it does; `None` stands
    for all."""

    network: nn.Module
    sets: tuple[str, ...] | None = None


@torch.no_grad()
def answers(network: nn.Module, images: torch.Tensor) -> np.ndarray:
    """Returns the logits, float32 [n, 10], of uint8 images [n, 28, 28] in full precision."""
    device = next(network.parameters()).device
    network.eval()
    parts = [network((part[:, None].float() / 255).to(device)).float().cpu() for part in images.split(250)]
    return torch.cat(parts).numpy()


class Run:
    """One training run, with everything that a checkpoint needs to resume as if it had never stopped.

    The loss has two parts. Digits: cross entropy, and the divergence from a teacher's probabilities where it is
    correct. All images: a network with ten logits has the energy score E = logsumexp(logits) (Liu et al. 2020), and E
    is trained to be the log odds that the image is a digit, with an eleventh class "none" whose logit is always 0
    (outlier exposure, Hendrycks et al. 2019), or its teacher's.
    """

    def __init__(
        self, name: str, network: nn.Sequential, plan: Plan, mixture: Mixture, teachers: list[Teacher], folder: Path
    ) -> None:
        torch.manual_seed(plan.seed)
        prefer_speed()
        self.name, self.plan, self.mixture, self.folder = name, plan, mixture, folder
        self.device = choose_device()

        def on_device(one: nn.Module) -> nn.Module:
            """Returns a copy, since `to` moves a network in place, and teachers are used elsewhere, too."""
            return copy.deepcopy(one).to(self.device, memory_format=torch.channels_last)

        self.network = on_device(network)
        self.teachers = [on_device(teacher.network).eval() for teacher in teachers]
        for module in self.network:
            if isinstance(module, nn.Dropout):
                module.p *= plan.dropout
        self.average = copy.deepcopy(self.network)
        self.zeros = Zeros(self.network)
        self.generator = torch.Generator(self.device).manual_seed(plan.seed)

        def per_image(value: Callable[[str], float]) -> torch.Tensor:
            """Returns a value of each array set for each image of the mixture."""
            return torch.cat(
                [torch.full((len(source.images),), value(source.images.name)) for source in mixture.sources]
            ).to(self.device)

        def teacher_of(name: str) -> int:
            return next(index for index, one in enumerate(teachers) if one.sets is None or name in one.sets)

        self.teacher_shares = per_image(lambda name: plan.teacher_shares.get(name, plan.teacher_share))
        self.teacher_indices = per_image(teacher_of) if teachers else None
        self.optimizers = create_optimizers(self.network, plan.weight_decay)
        self.steps_per_epoch = mixture.per_epoch // plan.batch
        self.step = 0
        self.history: list[dict[str, float]] = []

    @property
    def checkpoint(self) -> Path:
        return self.folder / f'{self.name}.checkpoint.pt'

    def save(self) -> None:
        """Writes the checkpoint atomically, so that an interrupted run leaves the last complete one."""
        state = {
            'plan': self.plan.__dict__,
            'network': self.network.state_dict(),
            'average': self.average.state_dict(),
            **{name: optimizer.state_dict() for name, optimizer in self.optimizers.items()},
            'generator': self.generator.get_state(),
            'torch': torch.get_rng_state(),
            'step': self.step,
            'history': self.history,
        }
        part = self.checkpoint.with_suffix('.part')
        torch.save(state, part)
        os.replace(part, self.checkpoint)

    def restore(self) -> None:
        """Resumes from the checkpoint; raises ValueError if it belongs to another plan."""
        state = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        if state['plan'] != self.plan.__dict__:
            raise ValueError(f'{self.checkpoint} belongs to another plan. Delete it, or train without --resume.')
        self.network.load_state_dict(state['network'])
        self.average.load_state_dict(state['average'])
        for name, optimizer in self.optimizers.items():
            optimizer.load_state_dict(state[name])
        self.generator.set_state(state['generator'].cpu())
        torch.set_rng_state(state['torch'].cpu())
        self.zeros = Zeros(self.network)
        self.step, self.history = state['step'], state['history']

    def learning_rate(self) -> float:
        """Returns the learning rate: linear warm-up, then half a cosine down to 0."""
        warm_up = self.plan.warm_up_epochs * self.steps_per_epoch
        if self.step < warm_up:
            return self.plan.learning_rate * (self.step + 1) / warm_up
        done = (self.step - warm_up) / max(1, self.plan.epochs * self.steps_per_epoch - warm_up)
        return self.plan.learning_rate * 0.5 * (1 + math.cos(math.pi * done))

    def set_learning_rates(self) -> None:
        rate = self.learning_rate()
        for optimizer in self.optimizers.values():
            for group in optimizer.param_groups:
                group['lr'].fill_(rate)

    def update_average(self) -> None:
        """Moves the average toward the weights, faster at the start so that it forgets the first ones."""
        amount = max(1 / self.plan.average_over, 1 / (self.step / 4 + 1))
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.parameters()), list(self.network.parameters()), amount)
        self.zeros.keep(self.average)

    def rewire(self) -> None:
        """Rewires large layers, every few steps."""
        remaining = 1 - self.step / (REWIRING_ENDS * self.plan.epochs * self.steps_per_epoch)
        if self.plan.rewiring > 0 and remaining > 0 and self.step % STEPS_PER_REWIRING == STEPS_PER_REWIRING - 1:
            state = self.optimizers['adamw'].state
            trends = [state[weight]['exp_avg'] for weight in large_weights(self.network)]
            self.zeros.rewire(self.network, trends, self.plan.rewiring * remaining)

    def logits(self, network: nn.Module, images: torch.Tensor) -> torch.Tensor:
        with half_precision(self.device):
            return network(images.to(memory_format=torch.channels_last)).float()

    def batch(self, indices: torch.Tensor) -> Batch:
        """Returns a batch with its teachers' answers."""
        batch = self.mixture.batch(indices, self.generator)
        if self.teacher_indices is None:
            return batch
        is_digit = batch.labels >= 0
        chosen = self.teacher_indices[indices]
        # Answers for non-digits are needed only for the energy's loss.
        needed = torch.ones_like(is_digit) if self.plan.energy_teacher_share > 0 else is_digit
        logits = torch.zeros(len(indices), 10, device=self.device)
        with torch.no_grad():
            for index, teacher in enumerate(self.teachers):
                own = needed & (chosen == index)
                logits[own] = self.logits(teacher, batch.images[own])
        batch.teacher_probabilities = (logits[is_digit] / TEACHER_TEMPERATURE).softmax(1)
        batch.teacher_shares = self.teacher_shares[indices][is_digit]
        if self.plan.energy_teacher_share > 0:
            batch.digit_probabilities = logits.logsumexp(1).sigmoid()
        return batch

    def loss(self, batch: Batch) -> torch.Tensor:
        logits = self.logits(self.network, batch.images)
        is_digit = batch.labels >= 0
        target = is_digit.float()
        if batch.digit_probabilities is not None:
            target = target.lerp(batch.digit_probabilities, self.plan.energy_teacher_share)
        energy_loss = functional.binary_cross_entropy_with_logits(logits.logsumexp(1), target)
        digit_loss = self.digit_loss(logits[is_digit], batch.labels[is_digit], batch)
        return digit_loss + self.plan.energy_share * energy_loss

    def digit_loss(self, logits: torch.Tensor, labels: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Returns the cross entropy, and the divergence from the teachers' probabilities where they are correct, of the
        digits of a batch."""
        hard = functional.cross_entropy(logits, labels, reduction='none')
        teacher_probabilities = batch.teacher_probabilities
        if teacher_probabilities is None or batch.teacher_shares is None:
            return hard.mean()
        own = (logits / TEACHER_TEMPERATURE).log_softmax(1)
        divergence = TEACHER_TEMPERATURE**2 * functional.kl_div(own, teacher_probabilities, reduction='none').sum(1)
        share = batch.teacher_shares * (teacher_probabilities.argmax(1) == labels).float()
        return ((1 - share) * hard + share * divergence).mean()

    def learn(self, batch: Batch) -> torch.Tensor:
        """Updates the weights by the gradients of one batch; returns its loss."""
        self.network.zero_grad(set_to_none=True)
        quantizes = self.step >= self.plan.rounded_from * self.plan.epochs * self.steps_per_epoch
        with rounded_weights(self.network) if quantizes else nullcontext():
            loss = self.loss(batch)
            loss.backward()
        for optimizer in self.optimizers.values():
            optimizer.step()
        self.zeros.keep(self.network)
        self.rewire()
        return loss.detach()

    def train_epoch(self, bar: tqdm) -> float:
        """Trains on one sample of the data; returns the mean loss."""
        self.network.train()
        indices = self.mixture.epoch(self.generator)[: self.steps_per_epoch * self.plan.batch]
        total = torch.zeros((), device=self.device)
        for batch in prefetch(partial(self.batch, chosen) for chosen in indices.split(self.plan.batch)):
            self.set_learning_rates()
            total += self.learn(batch)
            self.step += 1
            self.update_average()
            bar.update()
        return total.item() / self.steps_per_epoch

    def fit(self, watch: Callable[[nn.Module], dict[str, float]]) -> nn.Sequential:
        """Trains to the end of the plan and returns the averaged network, on the CPU. `watch` returns figures after each
        epoch, by name; they influence nothing."""
        with tqdm(
            total=self.plan.epochs * self.steps_per_epoch, initial=self.step, desc=self.name, mininterval=5
        ) as bar:
            for epoch in range(len(self.history), self.plan.epochs):
                row: dict[str, float] = {'epoch': epoch + 1, 'loss': self.train_epoch(bar)} | watch(self.average)
                self.history.append(row)
                bar.write(', '.join(f'{key} {round(value, 4)}' for key, value in row.items()))
                self.save()
                self.write_history()
        if self.history:
            learning_curves(self.name, self.history, self.folder / f'{self.name}.svg')
        return copy.deepcopy(self.average).cpu().eval()

    def write_history(self) -> None:
        with open(self.folder / f'{self.name}.csv', 'w', newline='') as file:
            writer = csv.DictWriter(file, self.history[0].keys(), lineterminator='\n')
            writer.writeheader()
            writer.writerows({key: round(value, 6) for key, value in row.items()} for row in self.history)
