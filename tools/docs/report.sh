#!/usr/bin/env bash
# Makes the picture of docs/report.md from a model as train makes it where nothing is said. Needs Chromium; a minute.
set -euo pipefail
. "$(dirname "$0")/common.sh"

[ -x /usr/bin/chromium ] || { echo "no /usr/bin/chromium; install chromium" >&2; exit 1; }
trained first
# Smaller than life, so that the file stays small.
/usr/bin/chromium --headless=new --no-sandbox --disable-dev-shm-usage --hide-scrollbars --user-data-dir="$runs/browser" \
  --window-size=1040,1010 --force-device-scale-factor=0.7 --screenshot="$PWD/$images/report.png" "file://$runs/first/report.html"
