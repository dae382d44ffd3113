#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# afl.sh FOLDER SECONDS TARGET…: runs each fuzz target under AFL++ for that long, from
# its kept corpus; fails where one crashes or hangs, and says where the input lies.
set -u
folder=$1 seconds=$2
shift 2
command -v afl-fuzz >/dev/null || { echo "fuzz-afl: AFL++ is not installed (package afl++)"; exit 69; }
export AFL_SKIP_CPUFREQ=1 AFL_NO_UI=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_AFFINITY=1
export ASAN_OPTIONS=abort_on_error=1:symbolize=0 UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1
failed=0
for n in "$@"; do
	out="$folder/out/$n"
	rm -rf "$out" && mkdir -p "$out"
	if ! afl-fuzz -V "$seconds" -m none -t 5000 -i "tests/fuzz/corpus/$n" -o "$out" -- "$folder/${n}_fuzz" >"$out/log" 2>&1; then
		echo "$n: afl-fuzz failed:"
		tail -5 "$out/log"
		failed=$((failed + 1))
		continue
	fi
	bad=$(find "$out" -path '*/crashes/id*' -o -path '*/hangs/id*' | wc -l)
	runs=$(awk '/^execs_done/ {print $3}' "$out/default/fuzzer_stats")
	echo "$n: $runs runs in $seconds s, $bad crashes and hangs ($out)"
	[ "$bad" -eq 0 ] || failed=$((failed + 1))
done
[ "$failed" -eq 0 ]
