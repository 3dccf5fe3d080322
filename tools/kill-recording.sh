#!/usr/bin/env bash
# Kills a recording process N times (100 by default) with SIGKILL at random moments, and checks that
# the next start has all that had been told to be on the disk. Prints a line KILLS with what was
# lost. A seed can be given: tools/kill-recording.sh 20 -Damphi.seed=7
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
kills=${1:-100}
shift || true
mvn -B -q -pl packager test -Dtest=KillIT -Damphi.kills="$kills" -Dsurefire.failIfNoSpecifiedTests=false "$@"
