#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# sample.sh BUILD FOLDER: the sample of docs/sample/README.md, made anew: a session of each
# verdict with every document, reviewed, bundled and checked, out of two network
# namespaces without a way out. Exit status 0 where each came out as it should.
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=$(cd "$1" && pwd)
[ "$(id -u)" -eq 0 ] || { echo "sample: needs root for its namespaces (sudo make sample)"; exit 77; }
case $2 in /*) out=$2 ;; *) out=$PWD/$2 ;; esac
if [ -e "$out" ] && [ ! -f "$out/policy.ini" ]; then
	echo "sample: $out is there and is no sample; name another folder, or remove it"
	exit 73
fi
T=$(mktemp -d /tmp/airgap-sample-XXXXXX)
chmod 755 "$T"
owner=${SUDO_UID:-0}:${SUDO_GID:-0}
unset SUDO_UID SUDO_GID SUDO_USER SUDO_COMMAND DOAS_USER PKEXEC_UID XDG_CONFIG_HOME
export HOME="$T"
near=agvs$$n far=agvs$$f
. "$here/network.sh"
clean_up() {
	network_down
	rm -rf "$T"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

fail() {
	echo "sample: $1"
	[ ! -s "$T/said" ] || sed 's/^/    /' "$T/said"
	exit 1
}
# gives STATUS COMMAND…
gives() {
	wanted=$1
	shift
	"$@" >"$T/said" 2>&1
	got=$?
	[ $got -eq "$wanted" ] || fail "$*: exit status $got in place of $wanted"
}
tool() {
	gives 0 "$B/airgap-verify" "$@"
}

network_up || fail "no namespaces"
rm -rf "$out"
mkdir -p "$out/keys" || exit 73
cat >"$out/policy.ini" <<'EOF'
[policy]
app_log = required
frameworks = cmmc-l1, cmmc-l2, hipaa
[organisation]
name = Example Works
system = build hosts
ssp = SSP of the build hosts
ssp_version = 3
boundary = laboratory
operator = Sam Operator
purpose = trial of a coding agent
marking = SAMPLE
EOF
tool keygen --key "$out/keys/sealer.key" --certificate "$out/keys/sealer.crt" --subject "Sealer of Example Works"
tool keygen --key "$out/keys/reviewer.key" --certificate "$out/keys/reviewer.crt" --subject "Rita Reviewer"

# watch NAME STATUS OPTION… -- COMMAND…: under watch, with the agent's log
watch() {
	name=$1 status=$2
	shift 2
	: >"$T/agent.log"
	gives "$status" nsenter --net="/run/netns/$near" "$B/airgap-verify" session -q -o "$out/$name" --policy "$out/policy.ini" \
		--key "$out/keys/sealer.key" --certificate "$out/keys/sealer.crt" --app-log "sample-agent=$T/agent.log" "$@"
}
agent="$B/lab/sample_agent"
watch pass 0 -- "$agent" --log "$T/agent.log"
watch fail 1 -- "$agent" --log "$T/agent.log" --telemetry 192.0.2.2 443 --lie
# it leaves something running behind it, of which nobody sees what it does later
watch inconclusive 2 --linger 1s -- sh -c '"$0" --log "$1"; setsid sleep 5 >/dev/null 2>&1 &' "$agent" "$T/agent.log"

# review NAME DECISION OPTION…
review() {
	folder=$out/$1 decision=$2
	shift 2
	tool sign -q --role reviewer --name "Rita Reviewer" --decision "$decision" --key "$out/keys/reviewer.key" \
		--certificate "$out/keys/reviewer.crt" "$@" "$folder"
}
review pass accepted --comment "read with the ruleset of that day" --objective SC.L2-3.13.6_obj.a=satisfied
review fail rejected --comment "the agent reports what it did to its maker; see the ticket"
for name in pass fail inconclusive; do
	tool report -q --key "$out/keys/sealer.key" --certificate "$out/keys/sealer.crt" "$out/$name"
	tool bundle -q -o "$out/$name.zip" --cmmc-root "/evidence/$name" --key "$out/keys/sealer.key" \
		--certificate "$out/keys/sealer.crt" "$out/$name"
	tool verify -q "$out/$name.zip"
done
chown -R "$owner" "$out"
echo "sample: $out/{pass,fail,inconclusive}.zip, and the folders that they were made of; docs/sample/README.md says what to look at"
