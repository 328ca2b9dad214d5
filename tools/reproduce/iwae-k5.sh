#!/usr/bin/env bash
# An IWAE with five draws: Burda et al., arXiv 1509.00519, table 1, published 85.54.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
given=("$@")
. "$here/common.sh"
reproduce iwae-k5 1500 --preset iwae
