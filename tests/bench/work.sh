#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# work.sh: what a watch costs those who work and those who wait: a part of this project built
# with two jobs, alone and under watch, next to each other, RUNS times; then a session in which
# nothing happens for IDLE seconds: the share of one processor that the collector and all that it
# starts take, and the memory that they hold (a page that several share counts once). Figures
# only, nothing fails because of them. Needs root.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tree=$(cd "$here/../.." && pwd)
B=${BUILDDIR:-$tree/build}
RUNS=${RUNS:-7} IDLE=${IDLE:-180}
[ "$(id -u)" -eq 0 ] || { echo "bench: needs root to watch (sudo make bench)"; exit 77; }
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
unset SUDO_UID SUDO_GID SUDO_USER
export HOME="$T"
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
. "$here/runs.sh"

# what is generated is there before the first run, and stays
objects=$(cd "$tree" && for file in core/*.c collectors/*.c collectors/linux/*.c; do echo "$T/b/${file%.c}.o"; done)
# shellcheck disable=SC2086 # several
build() { make -s -C "$tree" B="$T/b" $objects; }
build >/dev/null || exit 1

# once NAME [PREFIX…]: the objects made anew; the time is that of the build itself
once() {
	name=$1
	shift
	rm -rf "$T/b/core" "$T/b/collectors" "$T/s" && mkdir "$T/s"
	# shellcheck disable=SC2086 # several
	"$@" "$B/bench/measure" "$T/$name.runs" make -s -j2 -C "$tree" B="$T/b" $objects >/dev/null 2>"$T/err" </dev/null && return
	echo "$name: the build failed:"
	tail -3 "$T/err"
	exit 1
}
for _ in $(seq "$RUNS"); do
	once before env
	once watched "$B/airgap-collect" session -o "$T/s" --
	once after env
done
paste -d' ' "$T/before.runs" "$T/watched.runs" "$T/after.runs" >"$T/runs"
# ratios VALUE: of each pair; 1: the clock's seconds, 2: the processor's
ratios() { awk -v k="$1" '{print 2 * $(5 + k) / ($k + $(10 + k))}' "$T/runs"; }
printf '%-44s alone %.2f s, watched %.2f s, ratio of pairs %.3f (%.3f to %.3f), of processor time %.3f (%d runs)\n' \
	"make -j2 of $(echo "$objects" | wc -l) files of this project" \
	"$(cat "$T/before.runs" "$T/after.runs" | awk '{print $1}' | median)" "$(column "$T/watched.runs" 1 | median)" \
	"$(ratios 1 | median)" "$(ratios 1 | least)" "$(ratios 1 | most)" "$(ratios 2 | median)" "$RUNS"

# used PID: ticks of processor time of it, of what it waited for, and of its helpers with the same
# (proc(5), stat); held PID: their memory in KiB
helpers() { echo "$1"; pgrep -P "$1" airgap-; }
used() {
	for pid in $(helpers "$1"); do
		sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null
	done | awk '{sum += $12 + $13 + $14 + $15} END {print sum + 0}'
}
held() {
	for pid in $(helpers "$1"); do
		cat "/proc/$pid/smaps_rollup" 2>/dev/null
	done | awk '/^Pss:/ {pss += $2} /^Rss:/ {rss += $2} END {print pss + 0, rss + 0}'
}
# share SECONDS: of one processor, in per cent
share() {
	from=$(used $collector) begun=$(date +%s%N)
	for _ in $(seq $(($1 / 5))); do
		held $collector >>"$T/held"
		sleep 5
	done
	awk "BEGIN {print 100 * ($(used $collector) - $from) / $(getconf CLK_TCK) / (($(date +%s%N) - $begun) / 1e9)}"
}
rm -rf "$T/s" && mkdir "$T/s"
"$B/airgap-collect" session -o "$T/s" -- sleep $((IDLE + 165)) >/dev/null 2>"$T/err" </dev/null &
collector=$!
sleep 10 # what it does at the beginning is no idling
first=$(share 150) then=$(share "$IDLE")
wait $collector
printf '%-44s %.2f %% of one processor in the first %d s, then %.2f %% (%d s); at most %d MiB held (%d MiB where what is shared counts in each)\n' \
	"a session in which nothing happens" "$first" 150 "$then" "$IDLE" \
	$(($(column "$T/held" 1 | most) / 1024)) $(($(column "$T/held" 2 | most) / 1024))
