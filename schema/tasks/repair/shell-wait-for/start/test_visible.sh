. ./lib.sh

expect() {
	if [ "$1" != "$2" ]; then
		printf 'line %s: got [%s], wanted [%s]\n' "${BASH_LINENO[0]}" "$1" "$2"
		failed=1
	fi
}

failed=0
printf 'a fan\nA PUMP\n  a\\pump\npump*\n' >try.txt
select_lines -i pump <try.txt >out
expect "$(cat out)" $'A PUMP\n  a\\pump\npump*'
select_lines pump <try.txt >out
expect "$(cat out)" $'  a\\pump\npump*'
select_lines -m 1 -p a -p pump '' <try.txt >out
expect "$(cat out)" 'a fan'
select_lines '*' <try.txt >out
expect "$(cat out)" 'pump*'
select_lines -v -- a <try.txt >out
expect "$(cat out)" $'A PUMP\npump*'
select_lines nowhere <try.txt >out
expect $? 1
select_lines -m <try.txt >out 2>&1
expect $? 2
expect "${line-unset} ${prefixes-unset}" 'unset unset'
rm -f try.txt out
exit $failed
