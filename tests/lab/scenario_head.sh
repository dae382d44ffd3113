# SPDX-License-Identifier: Apache-2.0
# The head of the evidence in a second place: another session in the place of one shows, sealed
# by the same key, and so does the same one cut.
mkdir "$T/head"
chmod 711 "$T/head"
install -d -o daemon -m 700 "$T/head/there"
HEADS="$T/head/there/airgap-verify-heads.ndjson"
printf '[seal]\nhead = dir:%s, journald\n' "$T/head/there" >"$T/head/policy.ini"

# headed NAME POLICY -- COMMAND…: a session of an ordinary user, where the lab's stand-in is
# journald; what it heard is added to $T/head/journal
headed() {
	name=head/$1 policy=$2
	shift 3
	install -d -o nobody "$T/$name.d"
	nsenter --net="/run/netns/$near" unshare -m sh -c '
		mount -t tmpfs none /run && mkdir -p /run/systemd/journal
		"$1/lab/journal" /run/systemd/journal/socket >>"$2" & journal=$!
		while [ ! -S /run/systemd/journal/socket ]; do sleep 0.05; done
		B=$1 && cd "$3" && shift 3
		timeout 60 env SUDO_UID="$(id -u nobody)" SUDO_GID="$(id -g nobody)" SUDO_USER=nobody HOME="$PWD" \
			"$B/airgap-verify" session --linger 2s -o s "$@" </dev/null
		status=$?
		kill $journal
		exit $status' sh "$B" "$T/head/journal" "$T/$name.d" --policy "$policy" -- "$@" >"$T/$name.out" 2>"$T/$name.err"
	status=$?
}
# held WANTED WHAT FILE FOLDER: what verify says of a folder beside what a place was told
held() {
	HOME="$T/head" "$B/airgap-verify" verify --head "$3" "$T/$4" >"$T/head/verify.out" 2>&1
	equal "$2" $? "$1"
}
told() { check "$1" grep -q -e "$2" "$T/head/verify.out"; }

headed told "$T/head/policy.ini" -- sleep 1.2
exits head/told 0
equal "head: the file is of the folder's owner" "$(stat -c '%U %a' "$HEADS")" "daemon 600"
equal "head: a beginning and an end were told" "$(grep -c '"state":"open"\|"state":"end"' "$HEADS")" 2
held 0 "head: the folder holds" "$HEADS" head/told.d/s
told "head: what was told is all of it" "begins with the $(stat -c %s "$T/head/told.d/s/evidence.ndjson") bytes"
held 0 "head: beside the journal too" "$T/head/journal" head/told.d/s
told "head: the journal was told as often" "in $(wc -l <"$HEADS") heads"

# another session of the same user and key under the same name
id=$(sed -n '1s/.*"session":"\([0-9a-f]*\).*/\1/p' "$HEADS")
mv "$T/head/told.d/s" "$T/head/told.d/away"
: >"$T/head/none.ini"
headed told "$T/head/none.ini" -- true
exits head/told 0
held 1 "head: one that was never told is none of these" "$HEADS" head/told.d/s
told "head: it is named" "another one was put in its place"
check "head: without the second place it looks as good" "$B/airgap-verify" verify -q "$T/head/told.d/s"
rm -rf "$T/head/told.d/s"
headed told "$T/head/policy.ini" -- true
held 0 "head: one that was told holds" "$HEADS" head/told.d/s
told "head: and the one that is missing is named" "$id"

# all that the place was told of, in a folder of sessions
all() {
	"$B/airgap-verify" verify --all --head "$3" "$T/$4" >"$T/head/verify.out" 2>&1
	equal "$2" $? "$1"
}
all 0 "head: both sessions are in the folder" "dir:$T/head/there" head/told.d
told "head: and are counted" ": 2 sessions, "
all 0 "head: by the journal too" "$T/head/journal" head/told.d
all 1 "head: one is not in a folder with the other alone" "dir:$T/head/there" head/told.d/s
told "head: it is named" "BAD     $id: is not here"
check "head: for programs too" sh -c '"$1" verify --json --all --head "$2" "$3" | grep -q "\"missing_sessions\":\[{\"id\":\"$4\","' sh \
	"$B/airgap-verify" "$HEADS" "$T/head/told.d/s" "$id"
"$B/airgap-verify" verify --head journald "$T/head/told.d/s" >/dev/null 2>"$T/head/verify.out"
equal "head: the journal itself is not read" $? 64
told "head: but told how to" "journalctl -o export"
rm -rf "$T/head/told.d/s" && mv "$T/head/told.d/away" "$T/head/told.d/s"

# cut at a checkpoint, and sealed anew with the same key
cp -R "$T/head/told.d" "$T/head/cut.d"
(
	cd "$T/head/cut.d/s" || exit 1
	rm -rf seal report audit.db HOW_TO_VERIFY.txt
	line=$(grep -n '"kind":"checkpoint"' evidence.ndjson | sed -n '2s/:.*//p')
	head -n "$line" evidence.ndjson >../cut && mv ../cut evidence.ndjson
	HOME="$T/head/cut.d" "$B/airgap-verify" crosscheck . >/dev/null 2>&1
)
HOME="$T/head" "$B/airgap-verify" verify -q "$T/head/cut.d/s"
equal "head: cut and sealed anew it is good in itself" $? 0
held 1 "head: but not beside what was told" "$HEADS" head/cut.d/s
told "head: it was cut" "it was cut"

# a place that is not there, one that is full, one that the session can write to
printf '[seal]\nhead = dir:/nonexistent\n' >"$T/head/missing.ini"
headed missing "$T/head/missing.ini" -- true
exits head/missing 2
says head/missing "The head of the evidence was not told to dir:/nonexistent"
mkdir "$T/head/small" && mount -t tmpfs -o size=4k,mode=700,uid="$(id -u daemon)" none "$T/head/small"
head -c 3700 /dev/zero | tr '\0' '\n' >"$T/head/small/airgap-verify-heads.ndjson"
printf '[seal]\nhead = dir:%s\n' "$T/head/small" >"$T/head/full.ini"
headed full "$T/head/full.ini" -- sleep 2.2
umount "$T/head/small"
exits head/full 2
says head/full "all along"
install -d -o nobody "$T/head/own"
printf '[seal]\nhead = dir:%s\n' "$T/head/own" >"$T/head/own.ini"
headed own "$T/head/own.ini" -- true
exits head/own 0
equal "head/own: it is told that this proves nothing" "$(ask head/own.d/s "SELECT effect FROM finding WHERE check_id = 'second_place'")" NOTE
