#!/usr/bin/env bash
# Installs the peers, builds what is missing and runs the benchmark; takes bench.py's options.
set -euo pipefail
cd "$(dirname "$0")/../.."

bench=target/bench
venv=$bench/venv
missing=$bench/missing
mkdir -p "$bench/stamps"

# True if nothing that the file lists has changed since `keep NAME`.
kept() { [ "$(cat "$bench/stamps/$1" 2>/dev/null)" = "$(cat "${@:2}" | sha256sum)" ]; }
keep() { cat "${@:2}" | sha256sum > "$bench/stamps/$1"; }

# Installs the packages of one peer. One that cannot be had is named on the page; the others go on.
peer() {
  local name=$1
  shift
  echo "installing $*" >&2
  rm -f "$missing/$name"
  "$venv/bin/pip" install --quiet --disable-pip-version-check \
    -c tools/bench/requirements.txt "$@" 2> "$bench/pip.txt" || {
    mkdir -p "$missing"
    grep ERROR "$bench/pip.txt" | tail -n 1 > "$missing/$name"
    cat "$missing/$name" >&2
  }
}

if ! kept venv tools/bench/requirements.txt; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -c tools/bench/requirements.txt numpy matplotlib
  rm -rf "$missing"
  peer torch torch
  peer tensorflow tensorflow-cpu keras
  peer jax jax keras
  peer pythae pythae
  [ -e "$missing" ] || keep venv tools/bench/requirements.txt
fi

[ -e target/vae-tf.jar ] || mvn -q -DskipTests package

if [ -d tools/bench/java ]; then
  rm -rf "$bench/classes"
  find tools/bench/java -name '*.java' -exec javac -d "$bench/classes" -cp target/vae-tf.jar {} +
fi

dl4j=(tools/bench/dl4j/pom.xml $(find tools/bench/dl4j/src -name '*.java'))
if ! kept dl4j "${dl4j[@]}" || [ ! -d tools/bench/dl4j/target/lib ]; then
  echo "building Deeplearning4j's contestant" >&2
  mkdir -p "$missing"
  classifier=linux-x86_64-avx2
  grep -q avx512f /proc/cpuinfo && classifier=linux-x86_64-avx512
  if mvn -q -f tools/bench/dl4j "-Dnative.classifier=$classifier" clean package > "$bench/dl4j.txt" 2>&1; then
    rm -f "$missing/dl4j"
    keep dl4j "${dl4j[@]}"
  else
    grep ERROR "$bench/dl4j.txt" | head -n 1 | sed "s/\x1b\[[0-9;]*m//g" > "$missing/dl4j"
  fi
  rmdir --ignore-fail-on-non-empty "$missing"
fi

exec "$venv/bin/python" tools/bench/bench.py "$@"
