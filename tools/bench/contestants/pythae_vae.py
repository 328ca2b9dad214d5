"""Pythae's contestant: its own VAE (or IWAE) and its own trainer, with the benchmark's network.

Training: `plain` (the trainer's defaults) and `fused` (Adam's fused form by `optimizer_params`).
Serving: `plain`.
"""

from __future__ import annotations

import logging
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any, Callable

import numpy as np
import torch
from pythae.data.datasets import BaseDataset
from pythae.models import IWAE, VAE, AutoModel, IWAEConfig, VAEConfig
from pythae.models.base.base_utils import ModelOutput
from pythae.models.nn import BaseDecoder, BaseEncoder
from pythae.trainers import BaseTrainer, BaseTrainerConfig
from pythae.trainers.training_callbacks import TrainingCallback
from torch import Tensor

import torch_vae
from protocol import Meter, calls, input_of, quality, read_spec, say, serve

FOREVER = 1_000_000


class Encoder(BaseEncoder):
    def __init__(self, network: torch.nn.Module):
        super().__init__()
        self.network = network

    def forward(self, x: Tensor) -> ModelOutput:
        mean, log_variance = self.network(x).chunk(2, dim=1)
        return ModelOutput(embedding=mean, log_covariance=log_variance)


class Decoder(BaseDecoder):
    def __init__(self, network: torch.nn.Module):
        super().__init__()
        self.network = network

    def forward(self, z: Tensor) -> ModelOutput:
        # Pythae's likelihood takes probabilities.
        return ModelOutput(reconstruction=torch.sigmoid(self.network(z)))


class Trainer(BaseTrainer):
    """Pythae's trainer, which does not tell the loss of a step: it is noted here."""

    loss: Tensor

    def _optimizers_step(self, model_output: ModelOutput = None) -> None:
        super()._optimizers_step(model_output)
        self.loss = model_output.loss.detach()


def make_vae(spec: dict[str, Any]) -> VAE:
    height, width, channels = spec["shape"]
    dense = spec["network"]["kind"] == "dense"
    network = torch_vae.dense_network if dense else torch_vae.convolutional_network
    encoder, decoder = network(spec)
    common = {
        "input_dim": (channels, height, width),
        "latent_dim": spec["latent"],
        "reconstruction_loss": "bce",
    }
    if spec["samples"] > 1:
        config = IWAEConfig(number_samples=spec["samples"], **common)
        return IWAE(config, encoder=Encoder(encoder), decoder=Decoder(decoder))
    return VAE(VAEConfig(**common), encoder=Encoder(encoder), decoder=Decoder(decoder))


def make_trainer(
    spec: dict[str, Any], vae: VAE, data: Tensor, callbacks: list[TrainingCallback], epochs: int
) -> Trainer:
    config = BaseTrainerConfig(
        output_dir=spec["folder"],
        num_epochs=epochs,
        per_device_train_batch_size=spec["batch"],
        learning_rate=spec["learning_rate"],
        optimizer_cls="Adam",
        optimizer_params={"fused": True} if spec["variant"] == "fused" else None,
        seed=spec["seed"],
        no_cuda=True,
    )
    dataset = BaseDataset(data, torch.zeros(len(data)))
    return Trainer(vae, dataset, training_config=config, callbacks=callbacks)


def whole_batches(spec: dict[str, Any]) -> Tensor:
    data = torch_vae.scaled(spec["data"])
    return data[: len(data) // spec["batch"] * spec["batch"]]


def train(spec: dict[str, Any], vae: VAE) -> None:
    meter = Meter(about(spec), torch_vae.weights(vae))

    class Report(TrainingCallback):
        def on_train_step_end(self, training_config: Any, **kwargs: Any) -> None:
            meter.report(1, spec["batch"], lambda: float(trainer.loss))

    trainer = make_trainer(spec, vae, whole_batches(spec), [Report()], FOREVER)
    trainer.train()


def train_to_quality(spec: dict[str, Any], vae: VAE, begin: float) -> None:
    trainer = make_trainer(spec, vae, whole_batches(spec), [], FOREVER)
    trainer.prepare_training()
    test = torch_vae.scaled(spec["test"])

    def judge() -> float:
        with torch.inference_mode():
            sums = [
                float(vae({"data": rows}).loss) * len(rows)
                for rows in test.split(torch_vae.TEST_BATCH)
            ]
        return sum(sums) / len(test)

    quality(spec, lambda: trainer.train_step(1), judge, begin)


def served(spec: dict[str, Any], vae: VAE) -> Callable[[np.ndarray], Any]:
    def call(rows: np.ndarray) -> Any:
        x = torch.from_numpy(rows)
        with torch.inference_mode():
            if spec["work"] == "decode":
                return vae.decoder(x).reconstruction.permute(0, 2, 3, 1).numpy()
            posterior = vae.encoder(x.permute(0, 3, 1, 2))
            if spec["work"] == "encode":
                return posterior.embedding.numpy(), posterior.log_covariance.numpy()
            return vae.decoder(posterior.embedding).reconstruction.permute(0, 2, 3, 1).numpy()

    return call


def first_step(spec: dict[str, Any], vae: VAE) -> None:
    class Report(TrainingCallback):
        def on_train_step_end(self, training_config: Any, **kwargs: Any) -> None:
            say({"step": 1, "loss": float(trainer.loss)})
            raise SystemExit(0)

    trainer = make_trainer(spec, vae, whole_batches(spec), [Report()], 1)
    trainer.train()


def first_sample(spec: dict[str, Any], vae: VAE) -> None:
    folder = Path(spec["folder"]) / "vae"
    if spec.get("prepare"):
        vae.save(str(folder))
        say({"prepared": True})
        return
    loaded = AutoModel.load_from_folder(str(folder)).eval()
    with torch.inference_mode():
        row = loaded.decoder(torch.randn(1, spec["latent"])).reconstruction
    say({"sample": row.flatten().tolist()})


def about(spec: dict[str, Any]) -> str:
    torch_version = torch.__version__.split("+")[0]
    return f"Pythae {version('pythae')} on PyTorch {torch_version}, {spec['variant']}"


def main() -> None:
    begin = time.perf_counter()
    spec = read_spec()
    logging.disable(logging.INFO)
    torch.set_num_threads(max(1, spec["threads"] // spec["callers"]))
    torch.manual_seed(spec["seed"])
    vae = make_vae(spec)
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
            vae.eval()
            about_it = about(spec)
            turn = calls(spec, served(spec, vae), input_of(spec))
            serve(about_it, torch_vae.weights(vae), turn)


if __name__ == "__main__":
    main()
