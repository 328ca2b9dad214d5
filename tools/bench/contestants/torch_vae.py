"""PyTorch's contestant.

Training: `plain` (a DataLoader, as tutorials do it), `fused` (data in memory, fused Adam) and
`compiled` (as fused, with the loss, its gradients and the update compiled).
Serving: `eager`, `compiled` (inductor with frozen weights) and `jit` (traced and frozen).
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import Any, Callable, Iterator

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from protocol import calls, input_of, quality, read_spec, say, serve, steps, unsupported

TEST_BATCH = 1000


class Flat(nn.Module):
    """An image as one row."""

    def forward(self, x: Tensor) -> Tensor:
        return x.flatten(1)


def dense_layers(sizes: list[int]) -> list[nn.Module]:
    """Dense layers with ReLU between them, none after the last."""
    layers: list[nn.Module] = []
    for before, after in zip(sizes, sizes[1:]):
        layers += [nn.Linear(before, after), nn.ReLU()]
    return layers[:-1]


def dense_network(spec: dict[str, Any]) -> tuple[nn.Module, nn.Module]:
    """Encoder and decoder of dense layers; the decoder mirrors the encoder."""
    height, width, channels = spec["shape"]
    pixels, hidden = height * width * channels, spec["network"]["hidden"]
    encoder = nn.Sequential(Flat(), *dense_layers([pixels, *hidden, 2 * spec["latent"]]))
    decoder = nn.Sequential(
        *dense_layers([spec["latent"], *hidden[::-1], pixels]),
        nn.Unflatten(1, (channels, height, width)),
    )
    return encoder, decoder


def convolutional_network(spec: dict[str, Any]) -> tuple[nn.Module, nn.Module]:
    """Encoder and decoder of convolutions that halve and double the image."""
    height, width, image_channels = spec["shape"]
    channels, hidden = spec["network"]["channels"], spec["network"]["hidden"]
    down: list[nn.Module] = []
    for before, after in zip([image_channels, *channels], channels):
        down += [nn.Conv2d(before, after, 4, stride=2, padding=1), nn.ReLU()]
    smallest = (channels[-1], height >> len(channels), width >> len(channels))
    flat = smallest[0] * smallest[1] * smallest[2]
    up: list[nn.Module] = []
    back = [*channels[::-1], image_channels]
    for before, after in zip(back, back[1:]):
        up += [nn.ReLU(), nn.ConvTranspose2d(before, after, 4, stride=2, padding=1)]
    encoder = nn.Sequential(*down, Flat(), *dense_layers([flat, hidden, 2 * spec["latent"]]))
    decoder = nn.Sequential(
        *dense_layers([spec["latent"], hidden, flat]), nn.Unflatten(1, smallest), *up
    )
    return encoder, decoder


class Vae(nn.Module):
    """The model that all contestants agree on. Images are [batch, channels, height, width]."""

    def __init__(self, spec: dict[str, Any]):
        super().__init__()
        self.samples = spec["samples"]
        kind = spec["network"]["kind"]
        network = dense_network if kind == "dense" else convolutional_network
        self.encoder, self.decoder = network(spec)

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        mean, log_variance = self.encoder(x).chunk(2, dim=1)
        return mean, log_variance

    def loss(self, x: Tensor) -> Tensor:
        return self.negative_elbo(x) if self.samples == 1 else self.importance_bound(x)

    def negative_elbo(self, x: Tensor) -> Tensor:
        mean, log_variance = self.encode(x)
        z = mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)
        error = F.binary_cross_entropy_with_logits(self.decoder(z), x, reduction="sum")
        divergence = 0.5 * torch.sum(mean**2 + log_variance.exp() - 1 - log_variance)
        return (error + divergence) / len(x)

    def importance_bound(self, x: Tensor) -> Tensor:
        """Minus the mean of log 1/k Σ p(x, z_i) / q(z_i|x)."""
        mean, log_variance = self.encode(x)
        noise = torch.randn(self.samples, *mean.shape)
        z = mean + torch.exp(0.5 * log_variance) * noise
        logits = self.decoder(z.flatten(0, 1)).unflatten(0, (self.samples, len(x)))
        error = F.binary_cross_entropy_with_logits(logits, x.expand_as(logits), reduction="none")
        log_ratio = 0.5 * torch.sum(noise**2 + log_variance - z**2, dim=2)
        log_weight = log_ratio - error.flatten(2).sum(2)
        return np.log(self.samples) - torch.logsumexp(log_weight, dim=0).mean()


def scaled(file: str) -> Tensor:
    """The rows of a file as floats 0…1, channels first."""
    return torch.from_numpy(np.load(file)).permute(0, 3, 1, 2).contiguous().float() / 255


def loader_batches(spec: dict[str, Any]) -> Iterator[Iterator[Tensor]]:
    """Epochs of batches as tutorials read them."""
    data = torch.utils.data.TensorDataset(scaled(spec["data"]))
    loader = torch.utils.data.DataLoader(data, spec["batch"], shuffle=True, drop_last=True)
    while True:
        yield (batch for (batch,) in loader)


def memory_batches(spec: dict[str, Any]) -> Iterator[Iterator[Tensor]]:
    """Epochs of batches picked from one array by a permutation."""
    data, batch = scaled(spec["data"]), spec["batch"]
    while True:
        order = torch.randperm(len(data))[: len(data) // batch * batch]
        yield (data[chosen] for chosen in order.split(batch))


def make_trainer(
    spec: dict[str, Any], vae: Vae
) -> tuple[Iterator[Iterator[Tensor]], Callable[[Tensor], Tensor]]:
    """Epochs of batches, and the function that does one step and returns its loss."""
    plain = spec["variant"] == "plain"
    optimizer = torch.optim.Adam(
        vae.parameters(), lr=spec["learning_rate"], fused=None if plain else True
    )
    loss_of = torch.compile(vae.loss) if spec["variant"] == "compiled" else vae.loss

    def step(batch: Tensor) -> Tensor:
        optimizer.zero_grad()
        loss = loss_of(batch)
        loss.backward()
        optimizer.step()
        return loss.detach()

    return (loader_batches(spec) if plain else memory_batches(spec)), step


def train(spec: dict[str, Any], vae: Vae) -> None:
    epochs, step = make_trainer(spec, vae)
    every = (batch for epoch in epochs for batch in epoch)
    last: list[Tensor] = [torch.zeros(())]

    def one_step() -> int:
        batch = next(every)
        last[0] = step(batch)
        return len(batch)

    serve(about(spec), weights(vae), steps(one_step, lambda: float(last[0])))


def train_to_quality(spec: dict[str, Any], vae: Vae, begin: float) -> None:
    epochs, step = make_trainer(spec, vae)
    test = scaled(spec["test"])

    def epoch() -> None:
        for batch in next(epochs):
            step(batch)

    def judge() -> float:
        with torch.inference_mode():
            sums = [float(vae.negative_elbo(rows)) * len(rows) for rows in test.split(TEST_BATCH)]
        return sum(sums) / len(test)

    quality(spec, epoch, judge, begin)


class Server(nn.Module):
    """One of the three calls, floats in and floats out."""

    def __init__(self, spec: dict[str, Any], vae: Vae):
        super().__init__()
        self.vae, self.work = vae, spec["work"]

    def forward(self, rows: Tensor) -> Any:
        if self.work == "decode":
            return torch.sigmoid(self.vae.decoder(rows)).permute(0, 2, 3, 1)
        mean, log_variance = self.vae.encode(rows.permute(0, 3, 1, 2))
        if self.work == "encode":
            return mean, log_variance
        return torch.sigmoid(self.vae.decoder(mean)).permute(0, 2, 3, 1)


def serve_calls(spec: dict[str, Any], vae: Vae) -> None:
    server: Any = Server(spec, vae).eval()
    make_input = input_of(spec)
    example = torch.from_numpy(make_input(np.random.default_rng(0)))
    with torch.inference_mode():
        if spec["variant"] == "compiled":
            torch._inductor.config.freezing = True
            server = torch.compile(server)
            server(example)
        elif spec["variant"] == "jit":
            server = torch.jit.optimize_for_inference(torch.jit.trace(server, example))

    def call(rows: np.ndarray) -> Any:
        with torch.inference_mode():
            out = server(torch.from_numpy(rows))
        return [part.numpy() for part in out] if isinstance(out, tuple) else out.numpy()

    serve(about(spec), weights(vae), calls(spec, call, make_input))


def first_step(spec: dict[str, Any], vae: Vae) -> None:
    epochs, step = make_trainer(spec, vae)
    loss = step(next(next(epochs)))
    say({"step": 1, "loss": float(loss)})


def first_sample(spec: dict[str, Any], vae: Vae) -> None:
    file = Path(spec["folder"]) / "vae.pt"
    if spec.get("prepare"):
        torch.save(vae.state_dict(), file)
        say({"prepared": True})
        return
    vae.load_state_dict(torch.load(file, mmap=True))
    with torch.inference_mode():
        row = torch.sigmoid(vae.decoder(torch.randn(1, spec["latent"])))
    say({"sample": row.flatten().tolist()})


def weights(vae: Vae) -> int:
    return sum(parameter.numel() for parameter in vae.parameters())


def about(spec: dict[str, Any]) -> str:
    return f"PyTorch {torch.__version__.split('+')[0]}, {spec['variant']}"


def main() -> None:
    begin = time.perf_counter()
    spec = read_spec()
    if spec["variant"] == "compiled" and not (shutil.which("c++") or shutil.which("g++")):
        unsupported("torch.compile needs a C++ compiler")
    # Callers that share the cores do best with their part of the threads each.
    torch.set_num_threads(max(1, spec["threads"] // spec["callers"]))
    torch.manual_seed(spec["seed"])
    vae = Vae(spec)
    match spec["work"]:
        case "train":
            train(spec, vae)
        case "quality":
            train_to_quality(spec, vae, begin)
        case "first-step":
            first_step(spec, vae)
        case "first-sample":
            first_sample(spec, vae)
        case _:
            serve_calls(spec, vae)


if __name__ == "__main__":
    main()
