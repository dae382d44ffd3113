#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# clients.sh BUILD [CLIENT…]: real AI clients and a browser under `session`, in a network
# namespace of their own without an uplink, in which every name exists and every host
# answers (catch_names, catch_all). CLIENT is the name of a file client_NAME.sh beside this
# one; without, all of them run: as installed, with every switch set that the client
# documents, and with a model that is not on this machine (a browser: with a page that
# loads nothing). Prints a line for each host with its vector, product and process; fails
# where a host that was asked for is not in the database of the session, or is not told
# with a process of it. Needs root. BUILD/lab-clients comes from clients_install.sh.
# RUNTIME: a folder with a model and its server. KEEP=1 leaves the session folders.
# Last line: "N passed, N failed, N skipped".
set -u
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
B=$(cd "$1" && pwd) || exit 66
shift
RUNTIME=${RUNTIME:-}
passed=0 failed=0 skipped=0
port=11434 model=http://127.0.0.1:11434

[ "$(id -u)" -eq 0 ] || { echo "clients: needs root for its namespaces (sudo make lab-clients)"; exit 77; }
T=$(mktemp -d /tmp/airgap-clients-XXXXXX)
chmod 711 "$T"
near=agvcn$$ far=agvcf$$ I=$T/clients
# The clients never run as root, nor as whoever asked for this: nobody is who asks for their
# sessions. The model is served by a user who runs nothing else.
model_user=64321
export SUDO_UID=65534 SUDO_GID=65534 HOME="$T/root"
unset SUDO_USER SUDO_COMMAND DOAS_USER PKEXEC_UID XDG_CONFIG_HOME
mkdir "$HOME"
printf 'nameserver 192.0.2.2\n' >"$T/resolv.conf"
printf 'hosts: files dns\n' >"$T/nsswitch.conf"
chmod 644 "$T/resolv.conf" "$T/nsswitch.conf"

. "$here/clients_network.sh"

clean_up() {
	clients_network_down
	[ -n "${KEEP:-}" ] && echo "clients: kept $T" || rm -rf "$T"
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

# A model with its server where there is one, else the stand-in of the laboratory. Ends
# with what is inside.
model_up() {
	: >"$T/model.log"
	if [ -e "$RUNTIME/stories260K.gguf" ] && [ -e "$B/lab-clients/model/complete" ]; then
		server="stories260K, a model of $(wc -c <"$RUNTIME/stories260K.gguf") bytes"
		cp "$RUNTIME/stories260K.gguf" "$T/" && chmod 644 "$T/stories260K.gguf"
		as_user $model_user node "$I/model/ollama-shim.mjs" "$T/stories260K.gguf" $port tiny 512 \
			>"$T/model.log" 2>&1 <"$T/hold" &
	else
		server="model_stub, a stand-in"
		cp "$B/lab/model_stub" "$T/" && chmod 755 "$T/model_stub"
		as_user $model_user "$T/model_stub" $port >"$T/model.log" 2>&1 <"$T/hold" &
	fi
	for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ -s "$T/model.log" ] && return 0
		sleep 0.5
	done
	echo "clients: no model server: $(cat "$T/model.log")"
	return 1
}

# as_user NUMBER COMMAND…
as_user() {
	user=$1
	shift
	inside setpriv --reuid "$user" --regid "$user" --clear-groups env -i PATH="$PATH" HOME=/nonexistent "$@"
}

# once COMMAND: the line that runs it, but not for ever
once() {
	echo "timeout -k 5 30 $1"
}

# opened COMMAND: the line that opens it on a terminal for as long as somebody would read
# what it says first. What it says stands in $home/screen.
opened() {
	echo "sleep 15 | timeout -k 5 20 script -qfec '$1' $home/screen >/dev/null"
}

# watch CLIENT RUN: one session. Leaves its folder in $T/CLIENT-RUN/session, what was asked
# of the name server and the hosts meanwhile beside it, and $status.
watch() {
	run=$2 W=$T/$1-$2 home=$T/$1-$2/home
	mkdir -p "$home/work"
	. "$here/client_$1.sh" >"$home/run"
	chown -R "$SUDO_UID:$SUDO_GID" "$W"
	names_before=$(wc -l <"$T/names") hosts_before=$(wc -l <"$T/hosts")
	model_up || return 1
	inside timeout -k 30 150 "$B/airgap-verify" session --linger 3s -o "$W/session" -- \
		env -i -C "$home/work" PATH="$PATH" HOME="$home" LANG=C.UTF-8 TERM=xterm-256color \
		NODE_EXTRA_CA_CERTS="$T/ca.pem" sh "$home/run" >"$W/out" 2>"$W/err" </dev/null
	status=$?
	end_all_inside
	tail -n +$((names_before + 1)) "$T/names" | cut -d' ' -f1 | sort -u >"$W/names"
	tail -n +$((hosts_before + 1)) "$T/hosts" >"$W/hosts"
	awk '$2 != "-" {print tolower($2)}' "$W/hosts" | sort -u >"$W/called"
}

