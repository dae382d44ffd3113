# SPDX-License-Identifier: Apache-2.0
# The head of the evidence in a register of a TPM (swtpm, as an ordinary user): another session in the
# place of one shows, and one that was cut; a log that was edited, a register that somebody else
# extended and a TPM that was started anew prove nothing, and are told.
TPM="$T/tpm/tpm"
HEADS="$T/tpm/there/airgap-verify-pcr13.ndjson"
PLACE="tpm:$T/tpm/there:$TPM"

start_tpm() {
	rm -f "$TPM"
	# its own words are no output of ours
	setpriv --pdeathsig KILL --reuid=daemon --regid=daemon --clear-groups swtpm socket --tpm2 --tpmstate "dir=$T/tpm/state" \
		--server "type=unixio,path=$TPM" --flags not-need-init,startup-clear >/dev/null 2>&1 &
	tpm=$!
	for _ in $(seq 200); do
		python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).connect(sys.argv[1])' "$TPM" 2>/dev/null && return 0
		sleep 0.05
	done
	return 1
}
stop_tpm() {
	kill "$tpm"
	wait "$tpm" 2>/dev/null
}

# extend: what somebody else might: a digest of ones
extend() {
	python3 - "$TPM" <<-'END'
		import socket, sys
		s = socket.socket(socket.AF_UNIX)
		s.connect(sys.argv[1])
		s.send(bytes.fromhex("800200000041000001820000000d00000009400000090000000000" "00000001000b" + "11" * 32))
		sys.exit(s.recv(4096)[6:10] != bytes(4))
	END
}

# held WANTED WHAT FOLDER: what verify says of a folder beside what the register was told
held() {
	HOME="$T/tpm" "$B/airgap-verify" verify --head "$PLACE" "$T/$3" >"$T/tpm/verify.out" 2>&1
	equal "$2" $? "$1"
}
told() { check "$1" grep -q -e "$2" "$T/tpm/verify.out"; }

# all WANTED WHAT FOLDER…: are all sessions that it was told of in these?
all() {
	wanted=$1 what=$2
	shift 2
	(cd "$T/tpm" && "$B/airgap-verify" verify --all --head "$PLACE" "$@") >"$T/tpm/verify.out" 2>&1
	equal "$what" $? "$wanted"
}

# says_of_it WHAT PATTERN: the doctor, with that policy as the user's own
says_of_it() {
	mkdir -p "$T/tpm/home/airgap-verify" && cp "$T/tpm/policy.ini" "$T/tpm/home/airgap-verify/"
	XDG_CONFIG_HOME="$T/tpm/home" "$B/airgap-verify" doctor >"$T/tpm/doctor" 2>/dev/null
	check "$1" grep -q -e "$2" "$T/tpm/doctor"
}

