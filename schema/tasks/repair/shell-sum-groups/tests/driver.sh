show() {
	local status
	bash sums.sh >out 2>err 3>&-
	status=$?
	{
		echo "-- status $status $(grep '^skipped ' err)"
		cat out
	} >&3
}

printf 'pump;12\nfan;3\npump;-2\n' | show
printf 'a;08\na;009\na;+10\nb;-08' | show
show </dev/null
printf '\n' | show
printf 'a;1\n\nx\n;\nx;\ny;1a\nz;-\nz;+-1\nz; 1\nz;1 \nz;1.5\nz;0x10\nz;1234567890\nb;2\n' | show
printf ' a;1\na;1\na ;1\na  b;1\n*;1\na\\nb;1\n%%s;1\n-n;1\n$HOME;1\n`id`;1\n"q;1\nit'"'"'s;1\n@;5\n[x];1\na]b;1\n' | show
printf ';1\n;2\n;;3\na;b;4\na;b;5\na;1\n' | show
printf 'x;999999999\nx;999999999\nx;999999999\ny;-999999999\n' | show
printf 'b;1\nB;1\na;1\n_;1\nab;1\na-b;1\na b;1\na;;1\na0;1\na:;1\na~;1\n' | show
printf 'z;5\nz;-5\n' | show
printf 'ü;1\nz;1\n' | show
for ((n = 0; n < 500; n++)); do echo "n$((n % 7));$((n * 37 % 1000 - 500))"; done | show
exit 0
