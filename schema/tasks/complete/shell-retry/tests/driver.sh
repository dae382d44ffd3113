# The command's doings, the messages, and the status.
show() {
	local status
	: >log
	bash retry.sh "$@" >>log 2>messages 3>&- <<<$'first\nsecond\nthird'
	status=$?
	{
		printf -- '--'
		printf ' [%s]' "$@"
		printf '\nstatus %s\n' "$status"
		cat log
		grep '^retry: ' messages
	} >&3
}

cat >tool <<'END'
# Succeeds at the try of that number; before, its status is the other one.
printf 'try %s:' "$RETRY_TRY"
printf ' [%s]' "$@"
echo
[ "$RETRY_TRY" -ge "$1" ] || exit "$2"
END
cat >each <<'END'
# Another status each time.
shift "$RETRY_TRY"
exit "${1:-0}"
END

show bash tool 1 1
show bash tool 2 7
show bash tool 4 7
show -n 1 bash tool 2 7
show -n5 bash tool 5 1
show -qn 2 bash tool 9 9
show -q -n 2 -n 4 -- bash tool 4 9
show bash tool 2 1 'two words' '' '*' -n 5 --
show -q -- bash tool 1 1 -- -q
show -s 1,75 -n 9 bash each 0 1 75 2 1
show -s 1,75 -n 9 bash each 0 1 75 1 1 75
show -s 7 -n 9 bash each 0 75
show -s 75 bash each 0 7 1
show -n 9 bash each 0 1 126 1
show -n 9 -s 126,127 bash each 0 127 126 1
show -q ./missing-command
show -c 'echo between' bash tool 3 1
show -c 'echo between; exit 3' bash tool 3 1
show -c 'echo between' -n 1 bash tool 3 1
show -c 'echo "a  b"; false' -s 5 bash tool 3 4
show -c '' bash tool 2 1
show bash -c 'read -r line; echo "$line"; exit 1'
show bash -c 'exit 255'
show -n 2 bash -c 'kill -9 $$'
show
show -n
show -n 0 true
show -n -1 true
show -qn 08 bash tool 9 1
show -n '' true
show -n 1000000 true
show -n x -n 3 true
show -s '' true
show -s 0 true
show -s 256 true
show -s 1,,2 true
show -s a true
show -s '1 2' true
show -qz true
show -q --
show -- -n
show - x
exit 0
