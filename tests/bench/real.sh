#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# real.sh: both kinds of model servers, end to end with a real model: RUNTIME's, with
# llama.cpp from npm (below B/lab-clients), on the loopback. RUNS of each (11). Fails where
# tokens or times are more than two hundredths from what the server says of itself.
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
log=$(mktemp "${TMPDIR:-/tmp}/airgap-bench-XXXXXX") || exit 1
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -f "$log"' EXIT
trap 'exit 130' INT TERM

port=$((20000 + $$ % 10000))
SHIM_THREADS=1 node "$B/lab-clients/model/ollama-shim.mjs" "$RUNTIME/stories260K.gguf" $port stories260k:latest 512 2>"$log" &
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
"$B/bench/real" "http://127.0.0.1:$port" "$RUNS"
