#!/usr/bin/env bash
# MIG of β-VAE and β-TC-VAE over reconstruction on the data set `shapes`, five seeds each:
# Chen et al., arXiv 1802.04942, whose figure 3 has it on dSprites.
#
#   tools/reproduce/disentanglement.sh [OUT]
#
#   OUT      folder of the runs (runs/reproduce/disentanglement); what is there already is not done again
#   EPOCHS, SEEDS, BETAS in the environment: other than 30, "1 2 3 4 5" and "2 4"
#
# 50,000 images of 32×32 pixels, 1024-256-256-10 and back with ReLU, Adam, batches of 256, the learning rate falling from 0.001
# to 0 by a cosine, the last epoch. Then OUT/disentanglement.json (every run's numbers) and, with Python and matplotlib,
# OUT/disentanglement.png. Needs a JDK (17 or later) and target/vae-tf.jar, built as the README says.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-runs/reproduce/disentanglement}
jar=${VAETF_JAR:-$here/../../target/vae-tf.jar}
[ -f "$jar" ] || { echo "no $jar; build it: mvn -q -DskipTests package" >&2; exit 1; }

for seed in ${SEEDS:-1 2 3 4 5}; do
  for beta in ${BETAS:-2 4}; do
    for preset in beta-vae beta-tc-vae; do
      run=$out/$preset-$beta-$seed
      [ -f "$run/evaluation.json" ] && continue
      if [ -f "$run/config.json" ]; then
        java -jar "$jar" train --resume "$run"
      else
        java -jar "$jar" train --data shapes:count=50000,size=32 --preset "$preset" --beta "$beta" --network dense \
          --hidden 256,256 --activation relu --latent 10 --batch 256 --learning-rate 0.001 --schedule cosine --metric last \
          --report-every 100 --epochs "${EPOCHS:-30}" --seed "$seed" --out "$run"
      fi
      java -jar "$jar" evaluate --model "$run" --samples 1 --metrics disentanglement --json --quiet > "$run/evaluation.part"
      mv "$run/evaluation.part" "$run/evaluation.json"
    done
  done
done
python3 "$here/disentanglement.py" "$out"
