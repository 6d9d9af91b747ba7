"""The device and precision to compute with."""

from __future__ import annotations

import torch


def choose_device() -> torch.device:
    return torch.device('cuda' if torch.cuda.is_available() else 'cpu')


def prefer_speed() -> None:
    """Lets a GPU choose the fastest convolutions and multiply float32 matrices in TF32, which is precise enough for
    training."""
    torch.backends.cudnn.benchmark = True
    torch.set_float32_matmul_precision('high')


def half_precision(device: torch.device) -> torch.autocast:
    """Enables bfloat16 if the machine computes it natively: it almost halves the time. Weights stay in float32."""
    native = device.type == 'cuda' or torch.cpu._is_avx512_bf16_supported()
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=native, cache_enabled=False)
