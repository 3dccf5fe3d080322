#!/usr/bin/env bash
# Draws the golden pictures of composer/src/test/resources/golden anew. Look at each that changed
# (git diff --stat; the files) before you commit it.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
rm -f composer/src/test/resources/golden/*.png
mvn -q -B -pl composer test -Dtest=GoldenTest -Damphi.golden.write=true -Dsurefire.failIfNoSpecifiedTests=false "$@"
git status --short composer/src/test/resources/golden
