#!/usr/bin/env bash
# Runs every Spark job on a cluster of this machine: a standalone master and two workers of one core each, on loopback, from PyPI's
# pyspark. Each result is held against the plain command's; one executor is killed in the middle of a job, which must end right.
#
#   mvn -q -DskipTests package && tools/spark/run.sh [JAR]
#
#   VAETF_PYTHON    a Python with pyspark (python3)
#   JOBS            which run on the cluster, besides the decoding that is disturbed (sample encode decode reconstruct score train);
#                   decode needs encode
#   ROWS            latent rows that are drawn and go through the jobs (2000)
#   EPOCHS          of the training whose executor is killed (40)
#   KILL_ROWS       rows of the job whose executor is killed (60000): enough for it to be at work some seconds
#
# Prints for each job the rows in and out, whether its numbers are the plain command's, and rows a second of both, start of the
# program and, for Spark, of its session included. Stops what it has started, and nothing else.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
jar=$(realpath "${1:-$here/../../target/vae-tf.jar}")
model=$(realpath "$here/../../saved_models/mnist-2d")
python=${VAETF_PYTHON:-python3}
jobs=${JOBS:-sample encode decode reconstruct score train}
rows=${ROWS:-2000}
kill_rows=${KILL_ROWS:-60000}
. "$here/cluster.sh"

# Lines of all parts in order, the head once.
table() { for part in "$1"/*.csv; do tail -n +2 "$part"; done; }

seconds() { "$python" -c "print(f'{$(date +%s.%N) - $1:.1f}')"; }

# Whether two tables hold the same numbers: to the bit, or how far apart.
same() { # PLAIN SPARK
  tail -n +2 "$1" > "$work/plain.rows"
  table "$2" > "$work/spark.rows"
  if cmp -s "$work/plain.rows" "$work/spark.rows"; then
    echo "files equal ($(sha256sum < "$work/plain.rows" | cut -c1-12))"
  else
    "$python" - "$work/plain.rows" "$work/spark.rows" << 'END' || fail "$2: other numbers than the plain command's"
import hashlib
import sys
import numpy as np

one, other = (np.loadtxt(path, delimiter=",", ndmin=2, dtype=np.float32) for path in sys.argv[1:])
if one.shape != other.shape or not np.allclose(one, other, rtol=1e-4, atol=1e-5):
    sys.exit(1)
if np.array_equal(one, other):
    print(f"numbers equal to the bit ({hashlib.sha256(one.tobytes()).hexdigest()[:12]})")
else:
    print(f"numbers equal to {np.abs(one - other).max():.1e}, in batches of other sizes")
END
  fi
}

# What a job is told beside its plain twin.
cluster=()

# A job and its plain twin, which write csv, if the job is wanted; the plain sample always, as its rows are the others' input.
both() { # NAME OPTION…
  local name=$1 begun plain spark
  shift
  [[ " sample $jobs " == *" $name "* ]] || return 0
  begun=$(date +%s.%N)
  java -jar "$jar" "$name" --model "$model" "$@" --out "$work/$name.csv" --quiet > /dev/null
  plain=$(seconds "$begun")
  [[ " $jobs " == *" $name "* ]] || return 0
  begun=$(date +%s.%N)
  submit "$name" --model "$model" "$@" "${cluster[@]}" --out "$work/$name-spark.csv" --json > "$work/$name.json" 2> "$work/$name.err" || {
    cat "$work/$name.err" >&2
    fail "$name failed"
  }
  spark=$(seconds "$begun")
  local out
  out=$(table "$work/$name-spark.csv" | wc -l)
  [ "$out" = "$rows" ] || fail "$name: $out rows out, $rows in"
  echo "$name: $rows rows in, $out out; $(same "$work/$name.csv" "$work/$name-spark.csv");" \
    "$("$python" -c "print(f'{$rows / $plain:.0f} rows a second plain, {$rows / $spark:.0f} on the cluster')")"
}

both sample --count "$rows" --seed 1
both encode --in "$work/sample.csv"
[ -f "$work/encode.csv" ] && cut -d, -f1,2 "$work/encode.csv" > "$work/points.csv"
both decode --in "$work/points.csv"
both reconstruct --in "$work/sample.csv"
# Draws go by the number of the batch, which is that of the plain command where the input is one partition.
cluster=(--partitions 1)
both score --in "$work/sample.csv" --samples 5 --seed 1

# An executor is killed when it has begun to compute; its tasks are done again by another.
"$python" - "$kill_rows" > "$work/many.csv" << 'END'
import random
import sys

random.seed(1)
print("mean0,mean1")
for _ in range(int(sys.argv[1])):
    print(f"{random.gauss(0, 1):.4f},{random.gauss(0, 1):.4f}")
END
killed=0

# Kills executor 0 of a job that is under way, when a condition holds; the job must end well all the same.
disturbed() { # NAME CONDITION
  local executor=
  for _ in $(seq 900); do
    executor=$(pgrep -f "CoarseGrainedExecutorBackend.*--executor-id 0.*" | while read -r pid; do
      [[ $(readlink "/proc/$pid/cwd") == "$work"/* ]] && echo "$pid" && break
    done || true)
    [ -n "$executor" ] && eval "$2" && break
    executor=
    sleep 0.1
  done
  [ -n "$executor" ] || fail "$1: no executor began"
  kill -9 "$executor"
  wait "$job" || { cat "$work/$1.err" >&2; fail "$1 did not outlive its executor"; }
  killed=$((killed + 1))
  [ "$(cat "$work"/worker?.log | grep -c "Executor .*/0 finished .* exitStatus 137")" = "$killed" ] || fail "$1: the executor ended otherwise"
}