# ask SQL: of the session last watched
ask() {
	sqlite3 -batch "file:$W/session/audit.db?mode=ro" \
		".mode list" ".read '$here/clients_hosts.sql'" "$1"
}

# missing FILE SQL: the lines of FILE that are not in the answer
missing() {
	ask "$2" | sort -u | comm -13 - "$1"
}

# all_known WHAT FILE SQL: is each line of FILE in the answer?
all_known() {
	unknown=$(missing "$2" "$3")
	if [ -z "$unknown" ]; then ok "$1"; else not_ok "$1" "$unknown"; fi
}

# judge CLIENT RUN: whatever the other side saw, the session must tell, with the process
judge() {
	case $status in
	0) verdict=PASS ;;
	1) verdict=FAIL ;;
	2) verdict=INCONCLUSIVE ;;
	*)
		not_ok "$1, $2: the session ended with $status" "$(cat "$W/err")"
		return 1
		;;
	esac
	all_known "$1, $2: each name asked for is in v_dns, with a process" "$W/names" \
		"SELECT host FROM asked WHERE process IS NOT NULL"
	all_known "$1, $2: each host called is in v_name, with a process" "$W/called" \
		"SELECT host FROM called WHERE process IS NOT NULL"
	echo never.invalid >"$W/never"
	[ -n "$(missing "$W/never" "SELECT host FROM asked UNION SELECT host FROM called")" ] ||
		not_ok "$1, $2: a host that nobody asked for is not missed"
	if [ -s "$W/names" ] && [ $status -ne 1 ]; then
		not_ok "$1, $2: names were asked for, and it is $verdict" "$(cat "$W/names")"
	elif [ ! -s "$W/names" ] && [ ! -s "$W/hosts" ] && [ $status -ne 0 ]; then
		not_ok "$1, $2: nobody was called, and it is $verdict" "$(cat "$W/out")"
	else
		ok "$1, $2: $verdict"
	fi
	ask "SELECT '$1', '$2', '$verdict', host, vector, product, process FROM host ORDER BY vector, host" >"$W/table"
	[ -s "$W/table" ] || echo "$1|$2|$verdict|-|-|-|-" >"$W/table"
	cat "$W/table" >>"$T/table"
}

# vectors CLIENT RUN [VECTOR…] [-- VECTOR…]: hosts of each, and none of those behind "--"
vectors() {
	what="$1, $2" W=$T/$1-$2 wanted=0
	[ -e "$W/table" ] || return 0
	shift 2
	for vector in "$@"; do
		[ "$vector" != -- ] || { wanted=1 && continue; }
		cut -d'|' -f5 "$W/table" | grep -qx "$vector"
		if [ $? -eq $wanted ]; then
			ok "$what: $vector, as it should be"
		else
			not_ok "$what: $vector is not as it should be" "$(cat "$W/table" "$W/hosts")"
		fi
	done
}

# A client that did not get as far as its model, or its terminal, shows nothing.
worked() {
	[ "$2" != cloud ] && [ "$1" != chromium ] || return 0
	answers=$(ask "SELECT count(*) FROM v_attempt WHERE in_session AND outcome = 'ok'
		AND dst = '127.0.0.1' AND dport = $port")
	screen=$(wc -c <"$home/screen")
	if [ "$answers" -gt 0 ] && [ "$screen" -gt 500 ]; then
		ok "$1, $2: it worked with the model"
	else
		not_ok "$1, $2: $answers connections to the model, $screen bytes on its screen" \
			"$(cat "$W/out" "$W/err")"
	fi
}

clients_network_up || exit 1
if ! as_user "$SUDO_UID" node --version >/dev/null; then
	echo "clients: user $SUDO_UID cannot run $(command -v node)"
	exit 69
fi
touch "$T/table"
for file in "$here"/client_*.sh; do
	name=${file##*/client_}
	name=${name%.sh}
	if [ $# -gt 0 ]; then
		case " $* " in *" $name "*) ;; *) continue ;; esac
	fi
	for run in $(sed -n 's/^# runs: //p' "$file"); do
		echo "clients: $name, $run" >&2
		if watch "$name" "$run"; then
			judge "$name" "$run" && worked "$name" "$run"
		else
			not_ok "$name, $run: not watched"
		fi
	done
done
vectors cn installed update -- unclassified
vectors cn cloud update model_api
vectors qwen installed telemetry update -- model_api unclassified
vectors qwen cloud telemetry model_api
vectors gemini installed telemetry update -- model_api unclassified
vectors gemini cloud telemetry model_api
vectors chromium installed webview telemetry update -- unclassified
vectors chromium local-page update -- webview telemetry

{ echo "client|run|verdict|host|vector|product|process"; cat "$T/table"; } | column -t -s'|'
echo "model server: ${server:-none}"
unknown=$(awk -F'|' '$5 == "unclassified" {print $4 " (" $1 ")"}' "$T/table" | sort -u)
[ -z "$unknown" ] || printf 'unclassified, for schema/endpoints.tsv:\n%s\n' "$unknown"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
