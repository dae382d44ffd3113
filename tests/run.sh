#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh PROGRAM…: runs each test program, as many at once as there are processors (JOBS),
# shows what it printed where it fails and which tests were skipped, and ends with one line
# "N passed, N failed, N skipped".
set -u
if [ "${1:-}" = --one ]; then
	# --one FOLDER PROGRAM: leaves what it printed, and how many passed
	log=$(mktemp "$2/log.XXXXXX")
	"$3" >"$log" 2>&1
	status=$?
	# cmocka counts its own tests, and names those that were skipped twice; anything else
	# counts as one
	count=$(grep -c '^\[       OK \]' "$log")
	skipped=$(sed -n 's/^\[  SKIPPED \] \([a-z_0-9]*\)$/\1/p' "$log" | sort -u)
	number=$(printf %s "$skipped" | grep -c '')
	[ -z "$skipped" ] || printf '%s\n' "$skipped" | sed "s/^/skipped: ${3##*/} /" >"$log.skipped"
	if [ "$status" -eq 0 ]; then
		[ "$((count + number))" -gt 0 ] || count=1
		echo "$count 0 $number" >"$log.count"
	else
		echo "$count 1 $number" >"$log.count"
		{
			echo "FAILED: ${3##*/}"
			sed 's/^/    /' "$log" | tail -40
		} >"$log.failed"
	fi
	exit 0
fi
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
printf '%s\n' "$@" | xargs -P "${JOBS:-$(nproc)}" -n 1 sh "$0" --one "$T"
cat "$T"/*.skipped "$T"/*.failed 2>/dev/null
passed=0 failed=0 skipped=0
for count in "$T"/*.count; do
	read -r p f s <"$count" || continue
	passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
# one that did not even come to be counted
told=$(find "$T" -name '*.count' | wc -l)
failed=$((failed + $# - told))
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
