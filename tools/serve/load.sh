#!/usr/bin/env bash
# Load on `serve` with wrk (Debian's package of that name), requests computed alone and together, side by side:
#   tools/serve/load.sh [SECONDS [CONNECTIONS]]
# Needs target/vae-tf.jar. Prints a row of a Markdown table for each signature and setting.
set -euo pipefail
cd "$(dirname "$0")/../.."

seconds="${1:-10}"
connections="${2:-64}"
port="${VAETF_PORT:-8591}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

cat > "$work/decode.lua" <<'LUA'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"signature_name": "decode", "instances": [[0.5, -1.25]]}'
LUA
# A picture of 784 grey levels, two digits each.
{
  echo 'wrk.method = "POST"'
  echo 'wrk.headers["Content-Type"] = "application/json"'
  echo 'local row = "[" .. string.rep("[0.25],", 27) .. "[0.5]]"'
  echo 'wrk.body = "{\"signature_name\": \"encode\", \"instances\": [[" .. string.rep(row .. ",", 27) .. row .. "]]}"'
} > "$work/encode.lua"

wait_until_ready() {
  for _ in $(seq 300); do
    if curl --silent --fail --output /dev/null "http://127.0.0.1:$port/readyz"; then
      return
    fi
    sleep 0.1
  done
  echo "the server does not come up" >&2
  exit 1
}

metric() {
  curl --silent "http://127.0.0.1:$port/metrics" | awk -v name="$1" 'index($0, name " ") == 1 { print $2 }'
}

measure() { # signature, name of the setting, options
  local signature="$1" setting="$2"
  shift 2
  java -jar target/vae-tf.jar serve --model saved_models/mnist-2d --port "$port" --quiet "$@" > "$work/address" &
  local server=$!
  wait_until_ready
  local url="http://127.0.0.1:$port/v1/models/mnist-2d:predict"
  # Java compiles what is used often: the first seconds are not measured.
  wrk -t1 -c"$connections" -d3s -s "$work/$signature.lua" "$url" > /dev/null
  local rows_before runs_before
  rows_before="$(metric "vaetf_batch_rows_sum{signature=\"$signature\"}")"
  runs_before="$(metric "vaetf_batch_rows_count{signature=\"$signature\"}")"
  wrk -t1 -c"$connections" -d"${seconds}s" --latency -s "$work/$signature.lua" "$url" > "$work/wrk.txt"
  local rows_after runs_after
  rows_after="$(metric "vaetf_batch_rows_sum{signature=\"$signature\"}")"
  runs_after="$(metric "vaetf_batch_rows_count{signature=\"$signature\"}")"
  kill -TERM "$server"
  wait "$server" || [ $? -eq 130 ]
  if grep -q 'Non-2xx' "$work/wrk.txt"; then
    cat "$work/wrk.txt" >&2
    exit 1
  fi
  awk -v signature="$signature" -v setting="$setting" -v rows="$(awk "BEGIN { print $rows_after - $rows_before }")" \
    -v runs="$(awk "BEGIN { print $runs_after - $runs_before }")" '
    $1 == "Requests/sec:" { rate = $2 }
    $1 == "50%" { half = $2 }
    $1 == "99%" { most = $2 }
    END { printf "| `%s` | %s | %.0f | %s | %s | %.1f |\n", signature, setting, rate, half, most, rows / runs }
  ' "$work/wrk.txt"
}

echo "| signature | setting | requests a second | median | 99 % | rows a run |"
echo "|---|---|---:|---:|---:|---:|"
for signature in decode encode; do
  measure "$signature" '`--max-batch 1`' --max-batch 1
  measure "$signature" 'as it comes' 
  measure "$signature" '`--batch-delay 2`' --batch-delay 2
done
