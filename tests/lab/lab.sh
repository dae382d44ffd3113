#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# lab.sh [SCENARIO…]: end to end through the real programs, in two network
# namespaces of its own that have no way out. SCENARIO is the name of a file
# scenario_NAME.sh beside this one; without, all of them run. Then situations.sh asks the
# sessions whether each check, vector and class has one that shows it and one that does
# not. Needs root.
# BUILDDIR: where the programs lie. KEEP=1 leaves the session folders.
# Last line: "N passed, N failed, N skipped".
set -u

here=$(cd "$(dirname "$0")" && pwd)
B=${BUILDDIR:-$here/../../build}
passed=0 failed=0 skipped=0
some=$*

if [ "$(id -u)" -ne 0 ]; then
	# without asking: a password prompt in the middle of the tests helps nobody
	if sudo -n true 2>/dev/null; then
		exec sudo -n env PATH="$PATH" BUILDDIR="$B" V="${V:-}" KEEP="${KEEP:-}" sh "$here/lab.sh" "$@"
	fi
	echo "lab: needs root for its namespaces (sudo make lab)"
	echo "0 passed, 0 failed, 1 skipped"
	exit 0
fi

T=$(mktemp -d /tmp/airgap-lab-XXXXXX)
chmod 711 "$T" # an ordinary user must get to its own folder in it
near=agv$$n far=agv$$f
# whoever asked for the laboratory is not who asks for its sessions
unset SUDO_UID SUDO_GID SUDO_USER SUDO_COMMAND DOAS_USER PKEXEC_UID XDG_CONFIG_HOME
export HOME="$T/home"
mkdir "$HOME"

. "$here/network.sh"

clean_up() {
	network_down
	[ -n "${KEEP:-}" ] && echo "lab: kept $T" || rm -rf "$T"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

ok() {
	passed=$((passed + 1))
	[ -z "${V:-}" ] || echo "  ok      $1"
}

not_ok() {
	failed=$((failed + 1))
	echo "  NOT OK  $1"
	[ $# -lt 2 ] || printf '%s\n' "$2" | sed 's/^/          /' | head -30
}

skip() {
	skipped=$((skipped + 1))
	echo "  skipped $1: $2"
}

# without SESSION WHY: it cannot be made here, and no situation of it is asked for
not_made=
without() {
	not_made="$not_made $1"
	skip "$1" "$2"
}

# check WHAT COMMAND…: does the command succeed?
check() {
	what=$1
	shift
	if output=$("$@" 2>&1); then ok "$what"; else not_ok "$what" "$output"; fi
}

# equal WHAT GOT WANTED
equal() {
	if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "got \"$2\", wanted \"$3\""; fi
}

# session NAME [OPTION…] -- COMMAND…: one session inside the near namespace. Leaves
# its folder in $T/NAME (or where $folder_of_session says), what it printed in $T/NAME.out and .err,
# and $status.
folder_of_session=
session() {
	name=$1
	shift
	timeout 120 nsenter --net="/run/netns/$near" \
		"$B/airgap-verify" session --linger 2s -o "${folder_of_session:-$T/$name}" "$@" \
		>"$T/$name.out" 2>"$T/$name.err" </dev/null
	status=$?
}

# theirs NAME [OPTION…] -- COMMAND…: the same of an ordinary user, as through sudo. Leaves its
# folder in $T/NAME.d/s.
theirs() {
	name=$1
	shift
	install -d -o nobody "$T/$name.d"
	timeout 60 nsenter --net="/run/netns/$near" env --chdir="$T/$name.d" SUDO_UID="$(id -u nobody)" \
		SUDO_GID="$(id -g nobody)" SUDO_USER=nobody HOME=/root \
		"$B/airgap-verify" session --linger 2s -o s "$@" >"$T/$name.out" 2>"$T/$name.err" </dev/null
	status=$?
}

# meanwhile session|theirs NAME …: the same beside what follows, until all_ended; then ended
# NAME WANTED: was its exit status this one?
running=
meanwhile() {
	(
		"$@"
		echo $status >"$T/$2.status"
	) &
	running="$running $!"
}
all_ended() {
	for one in $running; do
		wait "$one"
	done
	running=
}
ended() {
	status=$(cat "$T/$1.status")
	exits "$1" "$2"
}

# exits NAME WANTED: was the exit status of the last session this one?
exits() {
	if [ "$status" -eq "$2" ]; then
		ok "$1: exit status $2"
	else
		not_ok "$1: exit status $status, wanted $2" "$(cat "$T/$1.out" "$T/$1.err")"
	fi
}

# says NAME PATTERN: is it in what the session printed (lines joined)?
says() {
	if tr '\n' ' ' <"$T/$1.out" | tr -s ' ' | grep -q -e "$2" || grep -q -e "$2" "$T/$1.err"; then
		ok "$1: says $2"
	else
		not_ok "$1: does not say \"$2\"" "$(cat "$T/$1.out" "$T/$1.err")"
	fi
}

# ask NAME SQL: from the database of a session
ask() {
	sqlite3 "file:$T/$1/audit.db?mode=ro" "$2"
}

network_up || exit 1
for file in "$here"/scenario_*.sh; do
	name=${file##*/scenario_}
	name=${name%.sh}
	if [ -n "$some" ]; then
		case " $some " in *" $name "*) ;; *) continue ;; esac
	fi
	echo "lab: $name"
	. "$file"
done
echo "lab: situations"
. "$here/situations.sh"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
