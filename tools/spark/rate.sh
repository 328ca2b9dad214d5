#!/usr/bin/env bash
# How many latent rows a second are decoded by a cluster of this machine (two executors of one core) and by the plain command (two
# threads): as many rows through the same model, a table of eight columns fitted here; from Parquet to Parquet, and from NPY to NPY.
#
#   mvn -q -DskipTests package && tools/spark/rate.sh [ROWS [JAR]]      (ROWS: 10000000)
#
#   VAETF_PYTHON    a Python with pyspark (python3)
#
# Then trainings on digits that are drawn here: in one process of one thread, plain and on the cluster, and in two that average
# gradients, or weights every eight steps. Prints rows a second, of the decoding from the program's start to its end, of the trainings
# within their epochs after the fifth, and the ratios. Takes 2 GB of disk for ten million rows.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
rows=${1:-10000000}
jar=$(realpath "${2:-$here/../../target/vae-tf.jar}")
python=${VAETF_PYTHON:-python3}
. "$here/cluster.sh"

"$python" - "$work" "$rows" << 'END'
import sys

import numpy as np

work, rows = sys.argv[1], int(sys.argv[2])
rng = np.random.default_rng(1)
mix = rng.normal(size=(3, 8)).astype("float32")
table = np.tanh(rng.normal(size=(200_000, 3)).astype("float32") @ mix)
np.savetxt(f"{work}/table.csv", table, delimiter=",", fmt="%.6g")
np.save(f"{work}/points.npy", rng.normal(size=(rows, 3)).astype("float32"))
END
"$python" - "$work" "$rows" > "$work/points.log" 2>&1 << 'END' || { cat "$work/points.log" >&2; fail "no points"; }
import sys

from pyspark.sql import SparkSession, functions

work, rows = sys.argv[1], int(sys.argv[2])
spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
numbers = [functions.randn(seed).cast("float") for seed in (1, 2, 3)]
points = spark.range(0, rows, 1, 16).select(functions.array(*numbers).alias("mean"))
points.write.parquet(f"{work}/points.parquet")
END

model="--latent 3 --hidden 64 --likelihood gaussian --seed 1 --batch 1000 --epochs 3"
java -jar "$jar" train --data "$work/table.csv" $model --out "$work/model" --no-events --quiet > /dev/null

timed() { # NAME ROWS COMMAND…
  local name=$1 count=$2 begun
  shift 2
  begun=$(date +%s.%N)
  "$@" > "$work/$name.out" 2> "$work/$name.err" || { cat "$work/$name.err" >&2; fail "$name failed"; }
  "$python" -c "print(f'{$count / ($(date +%s.%N) - $begun):.0f}')" > "$work/$name.rate"
  echo "$name: $(cat "$work/$name.rate") rows a second"
}
ratio() { "$python" -c "print(f'$3: {$(cat "$work/$1.rate") / $(cat "$work/$2.rate"):.2f} times')"; }

timed decode-plain "$rows" java -jar "$jar" decode --model "$work/model" --in "$work/points.npy" --out "$work/decoded.npy" --quiet
timed decode-cluster "$rows" submit decode --model "$work/model" --in "$work/points.parquet" --keep "" --out "$work/decoded.parquet" --json
grep -q "\"rowsOut\" : $rows" "$work/decode-cluster.out" || fail "not all rows came out: $(cat "$work/decode-cluster.out")"
ratio decode-cluster decode-plain "the cluster beside the plain command"

# Digits of 784 numbers, drawn from a model that is there; a network of 784-400-20.
digits=20000
java -jar "$jar" sample --model "$here/../../saved_models/mnist-2d" --count "$digits" --seed 1 --out "$work/digits.csv" --quiet > /dev/null
training="--data $work/digits.csv --scaling unit --latent 20 --seed 1 --batch 1000 --epochs 20"
learned=$((digits * 9 / 10 * 15))
trained() { # NAME COMMAND…
  local name=$1
  shift
  "$@" $training --out "$work/$name" > "$work/$name.out" 2> "$work/$name.err" || { cat "$work/$name.err" >&2; fail "$name failed"; }
  "$python" - "$work/$name/metrics.csv" "$learned" "$work/$name.rate" "$name" << 'END'
import csv
import sys

rows = list(csv.DictReader(open(sys.argv[1])))[5:]  # The first epochs prepare the graph, and Java its code.
rate = int(sys.argv[2]) / sum(float(row["seconds"]) for row in rows)
open(sys.argv[3], "w").write(f"{rate:.0f}")
print(f"train, {sys.argv[4]}: {rate:.0f} rows a second within epochs, test loss {float(rows[-1]['test_loss_nats']):.2f} nats")
END
}
trained plain java -jar "$jar" train --no-events --quiet --threads 1
trained one submit train --processes 1
trained two submit train --processes 2
trained two-averaging submit train --processes 2 --average-every 8
ratio two one "two processes that average gradients, beside one"
ratio two-averaging one "two processes that average weights every 8 steps, beside one"
