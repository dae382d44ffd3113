#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fuzz.sh FOLDER SECONDS TARGET…: runs each fuzz target under libFuzzer for that long, from its
# kept corpus and from what earlier runs found; fails where one crashes, hangs or takes too much
# memory, and says where the input lies. JOBS of them at once.
set -u
folder=$1 seconds=$2
shift 2

# one NAME: its figures on a line, or what it ended with
one() {
	out=$folder/out/$1
	mkdir -p "$out" "$folder/corpus/$1" "tests/fuzz/corpus/$1"
	if "$folder/${1}_fuzz" -max_total_time="$seconds" -timeout=30 -rss_limit_mb=2048 -print_final_stats=1 \
		-artifact_prefix="$out/" "$folder/corpus/$1" "tests/fuzz/corpus/$1" >"$out/log" 2>&1; then
		echo "$1: $(awk '/^stat::number_of_executed_units/ {print $2}' "$out/log") runs in $seconds s"
		return
	fi
	echo "$1: FAILED ($out/log)"
	grep -E 'ERROR|SUMMARY|Test unit|runtime error' "$out/log"
	return 1
}
if [ -n "${FUZZ_ONE:-}" ]; then
	one "$1"
	exit
fi
printf '%s\n' "$@" | FUZZ_ONE=1 xargs -P "${JOBS:-1}" -n 1 sh "$0" "$folder" "$seconds"
