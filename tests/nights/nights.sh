#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# nights.sh: NIGHTS nights of a few seconds (30) on three hosts, each with a network namespace,
# a name, a home and a state folder of its own, and a clock that goes on by a day a night. Drifts
# are planted; each is to be found on its own night, and nothing else is. Needs root.
# A hook for each night: HOOK DIR NIGHT, with the bundles of all hosts in DIR (make nights HOOK=…).
# Last line: "N passed, N failed".
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
nights=${NIGHTS:-30}
passed=0 failed=0 spaces='' pids=''
# in memory, where there is such a place: a sync of a disk is what takes the time
if [ -w /dev/shm ]; then in=/dev/shm; else in=/tmp; fi
T=$(mktemp -d "$in/airgap-nights-XXXXXX")
unset SUDO_UID SUDO_GID SUDO_USER SUDO_COMMAND DOAS_USER PKEXEC_UID XDG_CONFIG_HOME XDG_STATE_HOME
. "$here/host.sh"

clean_up() {
	for h in a b c; do
		[ -e "$T/$h/pid" ] && host_stop "$T/$h"
		[ -d "$T/$h/state" ] && umount "$T/$h/state" 2>/dev/null
	done
	for s in $spaces; do ip netns del "$s" 2>/dev/null; done
	[ -n "${KEEP:-}" ] && echo "nights: kept $T" || rm -rf "$T"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# equal WHAT GOT WANTED [FILE]
equal() {
	if [ "$2" = "$3" ]; then
		passed=$((passed + 1))
		[ -z "${V:-}" ] || echo "  ok      $1: $2"
	else
		failed=$((failed + 1))
		echo "  NOT OK  $1: got \"$2\", wanted \"$3\""
		[ $# -lt 4 ] || head -5 "$4" | sed 's/^/          /'
	fi
}

for h in a b c; do
	spaces="$spaces agn$$$h"
	ip netns add "agn$$$h" || exit 1
	nsenter --net="/run/netns/agn$$$h" sh -c "
		ip link set lo up
		ip link add up0 type veth peer name up1
		ip addr add 192.0.2.1/24 dev up0
		echo 1 >/proc/sys/net/ipv6/conf/up0/disable_ipv6
		echo 1 >/proc/sys/net/ipv6/conf/up1/disable_ipv6
		ip link set up1 up
		ip link set up0 up"
	host_make "$T/$h" "agn$$$h" "host-$h"
	host_start "$T/$h"
done
mkdir "$T/drop" "$T/drop.names" "$T/c/state"
mount -t tmpfs -o size=200m,mode=700 nights "$T/c/state" || exit 1

# A night of which nothing else is said is this.
quiet="PASS:"

# plant HOST NIGHT: makes what is to be found tonight; sets $wanted, and $options for the audit.
# "none": there is no audit
plant() {
	wanted=$quiet options=
	D=$T/$1
	case $1:$2 in
	a:2) host_extension "$D" evil.helper 0.1 && wanted="PASS: new_extension" ;;
	a:3) host_change "$D" && wanted="PASS: changed_program" ;;
	a:6)
		nsenter --net="/run/netns/agn$$a" "$B/lab/sink" 8080 <"$T/hold" >/dev/null 2>&1 &
		pids="$pids $!"
		wanted="PASS: new_listener"
		;;
	a:9) host_tell "$D" "'$B/lab/reach' tcp 192.0.2.99 443" && wanted="FAIL: new_destination" ;;
	a:12) host_tell "$D" "'$B/lab/reach' tcp 192.0.2.99 443" && wanted="FAIL:" ;; # known by now
	a:15)
		mkdir -p "$D/.vscode" && echo '{"telemetry.telemetryLevel":"all"}' >"$D/.vscode/settings.json"
		wanted="PASS: changed_setting"
		;;
	a:18) mkdir "$D/home/old" && mv "$D/home/.config/airgap-verify"/signing.* "$D/home/old" && wanted="PASS: key_changed" ;;
	a:21) host_extension "$D" evil.helper 0.1 && echo '{}' >"$D/home/.vscode/extensions/evil.helper-0.1/package.json" &&
		wanted="PASS: new_extension" ;;
	b:2 | b:8 | b:9) wanted=none ;; # silent
	b:3 | b:10) wanted="PASS: missed_audit" ;;
	b:12) host_log "$D" $(((12 - 1) * 86400 - 7200)) && wanted="PASS: log_between" ;;
	b:15) host_tell "$D" "'$B/lab/reach' burst 127.0.0.1 ::1 8443" && options="--ring 4096" && wanted="INCONCLUSIVE: coverage_worse" ;;
	b:18) echo >"$D/agent.log" && echo "{}" >>"$D/agent.log" && : >"$D/agent.log" && wanted="PASS: log_gap" ;;
	b:21) mv "$D/state/known.ndjson" "$D/known.old" && head -n 1 "$D/known.old" >"$D/state/known.ndjson" && wanted="PASS: audit_forgotten" ;;
	b:24) options="--exe $D/not-there" && wanted="ERROR:" ;;
	b:25) wanted="PASS: missed_audit" ;;
	c:12) dd if=/dev/zero of="$D/state/full" bs=1M 2>/dev/null; wanted="ERROR:" ;;
	c:13) rm "$D/state/full" && wanted="PASS: missed_audit" ;;
	esac
}

