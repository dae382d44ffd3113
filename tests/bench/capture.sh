#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# capture.sh: how fast a capture becomes rows, next to what others take for the same
# file: 570 MB, 1.16 million packets, 40,000 flows with lookup and name. RUNS rounds
# of everything by turns; prints the medians, the ratios of the pairs, the memory,
# the instructions a packet. Figures do not fail it; a wrong count of rows does.
#   BIG=1: a million flows and ten million (20 GB) through a pipe instead; some
#   minutes, 10 GB of room. BIG_FLOWS='N M …' for other sizes. TMPDIR is where.
# INGEST holds options for every ingest.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
RUNS=${RUNS:-5} NAMES_RUNS=${NAMES_RUNS:-1} FLOWS=${FLOWS:-40000} BIG=${BIG:-}
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
failed=0 peers=

need_room() {
	free=$(df -Pk "$T" | awk 'NR == 2 {print int($4 / 1024)}')
	[ "$free" -ge "$1" ] && return
	echo "bench: $1 MiB wanted in ${TMPDIR:-/tmp}, $free MiB free; set TMPDIR to a folder with room"
	exit 73
}

# shellcheck source=tests/bench/runs.sh
. "$here/runs.sh"

run_ingest() {
	rm -f "$T/audit.db"*
	# shellcheck disable=SC2086 # a list
	take ingest "$B/airgap-verify" ingest -q ${INGEST:-} --db "$T/audit.db" "$T/capture.pcap"
}
run_nfpcapd() {
	rm -rf "$T/flows" && mkdir "$T/flows"
	take nfpcapd nfpcapd -r "$T/capture.pcap" -w "$T/flows"
}
run_argus() {
	rm -f "$T/argus"
	take argus argus -X -r "$T/capture.pcap" -w "$T/argus"
}
run_ndpi() { take ndpi ndpiReader -i "$T/capture.pcap"; }
run_tcpdump() { take tcpdump tcpdump -nn -r "$T/capture.pcap"; }
run_tshark() { take tshark tshark -n -q -z conv,tcp -r "$T/capture.pcap"; }
run_sha256() { take sha256 openssl dgst -sha256 "$T/capture.pcap"; }
run_names() {
	[ "$round" -gt "$NAMES_RUNS" ] ||
		take names tshark -n -r "$T/capture.pcap" -T fields -e frame.time_epoch -e ip.src -e ip.dst \
			-e ipv6.src -e ipv6.dst -e dns.qry.name -e dns.a -e dns.aaaa \
			-e tls.handshake.extensions_server_name
}

# peer NAME PROGRAM PACKAGE: it takes part, if it is there
peer() {
	if command -v "$2" >/dev/null; then
		peers="$peers $1"
	else
		echo "left out: $2 is not installed (package $3)"
	fi
}

# tell NAME TITLE
tell() {
	[ -s "$T/$1.runs" ] || return
	printf '%-44s %6.2f s (%.2f to %.2f in %d), %.2f s of processor\n' "$2" \
		"$(column "$T/$1.runs" 1 | median)" "$(column "$T/$1.runs" 1 | least)" \
		"$(column "$T/$1.runs" 1 | most)" "$(grep -c . "$T/$1.runs")" "$(column "$T/$1.runs" 2 | median)"
}

# ratio NAME NAME TITLE: of the runs of the same round
ratio() {
	[ -s "$T/$1.runs" ] && [ -s "$T/$2.runs" ] || return
	paste -d ' ' "$T/$1.runs" "$T/$2.runs" | awk 'NF == 10 {print $1 / $6}' >"$T/ratios"
	printf '%-44s %6.2f (%.2f to %.2f)\n' "$3" "$(median <"$T/ratios")" "$(least <"$T/ratios")" "$(most <"$T/ratios")"
}

# rows NUMBER TITLE QUERY: fails where it is another number
rows() {
	got=$(sqlite3 "$T/audit.db" "$3" 2>&1)
	if [ "$got" = "$1" ]; then
		printf '%-44s %s\n' "$2" "$got"
	else
		printf '%-44s %s, not %s: WRONG\n' "$2" "$got" "$1"
		failed=$((failed + 1))
	fi
}
all_rows() {
	rows "$1" "TCP flows" "SELECT count(*) FROM v_flow WHERE proto = 'tcp'"
	rows "$1" "UDP flows" "SELECT count(*) FROM v_flow WHERE proto = 'udp'"
	rows "$1" "lookups" "SELECT count(*) FROM v_dns"
	rows "$1" "lookups with answers" "SELECT count(*) FROM v_dns WHERE json_array_length(answers) = 1"
	rows "$1" "server names" "SELECT count(DISTINCT name) FROM v_name WHERE how = 'sni'"
	rows "$2" "packets in flows" "SELECT sum(packets_out + packets_in) FROM v_flow"
	rows 0 "packets left out" "SELECT coalesce(sum(count), 0) FROM skipped"
}

