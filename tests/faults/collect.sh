#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# collect.sh: a session of which the truth is known, each time with one fault in the collector
# (fault.c): a call that fails. The session tries to reach another machine $tries times, in a
# namespace from which nothing gets out. Whatever fails, the collector ends with an error and a
# message, or what it wrote is judged FAIL with all that was tried, or FAIL with less and INCONCLUSIVE
# where the evidence itself tells of a loss; PASS only where it was isolated and the evidence tells
# that its calls were not seen; no crash, no hang. With root's rights, and
# without (tiers full, unprivileged and isolated). MOST faults in all, SAMPLE of each kind (KINDS)
# and tier, spread over all the calls there are, by SEED; FULL=1: nearly all. LANES at once. And those
# that were found to matter once, each time.
# Last line: "N passed, N failed, N skipped".
set -u
here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
lanes=${LANES:-2} sample=${SAMPLE:-1} most=${MOST:-16} seed=${SEED:-1} tries=8
if [ "$(id -u)" -ne 0 ]; then
	if sudo -n true 2>/dev/null; then
		exec sudo -n env PATH="$PATH" BUILDDIR="$B" LANES="$lanes" SAMPLE="$sample" MOST="$most" SEED="$seed" FULL="${FULL:-}" KINDS="${KINDS:-}" TIERS="${TIERS:-}" V="${V:-}" sh "$here/collect.sh"
	fi
	echo "faults of the collector: needs root for its namespace (sudo make faults)"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
fi
if [ -z "${AIRGAP_INSIDE:-}" ]; then
	AIRGAP_INSIDE=1 exec unshare -n sh -c 'ip link set lo up; exec sh "$0"' "$here/collect.sh"
fi
if [ -w /dev/shm ]; then in=/dev/shm; else in=/tmp; fi
T=$(mktemp -d "$in/airgap-faults-XXXXXX")
chmod 711 "$T"
trap 'rm -rf "$T"' EXIT
trap 'exit 130' INT TERM
unset SUDO_UID SUDO_GID SUDO_USER

# judge DIR: of what lies there
judge() {
	set -- "$1" evidence.ndjson session.json
	for file in "$1"/s/capture*.pcapng; do
		[ ! -e "$file" ] || set -- "$@" "${file##*/}"
	done
	dir=$1
	shift
	(cd "$dir/s" && "$B/airgap-verify" ingest -q --db "$dir/db" "$@") >"$dir/judged" 2>&1 &&
		"$B/airgap-verify" crosscheck -q "$dir/db" >>"$dir/judged" 2>&1
	verdict=$?
}
# watch TIER DIR FAULT: the session with that fault; leaves $status and $verdict
watch() {
	mkdir -p "$2/s"
	user=nobody options="--tier $1"
	case $1 in
	full) user=root ;;
	isolated) options="--isolate" ;;
	esac
	chown -R $user "$2"
	(
		cd "$2" || exit 99
		AIRGAP_FAULT=$3 AIRGAP_FAULT_TOLD=$2/told exec timeout -k 5 60 setpriv --reuid $user --regid "$(id -g $user)" --clear-groups \
			"$B/faults/airgap-collect" session $options --interval 1h --linger 500ms --rotate-size 2KiB -o "$2/s" -- \
			"$B/lab/reach" execs 192.0.2.2 443 $tries
	) >"$2/out" 2>"$2/err" </dev/null
	status=$?
	judge "$2"
}
ask() { sqlite3 "file:$1/db?mode=ro" "$2" 2>/dev/null; }
tried() { ask "$1" "SELECT count(*) FROM v_attempt WHERE in_session AND dst = '192.0.2.2' AND pid > 0"; }
# does the evidence tell that something is missing in it?
tells_loss() {
	[ "$(ask "$1" "SELECT EXISTS (SELECT 1 FROM finding WHERE effect = 'INCONCLUSIVE') OR EXISTS (SELECT 1 FROM loss WHERE lost > 0)
		OR EXISTS (SELECT 1 FROM witness WHERE state <> 'on' AND required)")" = 1 ]
}
# is it known that nothing could leave, and that what was tried was not seen?
is_kept_in() {
	[ "$(ask "$1" "SELECT EXISTS (SELECT 1 FROM isolation_proof) AND NOT EXISTS (SELECT 1 FROM witness WHERE name = 'seccomp' AND state = 'on')")" = 1 ]
}
# wrong DIR: what is wrong with how it ended
wrong() {
	case $status in
	0 | 6[4-9] | 7[0-8]) ;;
	124 | 137) echo "it hangs" ;;
	*) echo "it ends with $status" ;;
	esac
	[ $status -eq 0 ] || [ -s "$1/err" ] || echo "no message"
	if [ ! -s "$1/s/evidence.ndjson" ]; then
		[ $status -ne 0 ] || echo "no evidence, and no error"
		return
	fi
	case $verdict in
	0) is_kept_in "$1" || echo "PASS" ;;
	1) [ "$(tried "$1")" = $tries ] || tells_loss "$1" || echo "$(tried "$1") of $tries attempts, and no loss is told" ;;
	2 | 65) ;;
	66) [ $status -ne 0 ] || echo "files are missing, and no error" ;;
	*) echo "judging ends with $verdict: $(cat "$1/judged")" ;;
	esac
}
# try TIER KIND NUMBER
try() {
	dir="$T/$1-$2-$3"
	watch "$1" "$dir" "$2:$3"
	function=$(head -c 32 "$dir/told" | tr -d '\0')
	said=$(wrong "$dir" | tr '\n' ' ')
	message=$(tr '\n' ' ' <"$dir/err")
	if [ -n "$said" ]; then
		echo "BAD $1 $2 $3 $function ($status, $verdict): $said; it said: $message" >>"$T/told-$1-$2"
	elif [ -n "$function" ]; then
		echo "ok $1 $2 $3 $function ($status, $verdict): $message" >>"$T/told-$1-$2"
	fi
	[ -n "${KEEP:-}" ] || rm -rf "$dir"
}
# numbers COUNT: which of so many calls
numbers() {
	if [ -n "${FULL:-}" ]; then
		seq 1 "$(($1 < 60 ? $1 : 60))"
		[ "$1" -le 60 ] || shuf -i 61-"$1" -n 40
	else
		shuf --random-source="$T/seed" -i 1-"$1" -n "$sample"
	fi
}

