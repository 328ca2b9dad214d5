#!/usr/bin/env bash
# The best of ours with the decoder of the other rows: two steps of IAF as the posterior (Kingma et al., arXiv 1606.04934) and
# four steps of MAF as the prior (Papamakarios et al., arXiv 1705.07057), one draw.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
given=("$@")
. "$here/common.sh"
reproduce vae-flows 400 --preset vae-iaf --prior flow --set prior.flow.kind=masked-autoregressive
