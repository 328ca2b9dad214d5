#!/usr/bin/env bash
# An IWAE with fifty draws: Burda et al., arXiv 1509.00519, table 1, published 84.78.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
given=("$@")
. "$here/common.sh"
reproduce iwae-k50 100 --preset iwae --set objective.draws=50
