#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sockets.sh: how fast the tables of sockets become rows: ROWS of them as each tool
# prints them, RUNS times; prints the medians, the rows a second, the peak of memory.
# Figures do not fail it; a table that is not recognised, or not read whole, does.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
RUNS=${RUNS:-5} ROWS=${ROWS:-100000}
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
failed=0

# table NAME FIRST-LINE AWK-PRINTF: with the ends in a and b, the number in i
table() {
	awk -v rows="$ROWS" -v head="$2" 'function end(n, s) {
		n = (n * 7919) % 16777213
		return "10." int(n / 65536) % 256 "." int(n / 256) % 256 "." n % 256 s (n * 31) % 65536
	}
	BEGIN {
		if (head != "") print head
		for (i = 1; i <= rows; i++) {
			a = end(i, ":"); b = end(i + rows, ":")
			'"$3"'
		}
	}' >"$T/$1"
}
table ss 'Netid State Recv-Q Send-Q Local Address:Port Peer Address:Port Process' \
	'printf "tcp ESTAB 0 0 %22s %22s users:((\"p%d\",pid=%d,fd=3)) uid:1000 ino:%d sk:1 <->\n\t skmem:(r0,rb131072) cubic rtt:0.5/0.2\n", a, b, i % 9, i, i'
table netstat 'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name' \
	'printf "tcp        0      0 %-23s %-23s ESTABLISHED %d/p%d\n", a, b, i, i % 9'
table netstat-windows 'Active Connections' \
	'printf "  TCP    %-22s %-22s ESTABLISHED     %d\r\n [p%d.exe]\r\n", a, b, i, i % 9'
table lsof 'COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME' \
	'printf "p%-8d %6d user %4du IPv4 0x%016x 0t0 TCP %s->%s (ESTABLISHED)\n", i % 9, i, i % 90, i, a, b'
table lsof-fields '' 'printf "p%d\ncp%d\nu1000\nf3\ntIPv4\nPTCP\nn%s->%s\nTST=ESTABLISHED\n", i, i % 9, a, b'
table proc-net '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode' \
	'printf "%4d: %08X:%04X %08X:01BB 01 00000000:00000000 00:00000000 00000000  1000        0 %d 1\n", i, i, i % 65536, i + 9, i'
table osquery-sockets '[' \
	'split(a, l, ":"); split(b, r, ":"); printf "  {\"family\":\"2\",\"local_address\":\"%s\",\"local_port\":\"%s\",\"pid\":\"%d\",\"protocol\":\"6\",\"remote_address\":\"%s\",\"remote_port\":\"%s\",\"state\":\"ESTABLISHED\"},\n", l[1], l[2], i, r[1], r[2]'
table nettop 'time,,interface,state,bytes_in,bytes_out,' \
	'printf "1,p%d.%d,,,1,2,\n1,tcp4 %s<->%s,en0,Established,1,2,\n", i % 9, i, a, b'

printf '%d rows of each, median of %d\n%-16s %8s %12s %10s %8s\n' "$ROWS" "$RUNS" table s rows/s KiB MB
for name in ss netstat netstat-windows lsof lsof-fields proc-net osquery-sockets nettop; do
	: >"$T/runs"
	for _ in $(seq "$RUNS"); do
		rm -f "$T"/audit.db*
		"$B/bench/measure" --memory "$T/runs" "$B/airgap-verify" ingest --db "$T/audit.db" "$T/$name" \
			>"$T/said" 2>&1 </dev/null || { cat "$T/said"; failed=$((failed + 1)); }
		grep -q ": $name, " "$T/said" && ! grep -q 'not read' "$T/said" && continue
		echo "$name was not read as such, or not all of it:"
		cat "$T/said"
		failed=$((failed + 1))
	done
	sort -n "$T/runs" | awk -v name="$name" -v rows="$ROWS" -v size="$(wc -c <"$T/$name")" '
		{ s[NR] = $1; m = $NF > m ? $NF : m }
		END { t = s[int((NR + 1) / 2)]; printf "%-16s %8.2f %12.0f %10d %8.1f\n", name, t, rows / t, m, size / 1e6 }'
done
exit $((failed > 0))
