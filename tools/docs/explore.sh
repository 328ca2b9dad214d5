#!/usr/bin/env bash
# Takes the picture of the explore page, which a test leaves: needs Maven, Chromium and its driver (Debian: chromium,
# chromium-driver). A minute or two.
set -euo pipefail
cd "$(dirname "$0")/../.."

[ -x /usr/bin/chromedriver ] || { echo "no /usr/bin/chromedriver; install chromium and chromium-driver" >&2; exit 1; }
mvn -q ${MAVEN_OPTIONS:-} -Djacoco.skip=true -Dsurefire.failIfNoSpecifiedTests=false \
  -Dtest='ExploreIT#leavesAPictureOfItselfWhereToldTo' -Dvaetf.screenshot=docs/images/explore.png test
