set -m # so that SIGINT is not ignored in what is started in the background

folders() {
	local name
	for name in .scratch-*; do
		[ -e "$name" ] && printf 'there: %s\n' "${name%.*}" >&3
	done
}

show() {
	local status
	bash scratch.sh "$@" >out 2>err 3>&-
	status=$?
	{
		printf -- '--'
		printf ' [%s]' "$@"
		printf '\nstatus %s\n' "$status"
		cat out
		grep '^scratch: kept' err | sed "s|$PWD|HERE|; s|\.[^.]*\$|.X|"
	} >&3
	folders
	chmod -R u+rwX .scratch-* 2>/dev/null
	rm -rf .scratch-*
}

# Sends the signals, one by one, once the command is there. xargs tells a killed command from one that only says so.
signal() {
	local signals=$1 one pid status n
	shift
	rm -f ready pid log
	xargs -a /dev/null bash -c 'echo $$ >pid; exec bash scratch.sh "$@"' - "$@" >out 2>err 3>&- &
	for ((n = 0; n < 200; n++)); do
		[ -e ready ] && break
		sleep 0.01
	done
	read -r pid <pid
	for one in $signals; do
		kill -s "$one" "$pid"
		sleep 0.05
	done
	wait $!
	status=$?
	{
		printf -- '-- %s\nstatus %s %s\n' "$signals" "$status" "$(grep -o 'signal [0-9]*' err)"
		cat out
		[ -e log ] && cat log
	} >&3
	folders
	chmod -R u+rwX .scratch-* 2>/dev/null
	rm -rf .scratch-*
}

cat >inside <<'END'
[ -d "$SCRATCH" ] && [ "${SCRATCH%/.scratch-*}" = "$PWD" ] && echo "$(ls -A "$SCRATCH" | wc -l) in ${SCRATCH##*/}" | sed 's/\.[^.]*$//'
mkdir -p "$SCRATCH/a b/c"
echo x >"$SCRATCH/a b/c/file"
chmod 500 "$SCRATCH/a b/c" "$SCRATCH/a b"
exit "${1:-0}"
END
cat >waits <<'END'
# Takes a signal, has something to do then, and ends well.
trap 'echo got TERM >>log; late' TERM
trap 'echo got INT >>log; late' INT
trap 'echo got HUP >>log; late' HUP
late() {
	sleep 0.15
	[ -d "$SCRATCH" ] && echo still there >>log
	exit "$status"
}
status=${1:-0}
: >ready
sleep 1 &
wait
echo end >>log
END

show bash inside
show bash inside 7
show -n my_job-2 bash inside
show -nx -- bash inside 3
show -k bash inside
show -k bash inside 9
show -kn name bash inside 1
show printf '[%s]' a 'b  c' '' '*' -k '$HOME'
show bash -c 'read -r a; read -r b; echo "$b"' <<<$'one\ntwo'
show bash -c 'rm -rf "$SCRATCH"; exit 5'
show bash -c 'kill -KILL $$'
show bash -c 'exit 255'
show ./missing
show ./inside
show
show -n
show -n '' true
show -n a/b true
show -n 'a b' true
show -z true
show --
show -- -x
signal TERM bash waits
signal INT bash waits 3
signal HUP -k bash waits 3
signal TERM bash -c ': >ready; exec sleep 1'
signal INT bash -c ': >ready; exec sleep 1'
signal 'TERM HUP INT' bash -c 'trap "" HUP INT; trap "sleep 0.2; echo late; exit 4" TERM; : >ready; sleep 1 & wait'
exit 0
