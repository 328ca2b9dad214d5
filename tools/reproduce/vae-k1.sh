#!/usr/bin/env bash
# A VAE with one draw: Burda et al., arXiv 1509.00519, table 1, published 86.76.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
given=("$@")
. "$here/common.sh"
reproduce vae-k1 1500 --preset vae
