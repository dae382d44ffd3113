# SPDX-License-Identifier: Apache-2.0
# The live view, as somebody at a terminal sees it: driven by keys, read from its screen.
# Each terminal has a server of its own: one that is going away takes no new session.
terminals=0
screen() { tmux -L "agw$$-$terminals" "$@"; }

# opened COLUMNSxROWS COMMAND…: a terminal of that size in which it runs; its exit status is
# printed behind it, and how the terminal was left
opened() {
	size=$1
	shift
	[ "$terminals" -eq 0 ] || screen kill-server
	terminals=$((terminals + 1))
	env -u NO_COLOR LC_ALL=C.UTF-8 tmux -L "agw$$-$terminals" -f /dev/null new-session -d -x "${size%x*}" -y "${size#*x}" \
		"cd '$T/watch' && bash --norc --noprofile" 9>&-
	typed "stty -g >before; $*; echo left \$?; stty -g | cmp - before && echo sane" Enter
}
typed() { screen send-keys "$@"; }

# shows WHAT PATTERN: until it stands on the screen
shows() {
	for _ in $(seq 100); do
		screen capture-pane -p | grep -q -e "$2" && { ok "watch: $1"; return; }
		sleep 0.1
	done
	not_ok "watch: $1: \"$2\" is not on the screen" "$(screen capture-pane -p)"
}
# left STATUS: it ended, and the terminal is as it was
left() {
	shows "ends with $1" "^left $1\$"
	shows "leaves the terminal as it was" "^sane\$"
}

# ticks PID: of it and its children, in hundredths of a second
ticks() {
	for one in $1 $(cat "/proc/$1/task/$1/children"); do
		awk '{print $14 + $15}' "/proc/$one/stat"
	done | awk '{sum += $1} END {print sum}'
}