submit decode --model "$model" --in "$work/many.csv" --partitions 16 --keep "" --out "$work/many.parquet" --json \
  > "$work/many.json" 2> "$work/many.err" &
job=$!
disturbed many "find '$work' -path '*_temporary*' -name 'part-*' 2> /dev/null | grep -q ."
"$python" - "$work/many.json" "$kill_rows" << 'END'
import json
import sys

done = json.load(open(sys.argv[1]))
rows = int(sys.argv[2])
assert done["rowsIn"] == done["rowsOut"] == rows, done
print(f"decode with an executor killed: {rows} rows in, {rows} rows out, {rows / done['seconds']:.0f} rows a second")
END
# One process trains as the plain command does; two, one of whose executors is killed after the first checkpoint, as two undisturbed.
newest() { ls -d "$1"/checkpoints/step-* | sort | tail -1; }
trained() { # NAME OPTION…
  local name=$1
  shift
  submit train --data "$work/sample.csv" --scaling unit --latent 2 --hidden 50 --batch 100 --towers 1 --seed 1 --out "$work/$name" --json "$@" \
    > "$work/$name.json" 2> "$work/$name.err"
}
sums() { cut -c1-12 "$(newest "$1")/SHA256SUMS" | head -1; }
alike() { cmp -s "$(newest "$1")/SHA256SUMS" "$(newest "$2")/SHA256SUMS" || fail "$2: other weights than $1"; }
if [[ " $jobs " == *" train "* ]]; then
  java -jar "$jar" train --data "$work/sample.csv" --scaling unit --latent 2 --hidden 50 --batch 100 --towers 1 --seed 1 --epochs 3 \
    --out "$work/plain" --no-events --quiet > /dev/null
  trained one --epochs 3 || { cat "$work/one.err" >&2; fail "training failed"; }
  alike "$work/plain" "$work/one"
  echo "train in one process: weights equal to the plain command's ($(sums "$work/one"))"
  epochs=${EPOCHS:-40}
  trained two --epochs "$epochs" --processes 2 || { cat "$work/two.err" >&2; fail "training failed"; }
  trained disturbed --epochs "$epochs" --processes 2 &
  job=$!
  disturbed disturbed "[ -n \"\$(ls '$work/disturbed/checkpoints' 2> /dev/null)\" ]"
  alike "$work/two" "$work/disturbed"
  "$python" - "$work/two.json" "$epochs" "$rows" "$(sums "$work/disturbed")" << 'END'
import json
import sys

done = json.load(open(sys.argv[1]))
epochs, rows = int(sys.argv[2]), int(sys.argv[3])
assert done["epochs"] == epochs, done
print(
    f"train in two processes, one executor killed: {epochs} epochs, weights equal to those of an undisturbed run ({sys.argv[4]});"
    f" {epochs * rows * 0.9 / done['seconds']:.0f} rows a second undisturbed"
)
END
fi
echo "all jobs ended right"
