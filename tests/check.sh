#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check.sh PROGRAM…: unit tests and replays (the programs), lint, laboratory, and what
# Wine can run. Each part ends with a line that counts; the last line is their sum.
# SAN=1 leaves lint and Wine out, which look at the same sources either way,
# and the faults, some of which end a process in the middle of things.
set -u
here=$(dirname "$0")
log=$(mktemp) bad=$(mktemp) passed=0 failed=0 skipped=0

# keep_failures PART: what failed in it, in few and short lines, to be said once more at
# the end: whoever sees only the tail of a long output is to learn from it.
keep_failures() {
	{
		echo "FAILED in $1:"
		grep -A2 -e '^ *NOT OK' -e '^FAILED' -e '\[  FAILED  \]' -e ' ERROR ' "$log" ||
			grep -v 'warning:' "$log"
	} | grep -v '^--$' | cut -c1-160 | head -12 >>"$bad"
}

# part NAME COMMAND…
part() {
	name=$1
	echo "== $name"
	shift
	"$@" >"$log" 2>&1
	status=$?
	last=$(tail -1 "$log")
	sed '$d' "$log"
	p=$(expr "$last" : '\([0-9]*\) passed') || p=
	f=$(expr "$last" : '.* \([0-9]*\) failed') || f=
	s=$(expr "$last" : '.* \([0-9]*\) skipped') || s=
	# one that does not count is one test: its exit status
	[ -n "$p$f" ] || [ "$status" -ne 0 ] || p=1
	[ "$status" -eq 0 ] || [ "${f:-0}" -gt 0 ] || f=1
	[ "${f:-0}" -eq 0 ] || keep_failures "$name"
	echo "   $last"
	passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
}

part "unit tests and replays" sh "$here/run.sh" "$@"
[ -n "${SAN:-}" ] || part lint sh "$here/lint.sh"
[ -n "${SAN:-}" ] || part "fault points" sh "$here/faults/faults.sh"
[ -n "${SAN:-}" ] || part "fault points of the collector" sh "$here/faults/collect.sh"
part laboratory sh "$here/lab/lab.sh"
[ -n "${SAN:-}" ] || part "Windows under Wine" "${MAKE:-make}" -s --no-print-directory check-windows
cat "$bad"
rm -f "$log" "$bad"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
