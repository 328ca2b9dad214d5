#!/usr/bin/env bash
# The long forms of the tests that break things; prints a figure a line. Needs a JDK (17 or later) and Maven.
#
#   tools/soak/run.sh [--only kills,cuts,files,models,load,memory] [--seed N] [--kills N] [--fuzz N] [--models N]
#                     [--tensorflow N] [--load-seconds N] [--soak N]
#
#   --kills         how often each of the ten runs is killed (20)
#   --fuzz          broken files of each format: data, configurations, manifests, progress (1000000)
#   --models        broken checkpoints, and broken SavedModels (300000)
#   --tensorflow    how many of the broken SavedModels of each kind TensorFlow sees (500)
#   --load-seconds  64 threads on one loader (600; 3600 for an hour)
#   --soak          times as many steps, calls and lives of a model as mvn verify has (2)
#   --seed          of kills and of broken files; another each time where not given
set -euo pipefail
cd "$(dirname "$0")/../.."

only=kills,cuts,files,models,load,memory
seed=$((RANDOM % 1000 + 1))
kills=20
fuzz=1000000
models=300000
tensorflow=500
load=600
soak=2
while [ $# -gt 0 ]; do
  case "$1" in
    --only) only=$2 ;;
    --seed) seed=$2 ;;
    --kills) kills=$2 ;;
    --fuzz) fuzz=$2 ;;
    --models) models=$2 ;;
    --tensorflow) tensorflow=$2 ;;
    --load-seconds) load=$2 ;;
    --soak) soak=$2 ;;
    *) sed -n '2,/^set/p' "$0" | grep '^#' >&2; exit 2 ;;
  esac
  shift 2
done

logs=target/soak
mkdir -p "$logs"
failed=0
maven="mvn --batch-mode --no-transfer-progress -Djacoco.skip=true"
# Tests that do not measure the process as a whole run side by side.
beside="-Djunit.jupiter.execution.parallel.enabled=true -Djunit.jupiter.execution.parallel.mode.default=concurrent"

# part NAME COMMAND...: its figures, and whether it passed.
part() {
  local name=$1 begun=$SECONDS
  shift
  case ",$only," in *",$name,"*) ;; *) return 0 ;; esac
  if "$@" >"$logs/$name.log" 2>&1; then
    grep -a '^figure: ' "$logs/$name.log" | sed 's/^figure: //' || true
    echo "$name: passed in $((SECONDS - begun)) s"
  else
    echo "$name: FAILED after $((SECONDS - begun)) s; see $logs/$name.log"
    failed=1
  fi
}

echo "seed $seed"
$maven -q -DskipTests package
part kills $maven failsafe:integration-test failsafe:verify -Dit.test=KilledRunIT \
  -Dvaetf.kills="$kills" -Dvaetf.kill.seed="$seed"
part cuts $maven test -Dtest=CutOffRunTest -Dvaetf.cut.schedules=7
part files $maven test $beside -Dtest=HostileFilesTest,HostileJsonTest \
  -Dvaetf.fuzz="$fuzz" -Dvaetf.fuzz.seed="$seed"
part models $maven test $beside -Dtest=HostileCheckpointsTest,HostileModelsTest \
  -Dvaetf.fuzz="$models" -Dvaetf.fuzz.seed="$seed" -Dvaetf.fuzz.tensorflow="$tensorflow"
part load $maven test -Dtest=LoaderUnderLoadTest -Dvaetf.load.seconds="$load"
part memory $maven test -Dtest=MemoryTest -Dvaetf.soak="$soak"
exit $failed
