#!/usr/bin/env bash
# Runs the commands of docs/guide.md, block after block as they stand there, and draws its pictures. Prints what they print: the
# page's numbers are among that. Five minutes on two cores.
set -euo pipefail
. "$(dirname "$0")/common.sh"

page="$PWD/docs/guide.md"
mkdir -p "$runs/guide/target" "$PWD/$images/guide"
ln -sfn "$PWD/$images/guide" "$runs/guide/pictures"
ln -sfn "$PWD/tools" "$runs/guide/tools"
ln -sf "$(realpath "$jar")" "$runs/guide/target/vae-tf.jar"
cd "$runs/guide"
awk '/^```sh$/ { inside = 1; next } /^```$/ { inside = 0 } inside' "$page" | bash -exuo pipefail
