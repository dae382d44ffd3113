# SPDX-License-Identifier: Apache-2.0
# A capture that goes on in other files: they are one, and one that is missing, swapped, there
# twice, cut or made by somebody else is named. docs/security.md names some of these sessions.
printf '[capture]\nrotate_size = 16KiB\nrotate_after = 0\n' >"$T/rotate.ini"
cat >"$T/rotate.py" <<'PY'
import socket, time
server = socket.create_server(("127.0.0.1", 0))
for turn in range(40):
    with socket.create_connection(server.getsockname()):
        server.accept()[0].close()
    time.sleep(0.05)
PY
talk="python3 '$T/rotate.py'"

# somebody else's file lies where the second one would: the first goes on
meanwhile theirs rotate-squatted --policy "$T/rotate.ini" -- sh -c "cp s/capture.pcapng s/capture-2.pcapng; $talk"

# no other file can be made meanwhile
mkdir "$T/rotate-room"
mount -t tmpfs -o size=50m,nr_inodes=300 tmpfs "$T/rotate-room"
folder_of_session=$T/rotate-room/s
meanwhile session rotate-full --policy "$T/rotate.ini" -- sh -c "turn=0
	while true >'$T/rotate-room/fill-'\$turn; do turn=\$((turn + 1)); done 2>/dev/null; $talk; rm '$T/rotate-room/fill-'*"
folder_of_session=

session rotated --policy "$T/rotate.ini" -- sh -c "$talk"
exits rotated 0
files=$(ask rotated "SELECT count(*) FROM v_capture WHERE state = 'whole'")
check "rotated: several files ($files)" test "$files" -ge 3
equal "rotated: all of them are there" "$(find "$T/rotated" -name 'capture*.pcapng' | wc -l)" "$files"
equal "rotated: every packet that was written was read" "$(ask rotated "SELECT records FROM source WHERE reader = 'pcapng'")" \
	"$(grep '"kind":"packets"' "$T/rotated/evidence.ndjson" | tail -n 1 | sed 's/.*"written":\([0-9]*\).*/\1/')"
check "rotated: each is a whole capture" "$B/airgap-verify" ingest -q --db "$T/rotate-alone.db" "$T/rotated/capture-2.pcapng"
equal "rotated: and nothing in it is unread" "$(sqlite3 "$T/rotate-alone.db" "SELECT count(*) FROM skipped")" 0
check "rotated: verify" "$B/airgap-verify" verify -q "$T/rotated"
check "rotated: reproduce" "$B/airgap-verify" reproduce -q "$T/rotated"
equal "rotated: the manifest tells what they are" \
	"$(grep -o '"path":"capture-2.pcapng"[^}]*"what":"packets"' "$T/rotated/seal/manifest.json" | wc -l)" 1
check "rotated: bundle" "$B/airgap-verify" bundle -q "$T/rotated" -o "$T/rotated.zip"
check "rotated: the bundle verifies" "$B/airgap-verify" verify -q "$T/rotated.zip"

# many packets while it goes on in one file after the other
cat >"$T/rotate-many.py" <<'PY'
import socket, time
sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
sink.bind(("127.0.0.1", 0))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(sink.getsockname())
for turn in range(60000):
    s.send(b"x" * 100)
    if turn % 1000 == 0:
        time.sleep(0.02)
PY
session rotate-many --rotate-size 64KiB -- python3 "$T/rotate-many.py"
exits rotate-many 0
equal "rotate-many: each packet is in one file, and in one alone" "$(ask rotate-many "SELECT max(packets_out) FROM v_flow WHERE proto = 'udp'")" 60000
check "rotate-many: which are several" test "$(ask rotate-many "SELECT count(*) FROM v_capture WHERE state = 'whole'")" -ge 4

# redacted: as many files, of other bytes
check "rotated: redact" "$B/airgap-verify" redact -q "$T/rotated" -o "$T/rotate-redacted"
equal "rotate-redacted: as many files" "$(find "$T/rotate-redacted" -name 'capture*.pcapng' | wc -l)" "$files"
equal "rotate-redacted: none of them is told to be another one" "$(ask rotate-redacted "SELECT group_concat(DISTINCT state) FROM v_capture")" whole

# spoiled NAME COMMAND: a copy of it in which COMMAND was done
spoiled() {
	cp -a "$T/rotated" "$T/$1"
	(cd "$T/$1" && eval "$2")
}

# under the seal
spoiled rotate-sealed "mv capture-2.pcapng x; mv capture-3.pcapng capture-2.pcapng; mv x capture-3.pcapng"
"$B/airgap-verify" verify "$T/rotate-sealed" >"$T/rotate-sealed.out" 2>&1
equal "rotate-sealed: verify says so" $? 1
check "rotate-sealed: verify names both" sh -c "grep -q capture-2.pcapng '$T/rotate-sealed.out' && grep -q capture-3.pcapng '$T/rotate-sealed.out'"

# before it was sealed: NAME COMMAND PATTERN
unsealed() {
	spoiled "$1" "rm -r seal report audit.db HOW_TO_VERIFY.txt; $2"
	"$B/airgap-verify" crosscheck "$T/$1" >"$T/$1.out" 2>"$T/$1.err" </dev/null
	status=$?
	exits "$1" 2
	says "$1" "$3"
}
unsealed rotate-missing "rm capture-2.pcapng" "A file of the capture is missing: capture-2.pcapng"
unsealed rotate-swapped "mv capture-2.pcapng x; mv capture-3.pcapng capture-2.pcapng; mv x capture-3.pcapng" \
	"is not the one that was written: capture-2.pcapng It is what capture-3.pcapng was"
unsealed rotate-twice "cp capture-2.pcapng capture-$((files + 1)).pcapng" \
	"is in no record: capture-$((files + 1)).pcapng It is what capture-2.pcapng was"
unsealed rotate-cut "truncate -s -10 capture-2.pcapng" "is not the one that was written: capture-2.pcapng Its bytes"
check "rotate-missing: a hole in the coverage" test "$(ask rotate-missing "SELECT lost > 0 FROM v_coverage WHERE witness = 'capture' AND state = 'lost'")" -eq 1

all_ended
ended rotate-squatted 2
says rotate-squatted "is in no record: capture-2.pcapng"
equal "rotate-squatted: the first file goes on, and has all" "$(sqlite3 "$T/rotate-squatted.d/s/audit.db" \
	"SELECT count(*), min(path), min(packets) > 100 FROM v_capture WHERE state = 'whole'")" "1|capture.pcapng|1"
equal "rotate-squatted: the collector says why" "$(sqlite3 "$T/rotate-squatted.d/s/audit.db" \
	"SELECT state FROM witness_part WHERE witness = 'packets' AND part = 'files'")" degraded
ended rotate-full 0
equal "rotate-full: the first file goes on, and has all" "$(sqlite3 "$T/rotate-room/s/audit.db" \
	"SELECT count(*), min(path), min(packets) > 100 FROM v_capture WHERE state = 'whole'")" "1|capture.pcapng|1"
equal "rotate-full: the collector says why" "$(sqlite3 "$T/rotate-room/s/audit.db" \
	"SELECT detail LIKE '%capture-2.pcapng%No space left%' FROM witness_part WHERE witness = 'packets' AND part = 'files'")" 1
umount "$T/rotate-room"
