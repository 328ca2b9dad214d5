#!/usr/bin/env bash
# The long forms of the tests that break things, one after the other; prints a figure a line. Needs a JDK (17 or later) and
# Maven; VAETF_PYTHON is not needed. Under an hour on two cores as it stands.
#
#   tools/soak/run.sh [--only kills,cuts,files,json,models,checkpoints,load,memory] [--seed N] [--kills N] [--fuzz N]
#                     [--models N] [--load-seconds N] [--soak N]
#
#   --kills         how often each of the ten runs is killed (20)
#   --fuzz          broken files of each format (1000000)
#   --models        broken SavedModels, and broken checkpoints (100000)
#   --load-seconds  64 threads on one loader (900; 3600 for the full hour)
#   --soak          times as many steps, calls and lives of a model as mvn verify has (3)
#   --seed          of kills and of broken files; another each time where not given
set -euo pipefail
cd "$(dirname "$0")/../.."

only=kills,cuts,files,json,models,checkpoints,load,memory
seed=$RANDOM
kills=20
fuzz=1000000
models=100000
load=900
soak=3
while [ $# -gt 0 ]; do
  case "$1" in
    --only) only=$2 ;;
    --seed) seed=$2 ;;
    --kills) kills=$2 ;;
    --fuzz) fuzz=$2 ;;
    --models) models=$2 ;;
    --load-seconds) load=$2 ;;
    --soak) soak=$2 ;;
    *) sed -n '2,/^set/p' "$0" | grep '^#' >&2; exit 2 ;;
  esac
  shift 2
done

logs=target/soak
mkdir -p "$logs"
failed=0

# part NAME MAVEN-ARGUMENTS...: its figures, and whether it passed.
part() {
  local name=$1 begun=$SECONDS
  shift
  case ",$only," in *",$name,"*) ;; *) return 0 ;; esac
  if mvn --batch-mode --no-transfer-progress -Djacoco.skip=true -Dvaetf.fuzz.seed="$seed" -Dvaetf.kill.seed="$seed" \
    "$@" >"$logs/$name.log" 2>&1; then
    grep -a '^figure: ' "$logs/$name.log" | sed 's/^figure: //'
    echo "$name: passed in $((SECONDS - begun)) s"
  else
    echo "$name: FAILED after $((SECONDS - begun)) s; see $logs/$name.log"
    failed=1
  fi
}

echo "seed $seed"
part kills -DskipTests=false -Dsurefire.skip=true verify
part cuts test -Dtest=CutOffRunTest -Dvaetf.cut.schedules=6
part files test -Dtest=HostileFilesTest -Dvaetf.fuzz="$fuzz"
part json test -Dtest=HostileJsonTest -Dvaetf.fuzz="$fuzz"
part load test -Dtest=LoaderUnderLoadTest -Dvaetf.load.seconds="$load"
part memory test -Dtest=MemoryTest -Dvaetf.soak="$soak"
exit $failed