# of HOST NIGHT: the bundle of that host and night in the drop folder, under the name that it was made with
of() {
	cat "$T/drop.names/$1-$2"
}

# The drop folder, as a person or a medium brings it: a bundle of night 3 again on night 16 in the
# place of that night's own, one with a changed byte on night 20.
drop() {
	for h in a b c; do
		for f in "$T/$h/drop"/*.zip; do
			[ -e "$f" ] || continue
			mv "$f" "$T/drop/" && echo "$T/drop/${f##*/}" >"$T/drop.names/$h-$1"
		done
	done
	case $1 in
	16) cp "$(of c 3)" "$(of c 16)" ;;
	20) printf 'X' | dd of="$(of c 20)" bs=1 seek=5000 conv=notrunc 2>/dev/null ;;
	esac
	for h in a b c; do
		[ -e "$T/drop.names/$h-$1" ] || continue
		"$B/nights/airgap-verify" verify -q "$(of $h "$1")" >/dev/null 2>&1
		status=$?
		case $h$1 in
		c20) equal "night $1: the forged bundle does not verify" $status 1 ;;
		*) equal "night $1: $h verifies" $status 0 ;;
		esac
	done
	[ -z "${HOOK:-}" ] || sh "$HOOK" "$T/drop" "$1" || failed=$((failed + 1))
}

# What the store of all hosts is to tell of a night, at one in the afternoon behind it: of which
# host what stands out. A host is silent from the first night that is missing on; one of which
# nothing was taken in has that night missing, whatever came in its place.
stands_out() {
	case $1 in
	2 | 8 | 24) echo "host-b silent" ;;
	12) echo "host-c silent" ;;
	16) echo "host-c rolled_back, host-c silent" ;;
	18) echo "host-a key_changed, host-a silent" ;;
	20) echo "host-c refused, host-c silent" ;;
	esac
}

fleet() {
	verb=$1 night=$2
	shift 2
	HOME=$T AIRGAP_NIGHT_OFFSET=$(((night - 1) * 86400 + 46800)) "$B/nights/airgap-verify" fleet "$verb" --store "$T/fleet.db" --json "$@"
}

# Takes the drop folder in, as a timer would, and asks; the key that was changed on night 18 is
# vouched for then.
count_fleet() {
	since=$(date -u -d "@$((began + ($1 - 1) * 86400 - 43200))" +%Y-%m-%dT%H:%M:%SZ)
	fleet add "$1" "$T/drop" >"$T/fleet.json" 2>"$T/fleet.err"
	fleet status "$1" --every 24h --since "$since" >"$T/status.json" 2>>"$T/fleet.err"
	equal "night $1: what stands out of all hosts" "$(sqlite3 :memory: "SELECT group_concat(a, ', ') FROM (SELECT DISTINCT
		json_extract(value, '\$.host') || ' ' || json_extract(value, '\$.kind') AS a FROM json_each(readfile('$T/status.json'), '\$.alarms')
		ORDER BY 1)")" "$(stands_out "$1")" "$T/status.json"
	[ "$1" -ne 18 ] || fleet add 18 --fingerprint "$(openssl x509 -in "$T/a/home/.config/airgap-verify/signing.crt" -outform DER |
		sha256sum | cut -d' ' -f1)" "$(of a 18)" >"$T/fleet.json" 2>"$T/fleet.err"
}

began=$(date +%s)
mkfifo "$T/hold"
sleep 100000 >"$T/hold" &
pids="$pids $!"
n=1
while [ "$n" -le "$nights" ]; do
	running=
	for h in a b c; do
		plant $h $n
		echo "$wanted" >"$T/$h/wanted"
		[ "$wanted" = none ] && continue
		# shellcheck disable=SC2086 # options
		host_night "$T/$h" $(((n - 1) * 86400)) $options &
		running="$running $!"
	done
	for p in $running; do wait "$p"; done
	for h in a b c; do
		wanted=$(cat "$T/$h/wanted")
		[ "$wanted" = none ] && continue
		equal "night $n of host $h" "$(host_changes "$T/$h")" "$wanted" "$T/$h/night.err"
	done
	drop $n
	count_fleet $n
	n=$((n + 1))
done
for p in $pids; do kill "$p" 2>/dev/null; done
for h in a b c; do
	[ "$nights" -lt 6 ] || equal "host $h: as many folders are kept as the policy says" "$(ls "$T/$h/state/audits" | wc -l)" 3
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
