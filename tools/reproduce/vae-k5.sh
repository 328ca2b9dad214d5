#!/usr/bin/env bash
# A VAE with five draws: Burda et al., arXiv 1509.00519, table 1, published 86.47.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
given=("$@")
. "$here/common.sh"
reproduce vae-k5 300 --preset vae --set objective.draws=5
