#!/usr/bin/env bash
# CIWAE with 64 draws and a weight of 0.05: Rainforth et al., arXiv 1802.04537, published 84.57.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
given=("$@")
. "$here/common.sh"
reproduce ciwae 40 --preset ciwae
