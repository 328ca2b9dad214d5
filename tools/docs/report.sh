#!/usr/bin/env bash
# Makes the picture of docs/report.md again, from a model that it trains in a temporary folder. Needs target/vae-tf.jar
# (mvn -q -DskipTests package) and chromium; takes half a minute.
set -euo pipefail
cd "$(dirname "$0")/../.."

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

java -jar target/vae-tf.jar train --data mnist-10k --latent 2 --epochs 20 --seed 1 --out "$work/mnist-2d" --quiet
# Smaller than life, so that the file stays small.
chromium --headless=new --no-sandbox --disable-dev-shm-usage --hide-scrollbars --user-data-dir="$work/browser" --window-size=1040,1010 \
  --force-device-scale-factor=0.7 --screenshot="$PWD/docs/images/report.png" "file://$work/mnist-2d/report.html"
