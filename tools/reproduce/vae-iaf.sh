#!/usr/bin/env bash
# A VAE whose posterior is an inverse autoregressive flow: Kingma et al., arXiv 1606.04934.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
given=("$@")
. "$here/common.sh"
reproduce vae-iaf 400 --preset vae-iaf
