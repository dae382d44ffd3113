#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# real.sh: both kinds of model servers, end to end with a real model: RUNTIME's, with
# llama.cpp from npm (below B/lab-clients), on the loopback. RUNS of each (11). Fails where
# tokens or times are more than two hundredths from what the server says of itself. Then the
# benchmark as a user runs it, one task of each suite: fails where not all that the server
# was asked is in the record, or a figure does not follow from it (real_bench.js).
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
RUNTIME=${RUNTIME:-$here/../../../shared/runtime}
RUNS=${RUNS:-11}
if [ ! -e "$RUNTIME/ollama-shim.mjs" ]; then
	echo "bench-real: no model and server in $RUNTIME (RUNTIME=FOLDER)"
	exit 69
fi
sh "$here/../lab/model_install.sh" "$B/lab-clients" "$RUNTIME" || exit $?
if ! command -v bwrap >/dev/null; then
	echo "bench-real: missing; on Debian: apt-get install --no-install-recommends bubblewrap"
	exit 69
fi
T=$(mktemp -d "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
log=$T/log
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$T"' EXIT
trap 'exit 130' INT TERM

port=$((20000 + $$ % 10000))
: >"$log"
SHIM_THREADS=1 node "$B/lab-clients/model/ollama-shim.mjs" "$RUNTIME/stories260K.gguf" $port stories260k:latest 512 2>>"$log" &
server=$!
tries=0
until grep -q '^listening' "$log"; do
	tries=$((tries + 1))
	if [ $tries -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then
		echo "bench-real: the server does not begin"
		tail -5 "$log"
		exit 1
	fi
	sleep 0.1
done
status=0
"$B/bench/real" "http://127.0.0.1:$port" "$RUNS" || status=1

# bench KIND URL: the whole benchmark, small
bench() {
	: >"$log" # the server appends
	if ! "$B/airgap-verify" bench --no-watch --json --quiet --server "$2" --model stories260k --limit 1 --repeats 1 \
		--tokens-max 64 --context 512 -o "$T/$1" >"$T/$1.json"; then
		echo "FAIL: $1: the benchmark did not end well"
		return 1
	fi
	node "$here/real_bench.js" "$1" "$T/$1" "$T/$1.json" "$log"
}

bench ollama "http://127.0.0.1:$port" || status=1
bench openai "http://127.0.0.1:$port/v1" || status=1
exit $status
