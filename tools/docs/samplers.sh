#!/usr/bin/env bash
# Draws the pictures of docs/samplers.md: an autoencoder's samples without and with a mixture. Half a minute.
set -euo pipefail
. "$(dirname "$0")/common.sh"

trained samplers/ae --preset ae --epochs 20
vaetf sample --model "$runs/samplers/ae" --count 36 --seed 1 --out "$images/sampler-prior.png"
vaetf fit-sampler --model "$runs/samplers/ae" --kind normal-mixture --set components=50 --seed 0 --out "$runs/samplers/mixture" >&2
vaetf sample --model "$runs/samplers/mixture" --count 36 --seed 1 --out "$images/sampler-mixture.png"
