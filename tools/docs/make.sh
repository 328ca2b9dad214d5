#!/usr/bin/env bash
# Draws every picture of the documentation again, with the numbers that docs/guide.md has on standard output; or those of the pages
# named, which are the scripts beside this one:
#
#   tools/docs/make.sh [guide|plots|samplers|readme|report|explore|growth]…
#
# The same machine gives the same bytes. Ten minutes on two cores. Needs target/vae-tf.jar (mvn -q -DskipTests package); report and
# explore need Chromium, explore Maven too, growth a Python with matplotlib, python3 or $VAETF_PYTHON.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
cd "$here/../.."

parts=(guide plots samplers readme report explore growth)
[ $# -gt 0 ] || set -- "${parts[@]}"
for part in "$@"; do
  [[ " ${parts[*]} " == *" $part "* ]] || { echo "no part $part; there are: ${parts[*]}" >&2; exit 2; }
done

begun="$(mktemp)"
trap 'rm -f "$begun"' EXIT
for part in "$@"; do
  echo "== $part" >&2
  "$here/$part.sh"
done

if [ $# -eq ${#parts[@]} ]; then
  left="$(find docs/images -type f ! -newer "$begun")"
  [ -z "$left" ] || { printf 'no script here drew these:\n%s\n' "$left" >&2; exit 1; }
fi
