expect() {
	if [ "$1" != "$2" ]; then
		printf 'got:\n%s\nwanted:\n%s\n' "$1" "$2"
		exit 1
	fi
}

printf '%s\n' 'first' 'a*b' '  three' '' 'five \n' 'six' 'aab' 'eight' 'nine' 'ten' >try.txt
expect "$(bash window.sh try.txt 2-3 9)" $' 2:a*b\n 3:  three\n--\n 9:nine'
expect "$(bash window.sh try.txt '/a*b/+1' -2)" $' 1:first\n 2:a*b\n 3:  three\n--\n 9:nine\n10:ten'
expect "$(bash window.sh try.txt 8- 5 08)" $' 5:five \\n\n--\n 8:eight\n 9:nine\n10:ten'
expect "$(bash window.sh try.txt 20; echo $?)" 1
expect "$(bash window.sh try.txt 3-2 2>/dev/null; echo $?)" 2
rm -f try.txt
