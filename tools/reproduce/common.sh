# Shared by the scripts beside it, each of which reproduces one row of docs/RESULTS.md:
#
#   tools/reproduce/NAME.sh MNIST [OUT [OPTION…]]
#
#   MNIST    folder of the official MNIST files (…-idx3-ubyte[.gz], …-idx1-ubyte[.gz])
#   OUT      the run folder (runs/reproduce/NAME); one that is there already goes on where it was cut
#   OPTION   other options of train than the row's own
#   EPOCHS, SEED, SAMPLES, KL_WARM_UP, BATCH, RATE, SCHEDULE, KERNELS in the environment: other than the row's own epochs,
#            seed 1, 5,000 draws, 20 epochs, 20 rows, learning rate 0.001, a cosine (SCHEDULE='linear --schedule-hold 0.8'),
#            and first kernels by fan-in
#
# Every row: dynamic binarization, 784-200-200-50 and back with tanh, Adam with ε = 0.0001 and batches of 20 (as Burda et al.
# have it), the learning rate falling to 0 by a cosine, the divergence's weight rising from 0 to 1 in the first epochs
# (which keeps latent units in use), the last epoch: the test digits choose nothing. Then log p(x) of all 10,000 test digits.
# Prints the evaluation and leaves it in OUT/evaluation.json. Needs a JDK (17 or later) and target/vae-tf.jar, built as the
# README says. One thread is enough; so small a batch has no work for two.

# reproduce NAME EPOCHS OPTION…, with the script's own arguments in "${given[@]}"
reproduce() {
  local name=$1 epochs=${EPOCHS:-$2}
  shift 2
  [ "${#given[@]}" -ge 1 ] || { sed -n '/^#   tools/,/^# Every/p' "$here/common.sh" | grep '^#  ' >&2; exit 2; }
  local mnist=${given[0]} out=${given[1]:-runs/reproduce/$name}
  local jar=${VAETF_JAR:-$here/../../target/vae-tf.jar}
  [ -f "$jar" ] || { echo "no $jar; build it: mvn -q -DskipTests package" >&2; exit 1; }
  local schedule
  read -r -a schedule <<< "${SCHEDULE:-cosine}"
  local begun=$SECONDS
  if [ -f "$out/config.json" ]; then
    rm -f "$out/evaluation.json"   # of fewer epochs
    java -jar "$jar" train --resume "$out" --epochs "$epochs"
  else
    java -jar "$jar" train --data "$mnist" --binarize stochastic --network dense --hidden 200,200 --activation tanh \
      --latent 50 --kl-warm-up "${KL_WARM_UP:-20}" --batch "${BATCH:-20}" --towers 1 --optimizer adam:epsilon=1e-4 \
      --learning-rate "${RATE:-0.001}" --first-kernels "${KERNELS:-fan-in}" --schedule "${schedule[@]}" --metric last \
      --report-every 100 --checkpoint-every 5minutes --epochs "$epochs" --seed "${SEED:-1}" --out "$out" "$@" "${given[@]:2}"
  fi
  echo "trained in $((SECONDS - begun)) s" >&2
  begun=$SECONDS
  java -jar "$jar" evaluate --model "$out" --data "$mnist" --importance-samples "${SAMPLES:-5000}" --json \
    | tee "$out/evaluation.part"
  mv "$out/evaluation.part" "$out/evaluation.json"
  echo "evaluated in $((SECONDS - begun)) s" >&2
}
