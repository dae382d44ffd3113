#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh PROGRAM…: runs each test program, as many at once as there are processors (JOBS),
# shows what it printed where it fails, and ends with one line "N passed, N failed".
set -u
if [ "${1:-}" = --one ]; then
	# --one FOLDER PROGRAM: leaves what it printed, and how many passed
	log=$(mktemp "$2/log.XXXXXX")
	if "$3" >"$log" 2>&1; then
		# cmocka counts its own tests; anything else counts as one
		count=$(grep -c '^\[       OK \]' "$log")
		echo "$((count > 0 ? count : 1)) 0" >"$log.count"
	else
		echo "$(grep -c '^\[       OK \]' "$log") 1" >"$log.count"
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
cat "$T"/*.failed 2>/dev/null
passed=0 failed=0
for count in "$T"/*.count; do
	read -r p f <"$count" || continue
	passed=$((passed + p)) failed=$((failed + f))
done
# one that did not even come to be counted
told=$(find "$T" -name '*.count' | wc -l)
failed=$((failed + $# - told))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
