# Shared by the scripts beside it. Each works on models that it trains in a temporary folder, or in $DOCS_RUNS, where runs that
# are there already are taken as they are. $VAETF_JAR is another jar than target/vae-tf.jar.

cd "$(dirname "${BASH_SOURCE[0]}")/../.."
jar="${VAETF_JAR:-target/vae-tf.jar}"
[ -f "$jar" ] || { echo "no $jar; build it: mvn -q -DskipTests package" >&2; exit 1; }
runs="${DOCS_RUNS:-}"
if [ -z "$runs" ]; then
  runs="$(mktemp -d)"
  trap 'rm -rf "$runs"' EXIT
fi
images=docs/images

vaetf() { java -jar "$jar" "$@" --quiet; }

# trained NAME OPTION…: the run $runs/NAME, of seed 1
trained() {
  local name=$1
  shift
  [ -f "$runs/$name/config.json" ] || vaetf train "$@" --seed 1 --no-events --out "$runs/$name" | head -1 >&2
}