names="read write sync name open close memory sql kernel socket bpf pcap"
yes "$seed" | head -c 65536 >"$T/seed"
for tier in ${TIERS:-full unprivileged isolated}; do
	clean="$T/clean-$tier"
	watch $tier "$clean" none:0
	if [ $status -ne 0 ] || [ $verdict -ne 1 ] || [ "$(tried "$clean")" != $tries ]; then
		echo "BAD $tier without a fault: $status, $verdict, $(tried "$clean") attempts: $(cat "$clean/err" "$clean/judged")" >>"$T/told-$tier"
		continue
	fi
	# shellcheck disable=SC2046 # a number for each kind
	set -- $(od -An -v -t u8 -j 32 "$clean/told")
	for kind in $names; do
		[ "$1" -eq 0 ] || case " ${KINDS:-$names} " in *" $kind "*) numbers "$1" | sed "s/^/$tier $kind /" >>"$T/plan" ;; esac
		shift
	done
done
if [ -z "${FULL:-}" ] && [ -s "$T/plan" ]; then
	shuf --random-source="$T/seed" -n "$most" "$T/plan" >"$T/some" && mv "$T/some" "$T/plan"
fi
while read -r tier fault; do
	case " ${TIERS:-full unprivileged isolated} " in *" $tier "*) [ -n "${KINDS:-}" ] || echo "$tier $fault" >>"$T/plan" ;; esac
done <<END
unprivileged kernel.pthread_create 1
unprivileged kernel.pthread_create 2
unprivileged kernel.process_vm_readv 2
unprivileged kernel.process_vm_readv 9
isolated kernel.pthread_create 1
END
lane() {
	awk -v n="$1" -v of="$lanes" 'NR % of == n' "$T/plan" | while read -r tier kind number; do
		try "$tier" "$kind" "$number"
	done
}
[ ! -s "$T/plan" ] || for n in $(seq 0 $((lanes - 1))); do
	lane "$n" &
	running="${running:-} $!"
done
for one in ${running:-}; do
	wait "$one"
done
cat "$T"/told-* >"$T/told"
grep '^BAD' "$T/told"
[ -z "${V:-}" ] || cat "$T/told"
failed=$(grep -c '^BAD' "$T/told")
echo "$(grep -c '^ok' "$T/told") passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
