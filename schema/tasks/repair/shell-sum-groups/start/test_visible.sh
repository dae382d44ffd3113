expect() {
	if [ "$1" != "$2" ]; then
		printf 'got:\n%s\nwanted:\n%s\n' "$1" "$2"
		exit 1
	fi
}

expect "$(printf 'pump;12\nfan;3\npump;-2\n' | bash sums.sh)" $'fan;3\npump;10\ntotal;13'
expect "$(printf 'a b;08\na b;1' | bash sums.sh)" $'a b;9\ntotal;9'
expect "$(printf 'a\\tb;1\n' | bash sums.sh)" $'a\\tb;1\ntotal;1'
expect "$(printf 'x;1\nno number\n' | bash sums.sh 2>&1; echo $?)" $'x;1\ntotal;1\nskipped 1\n1'
