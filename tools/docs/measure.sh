#!/usr/bin/env bash
# Measures the tables of docs/networks.md, posteriors.md, priors.md and objectives.md: each model trains for 20 epochs on the
# 10,000 digits in the jar, and is judged by the test digits, log p(x) with 500 draws a row. Half an hour on two cores.
#
#   tools/docs/measure.sh [networks|posteriors|priors|objectives]…
set -euo pipefail
. "$(dirname "$0")/common.sh"

# measured WHAT OPTION…: trains, evaluates, and prints a row
measured() {
  local what=$1 name
  shift
  name="measured-$(echo "$*" | tr -c 'a-z0-9\n' '-')"
  trained "$name" --data mnist-10k --epochs 20 "$@"
  vaetf evaluate --model "$runs/$name" --importance-samples 500 --metrics information | awk -v what="$what" '
    /^negative ELBO/ { elbo = $3 } /^reconstruction error/ { error = $3 } /^KL/ { kl = $2 }
    /^log-likelihood/ { log_likelihood = -$2 } /^active units/ { units = $3 }
    END { printf "| %s | %.2f | %.2f | %.2f | %.2f | %d |\n", what, elbo, error, kl, log_likelihood, units }'
}

heading() {
  printf '\n| %s | negative ELBO | reconstruction error | KL | −log p(x) | active units |\n|---|---|---|---|---|---|\n' "$1"
}

networks() {
  heading network
  measured '`linear`' --network linear
  measured '`dense`, 400' --network dense
  measured '`dense`, 400 and 200' --network dense --hidden 400,200
  measured '`convolutional`' --network convolutional
}

posteriors() {
  heading posterior
  measured '`diagonal-gaussian`' --preset vae
  measured '`full-gaussian`' --preset vae-full
  measured '`flow`, `planar`' --preset vae-planar
  measured '`flow`, `radial`' --preset vae-radial
  measured '`flow`, `inverse-autoregressive`' --preset vae-iaf
  measured '`ladder`, with the prior `ladder`' --preset ladder-vae
}

priors() {
  heading prior
  measured '`standard-normal`' --preset vae
  measured '`normal-mixture`' --preset mixture-prior-vae
  measured '`vamp`' --preset vamp
  measured '`flow`, `real-nvp`' --preset flow-prior-vae
  measured '`flow`, `masked-autoregressive`' --preset maf-prior-vae
}

objectives() {
  heading objective
  measured '`elbo`' --preset vae
  measured '`elbo`, `draws=5`' --preset vae --set objective.draws=5
  measured '`elbo`, `beta=4`' --preset beta-vae
  measured '`importance-weighted`, five draws' --preset iwae
  measured 'the same, `doubly-reparameterized`' --preset dreg-iwae
  measured '`renyi`' --preset renyi-vae
}

[ $# -gt 0 ] || set -- networks posteriors priors objectives
for table in "$@"; do
  case "$table" in
    networks | posteriors | priors | objectives) "$table" ;;
    *) echo "no table $table; there are networks, posteriors, priors, objectives" >&2; exit 2 ;;
  esac
done
