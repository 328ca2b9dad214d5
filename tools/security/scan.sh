#!/usr/bin/env bash
# Looks for known weaknesses in what the jar and the Python tools are made of. Needs the network: databases of weaknesses
# are none of what Maven downloads, so this is no part of the build. Needs target/vae-tf.jar, and on the PATH one of
# osv-scanner, grype or trivy (for the jar's list of dependencies) and pip-audit (for tools/requirements.txt).
# Fails if one of them finds something, or if there is none.
set -euo pipefail
cd "$(dirname "$0")/../.."

list="$(mktemp -d)/vae-tf.cdx.json"
trap 'rm -rf "$(dirname "$list")"' EXIT
unzip -p target/vae-tf.jar META-INF/sbom/application.cdx.json > "$list"

has() { command -v "$1" > /dev/null; }
if has osv-scanner; then
  osv-scanner scan source --lockfile "$list"
elif has grype; then
  grype "sbom:$list" --fail-on low
elif has trivy; then
  trivy sbom --exit-code 1 "$list"
else
  echo "no scanner: install osv-scanner, grype or trivy" >&2
  exit 1
fi
if ! has pip-audit; then
  echo "no pip-audit: python -m pip install pip-audit" >&2
  exit 1
fi
pip-audit --strict --requirement tools/requirements.txt
