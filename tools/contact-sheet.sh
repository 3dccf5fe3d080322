#!/usr/bin/env bash
# Draws docs/images/contact-sheet.jpg from what a real composer makes of real coded sources; takes
# two minutes, needs ffmpeg. Arguments go to Maven (-o for offline).
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."
command -v ffmpeg >/dev/null || apt-get install -y -q --no-install-recommends ffmpeg
mvn -B -pl composer test -Dtest=ContactSheet -Dsurefire.failIfNoSpecifiedTests=false "$@" | grep -E '^resident|ERROR|Tests run' || true
ls -l docs/images/contact-sheet.jpg
