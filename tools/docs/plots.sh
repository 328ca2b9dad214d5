#!/usr/bin/env bash
# Draws the pictures of docs/plots.md from two models. A minute.
set -euo pipefail
. "$(dirname "$0")/common.sh"

pictures=$images/plots
mkdir -p "$pictures"
for latent in 2 20; do
  trained "plots/vae-$latent" --data mnist-10k --latent "$latent" --epochs 10
done
vaetf plot --model "$runs/plots/vae-20" --kind loss,rate-distortion,kl,traversals,interpolations,worst --seed 1 --out "$pictures"
vaetf plot --model "$runs/plots/vae-2" --kind latent --out "$pictures/latent.png"
vaetf plot --model "$runs/plots/vae-20" --kind latent --projection tsne --seed 1 --out "$pictures/latent-tsne.png"
vaetf compare "$runs/plots/vae-2" "$runs/plots/vae-20" --out "$pictures/compare.png"
