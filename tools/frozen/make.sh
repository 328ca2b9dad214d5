#!/bin/bash
# Makes what src/test/resources/frozen keeps for later versions to read: three models that this
# version trained and exported, one made in Python, what Python's TensorFlow computes with each,
# and a run with its checkpoint. What is there stays: it is made once for each version of the
# contract and each format of checkpoints (their numbers: the first two lines), and never anew.
#
#     mvn -q -DskipTests package && VAETF_PYTHON=python tools/frozen/make.sh
set -euo pipefail
models=src/test/resources/frozen/contract-1
run=src/test/resources/frozen/checkpoint-2

cd "$(dirname "$0")/../.."
python=${VAETF_PYTHON:?names the Python with tools/requirements.txt}
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

train() { # NAME OPTIONS
  local name=$1
  shift
  java -jar target/vae-tf.jar train --out "$work/$name" --data shapes:count=60,size=8 \
    --batch 20 --latent 2 --learning-rate 0.03 --seed 7 --keep-checkpoints 1 --quiet "$@"
}

cases() { # NAME
  "$python" tools/interop/make_cases.py "$models/$1" "$models/$1.json" 2
}

if [ ! -e "$models" ]; then
  mkdir -p "$models"
  train dense --epochs 20 --preset vae --hidden 8
  train autoencoder --epochs 20 --preset ae --hidden 8,4
  train convolutional --epochs 20 --preset beta-vae --network convolutional --convolutions 2,3 \
    --hidden 8 --likelihood gaussian --variance learned
  for name in dense autoencoder convolutional; do
    cp -r "$work/$name/saved_model" "$models/$name"
    cases $name
  done
  "$python" tools/interop/make_model.py "$models/python" "$work/python.json"
  cases python
fi

if [ ! -e "$run" ]; then
  train run --epochs 2 --preset vae --hidden 8 --schedule plateau --binarize stochastic
  mkdir -p "$run"
  cp -r "$work/run/config.json" "$work/run/metrics.csv" "$work/run/checkpoints" "$run"
fi
du -sh "$models" "$run"
