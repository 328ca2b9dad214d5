#!/usr/bin/env bash
# Draws the README's manifold, from the model that comes with the repository. Seconds.
set -euo pipefail
. "$(dirname "$0")/common.sh"

vaetf manifold --model saved_models/mnist-2d --count 16 --out "$images/manifold.png"
