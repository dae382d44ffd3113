#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# crosscheck.sh: how long judging takes that holds ATTEMPTS (a million) against ENTRIES
# of a log (200,000), and ten times as many of both: what was just ingested, the same
# again (as `crosscheck` does of a session that was judged when it ended), and the
# cross-check alone. Prints medians of RUNS rounds, their ratios and the memory. Figures
# do not fail it; a wrong count of pairs does. TMPDIR is where; it takes about 7 GB.
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
	round=0
	while [ $round -lt "$3" ]; do
		round=$((round + 1))
		cp "$T/$1.db" "$T/round.db" || exit 1
		"$B/bench/crosscheck" "$T/round.db" >>"$T/$1.times" || exit 1
	done
	pairs=$(tail -1 "$T/$1.times" | cut -d ' ' -f 4)
	[ "$pairs" -eq $((ENTRIES * $2)) ] || { echo "$1: $pairs pairs: WRONG"; failed=$((failed + 1)); }
	cp "$T/$1.db" "$T/round.db" || exit 1
	memory=--memory
	take "$1.memory" "$B/bench/crosscheck" "$T/round.db"
	memory=
	printf 'crosscheck: %9d attempts, %8d entries: judged in %.2f s (least %.2f), again in %.2f s (least %.2f), the logs alone %.2f s; %.0f MiB\n' \
		$((ATTEMPTS * $2)) $((ENTRIES * $2)) "$(column "$T/$1.times" 1 | median)" "$(column "$T/$1.times" 1 | least)" \
		"$(column "$T/$1.times" 2 | median)" "$(column "$T/$1.times" 2 | least)" "$(column "$T/$1.times" 3 | median)" \
		"$(column "$T/$1.memory.runs" 4 | awk '{print $1 / 1024}')"
	rm -f "$T/$1.db"* "$T/round.db"*
}

one once 1 "$RUNS"
one tenfold 10 3
for k in 1 2 3; do
	awk -v a="$(column "$T/once.times" $k | median)" -v b="$(column "$T/tenfold.times" $k | median)" -v k=$k \
		'BEGIN {split("judged,judged again,the logs alone", w, ","); printf "crosscheck: ten times as many, %s: %.1f times as long (at most 11.5)\n", w[k], b / a}'
done
[ "$failed" -eq 0 ] || { echo "bench: $failed wrong"; exit 1; }
