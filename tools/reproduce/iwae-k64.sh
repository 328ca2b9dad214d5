#!/usr/bin/env bash
# An IWAE with 64 draws: Rainforth et al., arXiv 1802.04537, at the cost of the three beside it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
given=("$@")
. "$here/common.sh"
reproduce iwae-k64 40 --preset iwae --set objective.draws=64