watch_scenario() {
	mkdir "$T/watch"
	session watched -- sh -c "$B/lab/reach tcp 192.0.2.2 443; $B/lab/reach dns 192.0.2.2 host.example; sleep 1.2; $B/lab/reach tcp 127.0.0.1 8443"
	exits watched 1

	# one that is over, at once
	opened 80x24 "$B/airgap-verify watch --speed 0 $T/watched"
	shows "replays what is over" "^replayed at once .* UTC"
	shows "counts what left" "^[12] EGRESS ATTEMPT"
	shows "lists processes" " 1! .* reach "
	typed 3
	shows "marks egress by a word" "EGRESS .* connect .* 443 192.0.2.2"
	equal "watch: and by a colour where that may be" "$(screen capture-pane -e -p | grep -c '31m.*192.0.2.2')" 1
	typed / d n s Enter
	shows "filters" "only: dns"
	typed Escape 4
	shows "lists names" "EGRESS .* host.example"
	typed Enter
	shows "tells details" "asked  *192.0.2.2"
	typed Enter 5
	shows "lists witnesses" "^kernel  *seeing"
	typed '?'
	shows "helps" "Ctrl-C  *quit"
	screen resize-window -x 200 -y 50
	typed '?' 2
	shows "shows more on a wider screen" "TIME .* RECEIVED"
	typed q
	left 0

	# played again, halted, and gone through
	opened 80x24 "$B/airgap-verify watch $T/watched"
	shows "replays in time" "^replay x1 "
	typed Space
	shows "halts" "^PAUSED x1 "
	typed Right
	shows "goes on 10 seconds" "^replayed x1 "
	typed Left
	shows "goes back" "^PAUSED x1 .*"
	typed + Space
	shows "plays faster to the end" "^replayed x2 "
	typed C-c
	left 0

	# no colour, and no screen
	opened 80x24 "NO_COLOR=1 $B/airgap-verify watch --speed 0 $T/watched"
	shows "does without colour" "^replayed"
	equal "watch: no colour is sent" "$(screen capture-pane -e -p | grep -c '\[31m')" 0
	typed q
	left 0
	opened 80x24 "TERM=dumb $B/airgap-verify watch $T/watched"
	shows "names the remedy" "shows no screen; watch --plain"
	left 69
	"$B/airgap-verify" watch --plain "$T/watched" >"$T/watched.lines" 2>&1
	check "watch: plain lines tell of egress" grep -q 'EGRESS reach (pid [0-9]*) connect tcp to 192.0.2.2 port 443' "$T/watched.lines"
	"$B/airgap-verify" watch --json "$T/watched" >"$T/watched.ndjson" 2>&1
	equal "watch: a JSON object a line" "$(sqlite3 :memory: "SELECT count(*) FROM (SELECT 1 FROM json_each('[' ||
		replace(rtrim(CAST(readfile('$T/watched.ndjson') AS TEXT), char(10)), char(10), ',') || ']')
		WHERE json_extract(value, '\$.event') = 'attempt' AND json_extract(value, '\$.egress'))")" \
		"$(grep -c EGRESS "$T/watched.lines" | awk '{print $1 - 1}')"

	# one that runs, with 50,000 connections and 100 more a second
	mkdir "$T/watch/many"
	cp "$T/watched/session.json" "$T/watch/many/"
	"$B/lab/watch_gen" 50000 100 30 >"$T/watch/many/evidence.ndjson" 9>&- &
	writer=$!
	opened 200x50 "$B/airgap-verify watch many"
	shows "reads 50,000 connections" "^50 EGRESS ATTEMPTS  5[0-9][0-9][0-9][0-9] local"
	typed 2
	shows "lists them" "of 5[0-9][0-9][0-9][0-9] "
	watched_pid=$(pgrep -x -P "$(screen display-message -p '#{pane_pid}')" airgap-verify)
	before=$(ticks "$watched_pid")
	sleep 5
	echo "  watch: with 50,000 connections $(($(ticks "$watched_pid") - before)) of 500 hundredths of a second of one core, its reader's included"
	typed s s s s
	shows "sorts them" "PID+"
	typed / E G R E S S Enter
	shows "filters them" "1 of 5[0-9] "
	screen resize-window -x 80 -y 24
	shows "draws anew in the new size" "f freeze$"
	equal "watch: no line is wider" "$(screen capture-pane -p | awk 'length($0) > 80' | wc -l)" 0
	typed f
	shows "freezes" "^FROZEN"
	typed C-z
	shows "stops" "Stopped"
	typed fg Enter
	shows "goes on" "^FROZEN"
	typed f
	shows "goes on as before" "^live"
	typed C-c
	sleep 0.3
	typed "stty -g | cmp - before && echo tidy" Enter
	shows "leaves the terminal as it was" "^tidy\$"
	kill "$writer" 2>/dev/null
	wait "$writer" 2>/dev/null

	# one that is begun for it, and found by another who names none
	opened 100x40 "nsenter --net=/run/netns/$near $B/airgap-verify watch session --linger 1s -- sh -c 'echo its words; $B/lab/reach tcp 192.0.2.2 443; $B/lab/reach dns 192.0.2.2 live.example; sleep 30'"
	shows "shows what the command writes" "^its words"
	shows "shows what it does" "^2 EGRESS ATTEMPTS "
	typed 4
	shows "lists names while it runs" "EGRESS .* live.example"
	check "watch: finds the session that runs" sh -c "cd '$T/watch' && timeout 2 '$B/airgap-verify' watch --plain | grep -q '^[0-9:.]* EGRESS reach'"
	typed q
	shows "ends what it began" "the session has ended: q leaves"
	typed q
	shows "tells the verdict" "^FAIL"
	left 1
	opened 80x24 "$B/airgap-verify watch $T/watched"
	shows "replays in time" "^replay x1 "
	watched_pid=$(pgrep -x -P "$(screen display-message -p '#{pane_pid}')" airgap-verify)
	screen kill-server
	for _ in $(seq 100); do
		[ -e "/proc/$watched_pid" ] || break
		sleep 0.1
	done
	check "watch: ends when its terminal is gone" test ! -e "/proc/$watched_pid"
	check "watch: keeps what it wrote" grep -qx "its words" "$T"/watch/airgap-sessions/*.output
}

if command -v tmux >/dev/null; then
	watch_scenario
else
	skip watch "no tmux (packaging/deps.sh --peers)"
fi
