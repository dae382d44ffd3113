# SPDX-License-Identifier: Apache-2.0
# Through sudo the command runs as whoever asked, and the folder is theirs.
user=nobody
uid=$(id -u $user)
install -d -o $user "$T/theirs"
(
	cd "$T/theirs" || exit 1
	timeout 60 nsenter --net="/run/netns/$near" env SUDO_UID="$uid" SUDO_GID="$(id -g $user)" SUDO_USER=$user HOME=/root \
		"$B/airgap-verify" session -o s -- sh -c 'id -u; echo "home $HOME"; grep CapEff /proc/self/status; exit 7'
) >"$T/user.out" 2>"$T/user.err" </dev/null
status=$?
exits user 0
says user "^$uid "
says user "CapEff:.0000000000000000"
says user "ended with exit status 7"
equal "user: owner of the evidence" "$(stat -c %u "$T/theirs/s/evidence.ndjson")" "$uid"
equal "user: nothing in the folder is another's" "$(find "$T/theirs" ! -uid "$uid" | wc -l)" 0

# a process that runs already
sleep 30 &
sleeper=$!
timeout 60 nsenter --net="/run/netns/$near" "$B/airgap-verify" session -o "$T/pid" --pid $sleeper --duration 1s \
	>"$T/pid.out" 2>"$T/pid.err" </dev/null
status=$?
kill $sleeper
exits pid 0
says pid PASS

# one that reaches out while it is watched, by a child that it makes then
mkfifo "$T/go"
nsenter --net="/run/netns/$near" sh -c 'while :; do read -r what <"$1" && eval "$what"; done' - "$T/go" 9>&- &
sleeper=$!
(
	until grep -q '"state":"none"' "$T/pid-out/evidence.ndjson" 2>/dev/null; do sleep 0.1; done
	echo "'$B/lab/reach' tcp 192.0.2.2 443" >"$T/go"
) 9>&- &
timeout 60 nsenter --net="/run/netns/$near" "$B/airgap-verify" session -o "$T/pid-out" --pid $sleeper --duration 4s \
	>"$T/pid-out.out" 2>"$T/pid-out.err" </dev/null
status=$?
kill $sleeper
exits pid-out 1
equal "pid-out: the child is the session's" "$(ask pid-out "SELECT max(in_session) FROM v_attempt WHERE dst = '192.0.2.2' AND comm = 'reach'")" 1

# JSON for programs: the command's own output does not get between
timeout 60 nsenter --net="/run/netns/$near" "$B/airgap-verify" session --json -o "$T/json" -- echo words \
	>"$T/json.out" 2>"$T/json.err" </dev/null
status=$?
exits json 0
equal "json: one document" "$(sqlite3 :memory: "SELECT json_extract(readfile('$T/json.out'), '$.verdict')")" PASS
