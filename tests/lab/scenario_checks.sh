# SPDX-License-Identifier: Apache-2.0
# What the other scenarios do not lead to: each way to a finding of its own, and what is so
# near to it that it must not be taken for it. situations.tsv names them all.
R="$B/lab/reach" S="$B/lab/slip" A="$B/lab/sample_agent"
near_do() { nsenter --net="/run/netns/$near" "$@"; }

# outside COMMAND…: a process that is no part of the session, in the near namespace
outsiders=
outside() {
	nsenter --net="/run/netns/$near" "$@" 2>/dev/null 9>&- &
	outsiders="$outsiders $!"
}
# there PATH: until somebody listens
there() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		[ -S "$1" ] && return 0
		sleep 0.1
	done
}
gone() {
	for pid in $outsiders; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	outsiders=
}
# judged NAME|NAME/audit.db: a folder, or a database alone; leaves what a session does
judged() {
	"$B/airgap-verify" crosscheck "$T/$1" >"$T/${1%/audit.db}.out" 2>"$T/${1%/audit.db}.err" </dev/null
	status=$?
}

# copied NAME: the last session, for something to be changed in it or taken out
copied() {
	cp -R "$T/$name" "$T/$1"
	rm -r "$T/$1/seal" "$T/$1/audit.db" "$T/$1/report"
}

# a socket that is told where to, and sends nothing (and the same on a machine whose clock is
# synchronised, and on one whose is not)
session point -- "$R" point 192.0.2.2 9
exits point 0
for clock in true:yes false:no; do
	copied "clock-${clock#*:}"
	sed -i "s/\"synchronised\":[a-z]*/\"synchronised\":${clock%:*}/" "$T/clock-${clock#*:}/session.json"
	sed -i "s/synchronised=[a-z]*/synchronised=${clock#*:}/" "$T/clock-${clock#*:}/posture.ndjson"
	judged "clock-${clock#*:}"
	exits "clock-${clock#*:}" 0
done
copied no-posture
rm "$T/no-posture/posture.ndjson"
judged no-posture
exits no-posture 0

# a resolver of this machine that asks on, one that knows by itself (the sink of the near
# side), and one that is asked over a Unix socket, alone and while others ask
outside "$B/lab/ask_on" 192.0.2.2
sleep 0.2
session forwarded -- "$R" dns 127.0.0.53 host.example
exits forwarded 1
gone
session resolved-here -- "$R" dns 127.0.0.1 host.example
mkdir "$T/nscd"
outside "$S" keep-listening "$T/nscd/socket" 8448
there "$T/nscd/socket"
session asked-quietly -- "$R" unix "$T/nscd/socket"
outside sh -c "sleep 1.2; exec '$R' dns 192.0.2.2 other.example"
session asked-for -- sh -c "'$R' unix '$T/nscd/socket'; sleep 1.5"
exits asked-for 2
gone

# a file server, and a process that was there before, with its connection
nsenter --net="/run/netns/$far" "$B/lab/echo" 2049 <"$T/hold" >/dev/null 9>&- &
outsiders=$!
sleep 0.2
outside "$R" chat 192.0.2.2 2049 10
sleep 0.3
session files -- sleep 1
exits files 2
gone
outside "$R" chat 192.0.2.2 443 4
sleep 0.3
timeout 60 nsenter --net="/run/netns/$near" "$B/airgap-verify" session -o "$T/older" --pid $! --duration 1s \
	>"$T/older.out" 2>"$T/older.err" </dev/null
status=$?
exits older 1
gone

# one that was there before and only hears on its connection: nothing that it does is seen
nsenter --net="/run/netns/$far" python3 -c 'import socket, time
s = socket.create_server(("192.0.2.2", 8456))
c = s.accept()[0]
for _ in range(40):
    c.send(b"told")
    time.sleep(0.2)' 2>/dev/null 9>&- &
teller=$!
sleep 0.5
outside python3 -c 'import socket
s = socket.create_connection(("192.0.2.2", 8456))
while s.recv(100): pass'
sleep 0.5
timeout 60 nsenter --net="/run/netns/$near" "$B/airgap-verify" session -o "$T/older-heard" --pid $! --duration 1s \
	>"$T/older-heard.out" 2>"$T/older-heard.err" </dev/null
status=$?
exits older-heard 2
gone
kill $teller 2>/dev/null
wait $teller 2>/dev/null

