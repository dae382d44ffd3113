#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# demo.sh BUILD: the sample agent phones home, and its log denies it, inside two
# network namespaces without a way out. Exit status 0 where the verdict was FAIL,
# as it should be.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=$(cd "$1" && pwd)
[ "$(id -u)" -eq 0 ] || { echo "demo: needs root for its namespaces (sudo make demo)"; exit 77; }
T=$(mktemp -d /tmp/airgap-demo-XXXXXX)
chmod 755 "$T"
near=agvd$$n far=agvd$$f
. "$here/network.sh"
clean_up() {
	network_down
	rm -rf "$T"
}
trap clean_up EXIT
trap 'exit 130' INT TERM
network_up || exit 1
: >"$T/agent.log"
chmod 666 "$T/agent.log"
echo "demo: an agent that sends telemetry to 192.0.2.2 and writes \"blocked\" into its log"
nsenter --net="/run/netns/$near" "$B/airgap-verify" session --app-log "sample-agent=$T/agent.log" -- \
	"$B/lab/sample_agent" --log "$T/agent.log" --telemetry 192.0.2.2 443 --lie
status=$?
echo
echo "demo: exit status $status (1 is FAIL)"
[ $status -eq 1 ]
