#!/usr/bin/env bash
# Draws the curves of docs/BENCHMARKS.md from the page's own tables; tools/bench/run.sh measures them. Needs Python with matplotlib
# as tools/bench/requirements.txt has it: python3, or $VAETF_PYTHON. Seconds.
set -euo pipefail
cd "$(dirname "$0")/../.."

"${VAETF_PYTHON:-python3}" tools/docs/growth.py docs/BENCHMARKS.md docs/images
