# Shared by the scripts beside it: a standalone master and two workers of one core each, on loopback, from PyPI's pyspark, as long as
# the script runs. It is given the jar in $jar and a Python with pyspark in $python, and gives a folder to work in, $work, and submit.
# Stops what it has started, and nothing else.
[ -f "$jar" ] || { echo "no $jar; build it: mvn -q -DskipTests package" >&2; exit 1; }
SPARK_HOME=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))') || {
  echo "$python has no pyspark; install tools/requirements.txt, or name another in VAETF_PYTHON" >&2
  exit 1
}
export SPARK_HOME PYSPARK_PYTHON=$python SPARK_LOCAL_IP=127.0.0.1
work=$(mktemp -d)
started=()
stop() {
  for pid in "${started[@]}"; do kill "$pid" 2> /dev/null || true; done
  wait 2> /dev/null || true
  rm -rf "$work"
}
trap stop EXIT
fail() { echo "$(basename "$0"): $*" >&2; exit 1; }

# The line of a log that holds a text, when it comes.
await() { # LOG TEXT
  for _ in $(seq 300); do
    grep -m 1 -- "$2" "$1" 2> /dev/null && return
    sleep 0.2
  done
  cat "$1" >&2
  fail "no '$2' within a minute"
}

"$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 0 --webui-port 0 \
  > "$work/master.log" 2>&1 &
started+=($!)
master=$(await "$work/master.log" "Starting Spark master at" | grep -o 'spark://[0-9.:]*')
for worker in 1 2; do
  "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --webui-port 0 --cores 1 --memory 1g \
    --work-dir "$work/worker$worker" "$master" > "$work/worker$worker.log" 2>&1 &
  started+=($!)
  await "$work/worker$worker.log" "Successfully registered with master" > /dev/null
done
echo "cluster $master, two workers of one core"

submit() {
  "$SPARK_HOME/bin/spark-submit" --master "$master" --conf spark.ui.enabled=false --conf spark.cores.max=2 \
    --conf spark.executor.memory=1g --class org.vaetf.cli.SparkMain "$jar" "$@"
}

