#!/usr/bin/env bash
# PIWAE(8, 8): Rainforth et al., arXiv 1802.04537, published 84.46.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
given=("$@")
. "$here/common.sh"
reproduce piwae 40 --preset piwae
