#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run.sh PROGRAM…: runs each test program, keeps what it prints, shows it where it
# fails, and ends with one line "N passed, N failed".
set -u
passed=0 failed=0
log=$(mktemp)
for program in "$@"; do
	if "$program" >"$log" 2>&1; then
		# cmocka counts its own tests; anything else counts as one
		count=$(grep -c '^\[       OK \]' "$log")
		passed=$((passed + (count > 0 ? count : 1)))
	else
		echo "FAILED: ${program##*/}"
		sed 's/^/    /' "$log" | tail -40
		good=$(grep -c '^\[       OK \]' "$log")
		passed=$((passed + good))
		failed=$((failed + 1))
	fi
done
rm -f "$log"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