side_by_side() {
	peer nfpcapd nfpcapd nfdump
	peer argus argus "argus-server, argus"
	peer ndpi ndpiReader "libndpi-bin, ndpi"
	peer tcpdump tcpdump tcpdump
	peer tshark tshark "tshark, wireshark-cli"
	peer names tshark "tshark, wireshark-cli"
	peer sha256 openssl openssl
	need_room 1500
	"$B/bench/capture_gen" --flows "$FLOWS" >"$T/capture.pcap" || exit 1
	sync "$T/capture.pcap" # so that no writing goes on beside the first runs
	cat "$T/capture.pcap" >/dev/null
	round=0
	while [ $round -lt "$RUNS" ]; do
		round=$((round + 1))
		for one in ingest $peers; do
			"run_$one"
		done
	done
	printf '%.0f MB, %d packets, %d flows; medians (least to most) of %d rounds:\n' \
		"$(wc -c <"$T/capture.pcap" | awk '{print $1 / 1000000}')" \
		$((29 * FLOWS)) "$FLOWS" "$RUNS"
	tell ingest "airgap-verify ingest"
	tell nfpcapd "nfpcapd (flows)"
	tell argus "argus (flows)"
	tell ndpi "ndpiReader"
	tell tcpdump "tcpdump -nn"
	tell tshark "tshark -q -z conv,tcp"
	tell names "tshark, names as fields"
	tell sha256 "openssl dgst -sha256"
	ratio ingest nfpcapd "ingest / nfpcapd"
	ratio tshark ingest "tshark conv,tcp / ingest"
	ratio ingest sha256 "ingest / SHA-256 alone"
	rm -f "$T/ingest.runs"
	memory=--memory
	run_ingest
	awk '{printf "%-44s %6.1f MiB, %.1f MiB of it without mapped files\n",
		"peak memory (Pss of all its processes)", $4 / 1024, $5 / 1024}' "$T/ingest.runs"
	all_rows "$FLOWS" $((29 * FLOWS))
}

# of_files FILE…: instructions in all, in the program's own code, in SQLite, in SHA-256
# (libcrypto, which knows no SHA instructions under valgrind), in what is left
of_files() {
	for file in "$@"; do
		callgrind_annotate --threshold=100 --auto=no --show-percs=no "$file" 2>/dev/null
	done | awk '{ n = $1; gsub(",", "", n) }
		n !~ /^[0-9]+$/ { next }
		/PROGRAM TOTALS/ { all += n; next }
		/libsqlite3/ { sqlite += n; next }
		/libcrypto/ { crypto += n; next }
		$2 ~ /^(core|ingest|analysis|cli|report)\// { own += n }
		END { printf "%d %d %d %d %d\n", all, own, sqlite, crypto, all - own - sqlite - crypto }'
}

# counted FLOWS [rows]: the instructions of a capture of that size. The decoding alone,
# or with the rows: a process behind a filter cannot write what valgrind counts.
counted() {
	rm -f "$T/cg"
	"$B/bench/capture_gen" --flows "$1" >"$T/small.pcap"
	shift
	valgrind -q --tool=callgrind --callgrind-out-file="$T/cg" "$B/bench/decode" "$T/small.pcap" "$@" \
		>"$T/log" 2>&1 </dev/null && of_files "$T/cg"
}

# the difference of two sizes, so that starting and ending do not count
instructions() {
	command -v valgrind >/dev/null || { echo "left out: valgrind is not installed (package valgrind)"; return; }
	for with in "" rows; do
		# shellcheck disable=SC2086 # none or one
		if ! counted 200 $with >"$T/few" || ! counted 400 $with >"$T/many"; then
			echo "left out: instructions a packet: the decoder does not run under valgrind:"
			tail -3 "$T/log"
			return
		fi
		paste -d ' ' "$T/few" "$T/many" | awk -v packets=$((200 * 29)) -v title="instructions a packet, ${with:-decoding}" '
			{ for (i = 1; i <= 5; i++) each[i] = ($(i + 5) - $i) / packets }
			END {
				printf "%-44s %d: own code %d, SQLite %d, libcrypto %d, other libraries %d\n", title, each[1], each[2],
					each[3], each[4], each[5]
			}'
	done
}

# Streams of growing size, nothing of them stored but the rows.
scaling() {
	before=
	for flows in ${BIG_FLOWS:-1000000 10000000}; do
		need_room $((1000 + flows / 1000))
		rm -f "$T/audit.db"* "$T/big.runs"
		# shellcheck disable=SC2086
		"$B/bench/capture_gen" --data 0 --flows "$flows" | "$B/bench/measure" --memory "$T/big.runs" \
			"$B/airgap-verify" ingest -q ${INGEST:-} --db "$T/audit.db" - ||
			failed=$((failed + 1))
		read -r seconds processor _ all _ <"$T/big.runs"
		awk -v f="$flows" -v s="$seconds" -v p="$processor" -v a="$all" -v before="${before:-0}" -v few="${few:-1}" 'BEGIN {
			printf "%d flows of 12 packets, 2,000 bytes: %.1f s (%.1f s of processor, %.0f MB/s), peak %.0f MiB", f, s, p,
				f * 2002 / 1e6 / s, a / 1024
			if (before)
				printf ", %.2f times as long a flow as with %d", s / f / (before / few), few
			print ""
		}'
		all_rows "$flows" $((12 * flows))
		before=$seconds few=$flows
	done
}

if [ -n "$BIG" ]; then
	scaling
else
	side_by_side
	instructions
	echo "10 million flows, 20 GB through a pipe: make bench-capture BIG=1 (minutes, 10 GB in TMPDIR)"
fi
[ "$failed" -eq 0 ] || { echo "bench: $failed wrong"; exit 1; }