tpm_scenario() {
	theirs tpm/told --policy "$T/tpm/policy.ini" -- sleep 1.2
	exits tpm/told 0
	equal "tpm: the log is of the folder's owner" "$(stat -c '%U %a' "$HEADS")" "daemon 600"
	equal "tpm: a beginning and an end were told" "$(grep -c '"state":"open"\|"state":"end"' "$HEADS")" 2
	equal "tpm: nobody of the session can change it" "$(ask tpm/told.d/s "SELECT count(*) FROM finding WHERE check_id = 'second_place'")" 0
	held 0 "tpm: the folder holds" tpm/told.d/s
	told "tpm: what was told is all of it" "begins with the $(stat -c %s "$T/tpm/told.d/s/evidence.ndjson") bytes"
	told "tpm: the register vouches for it" "among the $(wc -l <"$HEADS") lines from line 1 "
	theirs tpm/second --policy "$T/tpm/policy.ini" -- true
	exits tpm/second 0
	held 0 "tpm: the first one holds beside another" tpm/told.d/s
	told "tpm: in one row" "among the $(wc -l <"$HEADS") lines from line 1 "

	all 0 "tpm: both sessions are here" told.d second.d
	told "tpm: of all that the register was told" "lead to what register 13 of the TPM holds"
	all 1 "tpm: one of them alone is not all" second.d

	# the user of the session cannot end what tells it
	theirs tpm/killing --policy "$T/tpm/policy.ini" -- sh -c 'p=$(pgrep -n -x airgap-tpm)
		grep -E "^(Uid|CapPrm|NoNewPrivs|Seccomp):" /proc/$p/status >status; kill -9 "$p" && exit 9; sleep 1.2'
	exits tpm/killing 0
	equal "tpm: it has no rights" "$(tr -s '\t\n' ' ' <"$T/tpm/killing.d/status")" \
		"Uid: $(id -u daemon) $(id -u daemon) $(id -u daemon) $(id -u daemon) CapPrm: 0000000000000000 NoNewPrivs: 1 Seccomp: 2 "
	held 0 "tpm: nor was it told less" tpm/killing.d/s

	# where the log is the user's own, so is the process: killed, it is missed
	install -d -o nobody "$T/tpm/own"
	printf '[seal]\nhead = tpm:%s:%s:14\n' "$T/tpm/own" "$TPM" >"$T/tpm/own.ini"
	theirs tpm/weak --policy "$T/tpm/own.ini" -- sh -c 'kill -9 $(pgrep -n -x airgap-tpm) || exit 9; sleep 1.5'
	exits tpm/weak 2
	says tpm/weak "all along"

	# a whole, sealed session in the place of another
	mv "$T/tpm/told.d/s" "$T/tpm/told.d/away"
	: >"$T/tpm/none.ini"
	theirs tpm/told --policy "$T/tpm/none.ini" -- true
	exits tpm/told 0
	check "tpm: another one is good in itself" "$B/airgap-verify" verify -q "$T/tpm/told.d/s"
	held 1 "tpm: but it was never told" tpm/told.d/s
	told "tpm: that is said" "another one was put in its place"
	rm -rf "$T/tpm/told.d/s" && mv "$T/tpm/told.d/away" "$T/tpm/told.d/s"

	# the last checkpoints rolled back, and sealed anew with the same key
	cp -R "$T/tpm/told.d" "$T/tpm/cut.d"
	(
		cd "$T/tpm/cut.d/s" || exit 1
		rm -rf seal report audit.db HOW_TO_VERIFY.txt
		line=$(grep -n '"kind":"checkpoint"' evidence.ndjson | sed -n '2s/:.*//p')
		head -n "$line" evidence.ndjson >../cut && mv ../cut evidence.ndjson
		HOME="$T/tpm/cut.d" "$B/airgap-verify" crosscheck . >/dev/null 2>&1
	)
	held 1 "tpm: a session that was cut is found" tpm/cut.d/s
	told "tpm: it was cut" "it was cut"

	# and the log made to fit it
	cp "$HEADS" "$T/tpm/kept"
	grep -v '"state":"end"' "$T/tpm/kept" >"$HEADS"
	held 2 "tpm: a log that was edited proves nothing" tpm/told.d/s
	told "tpm: that is said, too" "a line of it was changed, added or removed"
	id=$(sed -n '2s/.*"session":"\([0-9a-f]*\).*/\1/p' "$T/tpm/kept")
	grep -v "$id" "$T/tpm/kept" >"$HEADS"
	held 1 "tpm: nor is a session that was taken out of it good" tpm/told.d/s
	: >"$HEADS"
	HOME="$T/tpm" "$B/airgap-verify" verify -q --head "$PLACE" "$T/tpm/told.d/s" 2>/dev/null
	equal "tpm: without its log nothing is told" $? 66
	cp "$T/tpm/kept" "$HEADS"
	held 0 "tpm: put back it holds" tpm/told.d/s

	# something else extends the register
	check "tpm: somebody else extends the register" extend
	held 2 "tpm: then it proves nothing" tpm/told.d/s
	told "tpm: for it cannot be told apart" "which cannot be told apart"
	theirs tpm/behind --policy "$T/tpm/policy.ini" -- true
	exits tpm/behind 0
	held 0 "tpm: from the next session on it does again" tpm/behind.d/s
	held 2 "tpm: not of those before" tpm/told.d/s
	told "tpm: which is told with its line" "stand in front of line"

	# the machine is started anew
	stop_tpm && start_tpm
	held 2 "tpm: nor once it was started anew" tpm/behind.d/s
	told "tpm: which its own count tells" "the TPM was reset since"
	theirs tpm/anew --policy "$T/tpm/policy.ini" -- true
	held 0 "tpm: a session after that holds" tpm/anew.d/s
	says_of_it "tpm: doctor sees it" "^TPM  *$TPM answers, for register 13$"
	chmod 700 "$TPM" # as a device is that only some may use
	check "tpm: doctor tells who may not use it" sh -c 'setpriv --reuid=nobody --regid=nogroup --clear-groups env XDG_CONFIG_HOME="$1" \
		"$2" doctor | grep -q "^TPM  *does not work.*run with sudo, or be in the group that may use it"' sh "$T/tpm/home" "$B/airgap-verify"
	stop_tpm
	says_of_it "tpm: doctor sees it no more" "^TPM  *does not work, and the policy names it: $TPM: "
	theirs tpm/gone --policy "$T/tpm/policy.ini" -- true
	exits tpm/gone 2
	says tpm/gone "The head of the evidence was not told to tpm:"
	held 2 "tpm: without a TPM verify cannot tell" tpm/anew.d/s
	told "tpm: and says why" "whether the TPM vouches for it is not known"
}

install -d -o daemon -m 755 "$T/tpm"
install -d -o daemon -m 700 "$T/tpm/there" "$T/tpm/state"
printf '[seal]\nhead = %s\n' "$PLACE" >"$T/tpm/policy.ini"
if ! command -v swtpm >/dev/null; then
	skip tpm "swtpm is not installed (packaging/deps.sh --peers)"
elif start_tpm; then
	tpm_scenario
else
	not_ok "tpm: swtpm did not start"
fi
