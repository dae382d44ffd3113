#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# runs.sh: read by the benches that time whole commands: what a run is, and what is made
# of several. They set T (a folder), B and failed.
# shellcheck disable=SC2034,SC2154 # of whoever reads this

# column FILE NUMBER: one value a line
column() { awk -v k="$2" '{print $k}' "$1"; }
median() { sort -n | awk '{v[NR] = $1} END {print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }
least() { sort -n | head -1; }
most() { sort -n | tail -1; }

# take NAME COMMAND…: one run, its line added to NAME.runs; memory=--memory measures that
take() {
	name=$1
	shift
	"$B/bench/measure" $memory "$T/$name.runs" "$@" >/dev/null 2>"$T/$name.err" </dev/null && return
	echo "$name: $1 failed:"
	tail -3 "$T/$name.err"
	failed=$((failed + 1))
}
memory=
