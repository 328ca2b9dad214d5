#!/usr/bin/env bash
# Draws the pictures of docs/plots.md again, from two models that it trains in a temporary folder. Needs target/vae-tf.jar
# (mvn -q -DskipTests package); takes a minute.
set -euo pipefail
cd "$(dirname "$0")/../.."

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
pictures=docs/images/plots
vaetf() { java -jar target/vae-tf.jar "$@" --quiet; }

mkdir -p "$pictures"
for latent in 2 20; do
  vaetf train --data mnist-10k --latent "$latent" --epochs 10 --seed 1 --out "$work/vae-$latent"
done
vaetf plot --model "$work/vae-20" --kind loss,rate-distortion,kl,traversals,interpolations,worst --seed 1 --out "$pictures"
vaetf plot --model "$work/vae-20" --kind epochs --out "$pictures/epochs.gif"
vaetf plot --model "$work/vae-2" --kind latent --out "$pictures/latent.png"
vaetf plot --model "$work/vae-20" --kind latent --projection tsne --seed 1 --out "$pictures/latent-tsne.png"
vaetf compare "$work/vae-2" "$work/vae-20" --out "$pictures/compare.png"
