#!/usr/bin/env bash
# MIWAE(8, 8): Rainforth et al., arXiv 1802.04537, published 84.97.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
given=("$@")
. "$here/common.sh"
reproduce miwae 40 --preset miwae
