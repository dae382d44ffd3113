# SPDX-License-Identifier: Apache-2.0
# Where something was not seen the verdict is INCONCLUSIVE, with that reason.
R="$B/lab/reach"

# the full tier without privileges, as an ordinary user
nobody=$(id -u nobody)
install -d -o nobody "$T/plain"
timeout 60 nsenter --net="/run/netns/$near" setpriv --reuid "$nobody" --regid "$(id -g nobody)" --clear-groups \
	env HOME="$T/plain" "$B/airgap-verify" session --tier full -o "$T/plain/s" -- true \
	>"$T/unprivileged.out" 2>"$T/unprivileged.err" </dev/null
status=$?
exits unprivileged 2
says unprivileged "required witness was missing: kernel"
says unprivileged "run with sudo"

# a witness is killed while the session runs
kill_packets() {
	sleep 1.5
	for pid in $(pgrep -x airgap-packets); do
		# only the one of our session: its namespace is ours
		[ "$(readlink "/proc/$pid/ns/net")" = "$(nsenter --net="/run/netns/$near" readlink /proc/self/ns/net)" ] &&
			kill -9 "$pid"
	done
}
kill_packets &
killer=$!
session killed -- sleep 3
wait "$killer"
exits killed 2
says killed "died while the session ran"

# more happens than the smallest ring can hold
session overflow --ring 4096 -- "$R" burst 127.0.0.1 ::1 8443
exits overflow 2
says overflow "The witness kernel lost records"

# a log that nobody may read, one that is not there, one that nobody understands
: >"$T/locked.log"
chmod 000 "$T/locked.log"
session locked --app-log "$T/locked.log" -- true
exits locked 2
says locked "application log could not be used"
session absent --app-log "$T/absent.log" -- true
exits absent 2
says absent "application log could not be used"
session garbled --app-log "$T/garbled.log" -- sh -c "echo 'what is this' >>'$T/garbled.log'"
exits garbled 2

# something that outlives the session
session left -- sh -c 'sleep 6 & exit 0'
exits left 2
says left "still ran when the watch ended"

# a socket that passes by the hooks
session packet -- "$R" packet
exits packet 2
says packet "made a packet socket"
