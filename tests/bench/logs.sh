#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# logs.sh: how fast a log becomes rows, next to what sqlite3 .import takes for the same
# fields already split. LINES (a million) of ufw, Ollama and JSON lines each; RUNS rounds
# by turns; prints medians, ratios of the pairs and the memory for a tenth of the lines
# and for all. Figures do not fail it; a wrong count of rows does. TMPDIR is where.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
RUNS=${RUNS:-5} LINES=${LINES:-1000000}
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
failed=0

command -v sqlite3 >/dev/null || { echo "bench: sqlite3 is not installed (package sqlite3)"; exit 69; }

# shellcheck source=tests/bench/runs.sh
. "$here/runs.sh"

run_ingest() {
	rm -f "$T/audit.db"*
	take "$1.ingest" "$B/airgap-verify" ingest -q --timezone UTC --db "$T/audit.db" "$T/$2"
}
run_import() {
	rm -f "$T/import.db"*
	take "$1.import" sqlite3 "$T/import.db" 'PRAGMA synchronous = OFF' 'PRAGMA journal_mode = OFF' \
		"CREATE TABLE t (line INTEGER, time_ns INTEGER, process TEXT, pid INTEGER, host TEXT, dst TEXT, dport INTEGER,
		proto TEXT, disposition TEXT, src TEXT, sport INTEGER, dir TEXT, text TEXT)" '.mode ascii' \
		'.separator "\t" "\n"' ".import $T/$1.split t"
}

one_kind() {
	"$B/bench/log_gen" "$1" "$LINES" >"$T/$1.log" && "$B/bench/log_gen" "$1" --split "$LINES" >"$T/$1.split" || exit 1
	cat "$T/$1.log" "$T/$1.split" >/dev/null
	round=0
	while [ $round -lt "$RUNS" ]; do
		round=$((round + 1))
		run_import "$1"
		run_ingest "$1" "$1.log"
	done
	printf '%-8s %9d lines, %4.0f MB: ingest %.2f s, .import %.2f s' "$1" "$LINES" \
		"$(wc -c <"$T/$1.log" | awk '{print $1 / 1000000}')" \
		"$(column "$T/$1.ingest.runs" 1 | median)" "$(column "$T/$1.import.runs" 1 | median)"
	paste -d ' ' "$T/$1.ingest.runs" "$T/$1.import.runs" | awk '{print $1 / $6}' | median |
		awk -v most="$2" '{printf ", ratio %.2f (at most %s)\n", $1, most}'
	got=$(sqlite3 "$T/audit.db" 'SELECT count(*) FROM app_event')
	[ "$got" = "$LINES" ] || { echo "$1: $got rows: WRONG"; failed=$((failed + 1)); }
	memory=--memory
	rm -f "$T/$1.ingest.runs"
	head -n $((LINES / 10)) "$T/$1.log" >"$T/few.log"
	run_ingest "$1" few.log
	run_ingest "$1" "$1.log"
	awk -v name="$1" '{printf "%s%.1f MiB", NR == 1 ? name " memory (Pss of all its processes): a tenth " : ", all ", $4 / 1024}
		END {print ""}' "$T/$1.ingest.runs"
	memory=
	rm -f "$T/$1".*
}

one_kind ufw 1.5
one_kind ollama 2
one_kind json 2
[ "$failed" -eq 0 ] || { echo "bench: $failed wrong"; exit 1; }