# a process from outside that is put into the session's control group
if [ -w /sys/fs/cgroup/unified/cgroup.procs ]; then groups=/sys/fs/cgroup/unified; else groups=/sys/fs/cgroup; fi
outside "$S" proxy 8449 127.0.0.1 8443
session adopted -- sh -c "echo $! >'$groups'/\$(sed -n 's/^0:://p' /proc/self/cgroup)/cgroup.procs
	'$S' plain 127.0.0.1 8449; sleep 0.3"
gone

# a command that cannot be executed though it is there; a watch that is killed
printf '#!/nowhere/interpreter\n' >"$T/no-interpreter"
chmod 755 "$T/no-interpreter"
session unexecuted -- "$T/no-interpreter"
exits unexecuted 66
session cut-short -- sh -c 'sleep 1.5; kill -9 $PPID; sleep 0.3'
exits cut-short 2

# policies
cat >"$T/polling.ini" <<'INI'
[policy]
required = sock_diag
INI
cat >"$T/log-required.ini" <<'INI'
[policy]
app_log = required
INI
session polled --policy "$T/polling.ini" -- true
exits polled 2
session without-log --policy "$T/log-required.ini" -- true
exits without-log 2
: >"$T/agent.log"
session with-log --policy "$T/log-required.ini" --app-log "$T/agent.log" -- "$A" --log "$T/agent.log"
exits with-log 0

# logged NAME TIME ZONE PORT: a connection, and a log that tells of it in this way
logged() {
	: >"$T/entry.log"
	session "$1" --app-log "$T/entry.log" -- sh -c "'$R' tcp 127.0.0.1 8443
		date -u -d '$2' '+%Y-%m-%d %H:%M:%S$3 ALLOWED tcp reach -> 127.0.0.1:$4' >>'$T/entry.log'"
}
logged log-right now Z 8443
equal "log-right: confirmed" "$(ask log-right "SELECT outcome FROM v_match WHERE app_event_id IS NOT NULL")" confirmed
logged log-guessed "now + 1 hour" "" 8443
exits log-guessed 2
logged log-shifted "now + 1 hour" Z 8443
exits log-shifted 2
logged log-alone "now - 1 day" Z 8444
exits log-alone 2
echo before >"$T/entry.log"
session log-cut --app-log "$T/entry.log" -- sh -c ": >'$T/entry.log'"
exits log-cut 2

# a filter that lets raw sockets send nothing
if near_do nft add table ip lab 2>/dev/null; then
	near_do nft -f - <<-'END_OF_RULES'
		table ip lab {
			chain out {
				type filter hook output priority 0;
				ip daddr 192.0.2.2 meta l4proto icmp drop
			}
		}
	END_OF_RULES
	session nothing-sent -- "$R" icmp 192.0.2.2
	exits nothing-sent 2
	near_do nft delete table ip lab
else
	without nothing-sent "nft does not work here"
fi

# ---- evidence as it would be had a witness missed something, from a session that missed nothing

outside sh -c "while :; do '$R' tcp 192.0.2.2 443; sleep 0.005; done"
session busy -- "$R" tcp 192.0.2.2 443
exits busy 1
gone
copied forgotten
grep -v '"dst":"192.0.2.2"' "$T/busy/evidence.ndjson" >"$T/forgotten/evidence.ndjson"
judged forgotten
exits forgotten 2
copied cut
truncate -s -10 "$T/cut/capture.pcapng"
judged cut
exits cut 1
mkdir "$T/unseen"
"$B/airgap-verify" ingest -q --db "$T/unseen/audit.db" --filter "not host 192.0.2.2" \
	"$T/busy/session.json" "$T/busy/evidence.ndjson" "$T/busy/capture.pcapng" >"$T/unseen.out" 2>&1
judged unseen/audit.db
exits unseen 1
mkdir "$T/one-capture"
"$B/airgap-verify" ingest -q --db "$T/one-capture/audit.db" "$T/busy/capture.pcapng" >"$T/one-capture.out" 2>&1
judged one-capture/audit.db
exits one-capture 2

# ---- what was recorded on, or as if on, another system
for name in windows-asked:1 windows-quiet:0 windows-nobody:2; do
	cp -R "$here/../../fixtures/${name%:*}" "$T/"
	judged "${name%:*}"
	exits "${name%:*}" "${name#*:}"
done
