#!/usr/bin/env bash
# Makes models of saved_models/ again, as their cards say: runs the commands under "Made by" as they stand there, takes what they
# leave in runs/NAME, then measures it for the card and the catalogue. Without names all of them; a few minutes each.
#
#     mvn -q -DskipTests package && tools/zoo/make.sh [NAME…]
#     MEASURE_ONLY=1 tools/zoo/make.sh [NAME…]    # leaves the models as they are
#
# $VAETF_JAR is another jar than target/vae-tf.jar, $VAETF_MNIST a folder with the official MNIST.
set -euo pipefail

cd "$(dirname "$0")/../.."
jar="$(realpath "${VAETF_JAR:-target/vae-tf.jar}")"
[ -f "$jar" ] || { echo "no $jar; build it: mvn -q -DskipTests package" >&2; exit 1; }
[ $# -gt 0 ] || set -- $(ls -d saved_models/*/ | xargs -n 1 basename)
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir "$work/target"
ln -s "$jar" "$work/target/vae-tf.jar"
ln -s "$PWD/saved_models" "$work/saved_models"

# The commands under a heading of a card.
commands() { # CARD HEADING
  awk -v heading="## $2" '
    /^## / { there = $0 == heading }
    /^```sh$/ { inside = there; next }
    /^```$/ { inside = 0 }
    inside' "$1" | sed "s|--data mnist |--data ${VAETF_MNIST:-mnist} |"
}

for name in "$@"; do
  model=saved_models/$name
  [ -f "$model/README.md" ] || { echo "no card $model/README.md" >&2; exit 1; }
  if [ -z "${MEASURE_ONLY:-}" ]; then
    (cd "$work" && commands "$OLDPWD/$model/README.md" "Made by" | bash -exuo pipefail)
    rm -rf "$model/saved_model.pb" "$model/assets.extra"
    cp -r "$work/runs/$name/saved_model/." "$model"
  fi
  measure="$(commands "$model/README.md" "Measured")"
  (cd "$work" && $measure --quiet > "$work/text" && $measure --quiet --json > "$work/json")
  python3 tools/zoo/catalogue.py "$name" "$work/text" "$work/json"
done
