# SPDX-License-Identifier: Apache-2.0
# host.sh: a host of its own for audits in the laboratory: a program that runs on, a home, a
# policy, a state folder. Sourced; wants $B.

# host_make DIR NETNS NAME: NAME is what it is called in its UTS namespace
host_make() {
	mkdir "$1" "$1/home" "$1/home/.vscode" "$1/home/.vscode/extensions" "$1/drop"
	cp "$(command -v dash || command -v sh)" "$1/app"
	mkfifo "$1/do"
	echo "$2" >"$1/netns"
	echo "$3" >"$1/name"
	: >"$1/agent.log"
	cat >"$1/policy.ini" <<-INI
		[organisation]
		name = Lab
		[audit]
		duration = 3s
		keep_folders = 3
		exe = $1/app
		logs = agent=$1/agent.log
	INI
	host_extension "$1" lab.first 1.0
}

# host_extension DIR ID VERSION
host_extension() {
	mkdir -p "$1/home/.vscode/extensions/$2-$3"
	echo "{\"name\":\"$2\",\"version\":\"$3\"}" >"$1/home/.vscode/extensions/$2-$3/package.json"
}

# host_start DIR: the program that is watched; does what is written to DIR/do, a line at a time
host_start() {
	(cd "$1" && exec nsenter --net="/run/netns/$(cat netns)" "$1/app" -c \
		'while :; do read -r what <do && eval "$what"; done') >/dev/null 2>&1 9>&- </dev/null &
	echo $! >"$1/pid"
}

host_stop() {
	kill "$(cat "$1/pid")" 2>/dev/null
	wait "$(cat "$1/pid")" 2>/dev/null
}

# host_change DIR: the program is another one from now on
host_change() {
	host_stop "$1"
	cp "$1/app" "$1/app.new" && echo changed >>"$1/app.new" && mv "$1/app.new" "$1/app"
	host_start "$1"
}

# host_when DIR COMMAND…: run as soon as the next audit is seen to watch
host_when() {
	(
		old=$(ls "$1/state/audits" 2>/dev/null)
		for _ in $(seq 300); do
			sleep 0.1
			new=$(ls -t "$1/state/audits" 2>/dev/null | head -n 1)
			case " $(echo "$old" | tr '\n' ' ') " in *" $new "*) continue ;; esac
			grep -q '"state":"none"' "$1/state/audits/$new/evidence.ndjson" 2>/dev/null || continue
			shift
			"$@"
			break
		done
	) 9>&- 8>&- &
}

# host_tell DIR WHAT [FIFO]: has the program do it then
host_tell() {
	host_when "$1" timeout 5 sh -c 'echo "$2" >"$1"' - "$1/${3:-do}" "$2"
}

# host_again DIR WHAT: has a second one of the program do it then, which does not descend from the first
host_again() {
	host_when "$1" timeout 20 nsenter --net="/run/netns/$(cat "$1/netns")" "$1/app" -c "$2; :"
}

# host_log DIR SECONDS: a line of its log that tells of a connection at that offset from now
host_log() {
	echo "{\"time\":\"$(date -u -d "@$(($(date +%s) + $2))" +%Y-%m-%dT%H:%M:%SZ)\",\"host\":\"198.51.100.77\",\"port\":443,\"protocol\":\"tcp\",\"action\":\"allowed\"}" >>"$1/agent.log"
}

# host_night DIR OFFSET [OPTION…]: an audit OFFSET seconds from now. Leaves DIR/night.json, .err
# and .status; its bundle is in DIR/drop too.
host_night() {
	host=$1 seconds=$2
	shift 2
	(
		cd "$host" || exit 1
		HOME="$host/home" AIRGAP_NIGHT_OFFSET=$seconds timeout 120 nsenter --net="/run/netns/$(cat netns)" \
			unshare --uts sh -c 'hostname "$1" && shift && exec "$@"' - "$(cat name)" \
			"$B/nights/airgap-verify" audit -q --json --policy policy.ini --state "$host/state" "$@" \
			>night.json 2>night.err </dev/null
		echo $? >night.status
		made=$(host_told "$host" "json_extract(j, '\$.bundle')")
		[ -z "$made" ] || cp "$made" drop/
	)
}

# host_told DIR SQL: of what the last night told, which is j
host_told() {
	sqlite3 :memory: "SELECT $2 FROM (SELECT readfile('$1/night.json') AS j) WHERE json_valid(j)" 2>/dev/null
}

# host_changes DIR: what it told that is new, and its verdict
host_changes() {
	host_told "$1" "coalesce(json_extract(j, '\$.verdict'), 'ERROR') || ':' || coalesce((SELECT group_concat(' ' || c, '') FROM
		(SELECT DISTINCT json_extract(value, '\$.check_id') AS c FROM json_each(j, '\$.changes') ORDER BY 1)), '')"
}
