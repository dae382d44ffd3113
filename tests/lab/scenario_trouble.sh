# SPDX-License-Identifier: Apache-2.0
# What goes wrong gets its own exit status and a message, and costs no evidence.

session missing -- no-such-command-at-all
exits missing 66
says missing "no such command"
check "missing: leaves no folder" test ! -e "$T/missing"

printf '#!/bin/sh\n' >"$T/plain-file"
session denied -- "$T/plain-file"
exits denied 77
says denied "no permission to execute"

printf 'neither program nor script\001\002' >"$T/garbage"
chmod 755 "$T/garbage"
session garbled-program -- "$T/garbage"
exits garbled-program 65
says garbled-program "not a program that this machine can execute"

session nothing --
exits nothing 64

# no room: a file system of 300 KiB, and more to write than that
mkdir "$T/room"
mount -t tmpfs -o size=300k tmpfs "$T/room"
folder_of_session="$T/room/s"
session full -- "$B/lab/reach" burst 127.0.0.1 ::1 8443
case $status in
73 | 74) ok "full disk: exit status $status" ;;
*) not_ok "full disk: exit status $status" "$(cat "$T/full.out" "$T/full.err")" ;;
esac
says full "No space left"
check "full disk: what was gathered stays" test -s "$T/room/s/evidence.ndjson"
cp -r "$T/room/s" "$T/full-copy"
umount "$T/room"
"$B/airgap-verify" verify "$T/full-copy" >"$T/verify.out" 2>&1
equal "full disk: it verifies up to its last checkpoint" "$?" 2

# a file that may not grow as large as what is made of the evidence: said, and no signal
if command -v bash >/dev/null; then
	timeout 120 nsenter --net="/run/netns/$near" bash -c "ulimit -f 16; exec '$B/airgap-verify' session -o '$T/limited' -- true" \
		>"$T/limited.out" 2>"$T/limited.err" </dev/null
	status=$?
	case $status in
	73 | 74) ok "limited: exit status $status" ;;
	*) not_ok "limited: exit status $status" "$(cat "$T/limited.out" "$T/limited.err")" ;;
	esac
fi

# a database that finds no room: nothing is told as read, and nothing stays
mount -t tmpfs -o size=100k tmpfs "$T/room"
"$B/airgap-verify" ingest --db "$T/room/a.db" "$T/full-copy/evidence.ndjson" >"$T/room.out" 2>"$T/room.err"
equal "full disk: ingest says so" "$?" 74
equal "full disk: ingest tells of nothing that was not kept" "$(cat "$T/room.out")" ""
check "full disk: ingest names the database" grep -q "$T/room/a.db: .*full; make room" "$T/room.err"
check "full disk: ingest leaves no half of a database" test ! -e "$T/room/a.db"
umount "$T/room"

mount -t tmpfs -o ro tmpfs "$T/room"
session fixed -- true
umount "$T/room"
folder_of_session=
exits fixed 73
says fixed "cannot make the folder"

session notempty -- true
session notempty -- true
exits notempty 73
says notempty "not empty"
equal "notempty: the session that lies there was left alone" "$(grep -c . "$T/notempty/seal/custody.jsonl")" 1

# a terminal that is none, a pipe that nobody reads
timeout 60 nsenter --net="/run/netns/$near" setsid "$B/airgap-verify" session -o "$T/notty" -- true >"$T/notty.out" 2>"$T/notty.err" </dev/null
status=$?
exits notty 0
{
	timeout 60 nsenter --net="/run/netns/$near" "$B/airgap-verify" session -q -o "$T/pipe" -- true 2>"$T/pipe.err"
	echo $? >"$T/pipe.status"
} | true
sleep 0.1
status=$(cat "$T/pipe.status")
: >"$T/pipe.out"
exits pipe 74
says pipe "standard output"
check "pipe: the folder is whole" "$B/airgap-verify" verify -q "$T/pipe"

# 5,000 arguments
set -- $(seq 1 5000)
session many -- sh -c 'echo $#' sh "$@"
exits many 0
says many "5000"
set --

# two interrupts from a terminal: the first is the command's, the second ends the watch
if command -v script >/dev/null; then
	{ sleep 2; printf '\003'; sleep 1; printf '\003'; sleep 4; } |
		timeout 60 nsenter --net="/run/netns/$near" script -qec \
			"$B/airgap-verify session -o $T/interrupt -- sh -c 'trap \"\" INT; sleep 20'" /dev/null >"$T/interrupt.out" 2>&1
	status=$?
	: >"$T/interrupt.err"
	check "interrupt: a report was made" test -s "$T/interrupt/report/report.pdf"
	says interrupt "ending the watch"
	check "interrupt: sealed" "$B/airgap-verify" verify -q "$T/interrupt"
else
	skip interrupt "no script(1)"
fi
