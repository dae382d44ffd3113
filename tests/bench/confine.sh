#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# confine.sh: what the sandbox adds to a task's run, COUNT times each way. Figures do not
# fail it; a task that does not work does.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
command -v bwrap >/dev/null || { echo "no bubblewrap here: left out"; exit 0; }
program=$(cd "$B" && pwd)/bench/confine
cd "$T" && "$program" "${COUNT:-1000}"
