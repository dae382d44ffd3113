#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# crosscheck.sh: how long the cross-check of a log takes: ATTEMPTS (a million) against
# ENTRIES (200,000), and ten times as many of both. Prints medians of RUNS rounds, their
# ratio and the memory. Figures do not fail it; a wrong count of pairs does. TMPDIR is
# where; the larger database takes about 3 GB.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
RUNS=${RUNS:-5} ATTEMPTS=${ATTEMPTS:-1000000} ENTRIES=${ENTRIES:-200000}
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
failed=0

# shellcheck source=tests/bench/runs.sh
. "$here/runs.sh"

# one NAME FACTOR ROUNDS
one() {
	"$B/bench/crosscheck" --make "$T/$1.db" $((ATTEMPTS * $2)) $((ENTRIES * $2)) || exit 1
	cat "$T/$1.db" >/dev/null
	round=0
	while [ $round -lt "$3" ]; do
		round=$((round + 1))
		"$B/bench/crosscheck" "$T/$1.db" >>"$T/$1.times" || exit 1
	done
	pairs=$(tail -1 "$T/$1.times" | cut -d ' ' -f 2)
	[ "$pairs" -eq $((ENTRIES * $2)) ] || { echo "$1: $pairs pairs: WRONG"; failed=$((failed + 1)); }
	memory=--memory
	take "$1.memory" "$B/bench/crosscheck" "$T/$1.db"
	memory=
	printf 'crosscheck: %9d attempts, %8d entries: %.2f s (least %.2f), %.0f MiB\n' $((ATTEMPTS * $2)) $((ENTRIES * $2)) \
		"$(column "$T/$1.times" 1 | median)" "$(column "$T/$1.times" 1 | least)" \
		"$(column "$T/$1.memory.runs" 4 | awk '{print $1 / 1024}')"
	rm -f "$T/$1.db"*
}

one once 1 "$RUNS"
one tenfold 10 3
awk -v a="$(column "$T/once.times" 1 | median)" -v b="$(column "$T/tenfold.times" 1 | median)" \
	'BEGIN {printf "crosscheck: ten times as many take %.1f times as long (at most 11.5)\n", b / a}'
[ "$failed" -eq 0 ] || { echo "bench: $failed wrong"; exit 1; }
