#!/usr/bin/env bash
# What a jar with CUDA natives does, on a machine with a GPU or without one:
#
#   mvn -q -DskipTests -Pcuda package && tools/cuda/check.sh [JAR]
#
# Without a GPU it must train on the CPU where told to, and where left to choose, and refuse a GPU in one line. With one, a run
# goes on from GPU to CPU and back, and layers multiply in bfloat16; then the seconds of an epoch on both are printed.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
jar=${1:-$here/../../target/vae-tf.jar}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

run() { java -jar "$jar" "$@"; }
fail() { echo "check.sh: $*" >&2; exit 1; }
train() { run train --data mnist-10k --no-events --quiet "$@" > /dev/null; }
seconds() { tail -1 "$1/metrics.csv" | cut -d, -f3; }

run info --json > "$folder/info.json"
grep -q '"cuda" : true' "$folder/info.json" || fail "$jar has no CUDA natives; build it with -Pcuda"
train --device cpu --epochs 1 --out "$folder/cpu"
train --device auto --epochs 1 --out "$folder/auto"

if grep -q '"type" : "GPU"' "$folder/info.json"; then
  train --device gpu --epochs 1 --out "$folder/run"
  train --resume "$folder/run" --device cpu --epochs 2
  train --resume "$folder/run" --device gpu --epochs 3
  train --device gpu --precision bfloat16 --network convolutional --epochs 2 --out "$folder/bfloat16"
  train --device gpu --network convolutional --epochs 2 --out "$folder/float32"
  train --device cpu --network convolutional --epochs 2 --out "$folder/convolutional-cpu"
  echo "a second epoch, convolutional: $(seconds "$folder/float32") s on the GPU, $(seconds "$folder/bfloat16") s in bfloat16," \
    "$(seconds "$folder/convolutional-cpu") s on the CPU"
  echo "trained on CPU, GPU, and from one to the other"
else
  status=0
  train --device gpu --epochs 1 --out "$folder/gpu" 2> "$folder/error" || status=$?
  [ "$status" = 1 ] || fail "--device gpu without a GPU: exit status $status, expected 1"
  [ "$(wc -l < "$folder/error")" = 1 ] || fail "--device gpu without a GPU: expected one line, got $(cat "$folder/error")"
  grep -q '^vae-tf: device gpu cannot be used: ' "$folder/error" || fail "unexpected: $(cat "$folder/error")"
  [ ! -e "$folder/gpu" ] || fail "--device gpu without a GPU left a run folder"
  cut -d, -f1,2,4- "$folder/cpu/metrics.csv" > "$folder/cpu.csv"
  cut -d, -f1,2,4- "$folder/auto/metrics.csv" > "$folder/auto.csv"
  cmp "$folder/cpu.csv" "$folder/auto.csv" || fail "auto without a GPU is not as on the CPU"
  cat "$folder/error"
  echo "trained on the CPU, and refused the GPU in one line"
fi
