#!/usr/bin/env bash
# A VAE with a VampPrior of 500 pseudo-inputs: Tomczak and Welling, arXiv 1705.07120, published 85.57 on static digits.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
given=("$@")
. "$here/common.sh"
# Every step encodes all 500 pseudo-inputs, so it takes more rows to make it worth that.
BATCH=${BATCH:-100}
RATE=${RATE:-0.0015}
# Kernels as narrow as the default leave the prior's components, and with them the codes, all alike; Glorot's do so at some rates.
KERNELS=${KERNELS:-he}
reproduce vamp 500 --preset vamp
