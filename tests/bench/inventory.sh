#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# inventory.sh: how fast `inventory` searches, next to what cat takes for the same files
# and to strings | grep -E for names with a dot. Two folders of SIZE (256) MB each: one of
# programs and libraries as this machine has them, one of one file of random bytes with a
# URL a kilobyte. RUNS rounds by turns; prints medians, MB a second of processor time (all
# processes) and ratios of the pairs. A speed below LEAST (300) MB a second, or a URL that
# is not found, fails it. TMPDIR is where.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
RUNS=${RUNS:-5} SIZE=${SIZE:-256} LEAST=${LEAST:-300}
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
failed=0

# shellcheck source=tests/bench/runs.sh
. "$here/runs.sh"

# The largest shared libraries, under names of their own, until they are enough.
gather_programs() {
	mkdir "$T/programs"
	have=0
	find -L /usr/lib /usr/bin -xdev -type f -size +512k \( -name '*.so*' -o -perm -u+x \) 2>/dev/null |
		LC_ALL=C sort | while read -r file; do
		[ "$have" -lt "$SIZE" ] || break
		cp "$file" "$T/programs/$have-${file##*/}" 2>/dev/null || continue
		have=$(du -sm "$T/programs" | cut -f1)
	done
}

make_random() {
	mkdir "$T/random"
	openssl enc -aes-128-ctr -nosalt -K 00000000000000000000000000000000 -iv 00000000000000000000000000000000 \
		-in /dev/zero 2>/dev/null | head -c $((SIZE * 1000 * 1000)) >"$T/random/bytes"
	awk -v n=$((SIZE * 1000)) 'BEGIN {for (i = 0; i < n; i++) printf "https://h%d.some.io/%980s\n", i % 1000, ""}' \
		>"$T/random/urls"
}

one_kind() {
	cat "$T/$1"/* >/dev/null
	round=0
	while [ $round -lt "$RUNS" ]; do
		round=$((round + 1))
		take "$1.cat" sh -c "cat $T/$1/* >/dev/null"
		take "$1.grep" sh -c "cat $T/$1/* | strings | grep -cE '[a-z0-9-]+[.][a-z]{2,}'"
		take "$1.inventory" "$B/airgap-verify" inventory -q --json -o "$T/$1.json" "$T/$1"
	done
	bytes=$(cat "$T/$1"/* | wc -c)
	rate=$(column "$T/$1.inventory.runs" 2 | median | awk -v b="$bytes" '{printf "%.0f", b / $1 / 1000000}')
	printf '%-9s %4.0f MB: inventory %.2f s, %d MB a second of processor' "$1" "$(echo "$bytes" | awk '{print $1 / 1000000}')" \
		"$(column "$T/$1.inventory.runs" 1 | median)" "$rate"
	for peer in cat grep; do
		paste -d ' ' "$T/$1.inventory.runs" "$T/$1.$peer.runs" | awk '{print $2 / ($7 > 0.001 ? $7 : 0.001)}' | median |
			awk -v p="$peer" '{printf ", %.2f times %s", $1, p == "grep" ? "strings | grep -E" : p}'
	done
	echo
	[ "$rate" -ge "$LEAST" ] || { echo "$1: below $LEAST MB a second: TOO SLOW"; failed=$((failed + 1)); }
}

gather_programs
make_random
one_kind programs
one_kind random
found=$(tr '{' '\n' <"$T/random.json" | grep -c '"host":"h[0-9]*\.some\.io"')
[ "$found" = 1000 ] || { echo "random: $found of 1000 hosts: WRONG"; failed=$((failed + 1)); }
[ "$failed" -eq 0 ] || { echo "bench: $failed wrong"; exit 1; }
