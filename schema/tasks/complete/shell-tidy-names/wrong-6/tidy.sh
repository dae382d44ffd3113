if [ $# -ne 1 ] || [ ! -d "$1" ]; then
	echo "usage: tidy.sh FOLDER" >&2
	exit 2
fi
LC_ALL=C
export LC_ALL
shopt -s nullglob
cd -- "$1" || exit 2

# Sets `new`.
tidy() {
	new=${1,,}
	local from=$new to= run=
	while [[ -n $from ]]; do
		if [[ ${from:0:1} == [a-z0-9._-] ]]; then
			to+=${from:0:1}
			run=
		elif [[ -z $run ]]; then
			to+=_
			run=1
		fi
		from=${from:1}
	done
	new=$to
	while [[ $new == [_.-]* ]]; do new=${new:1}; done
	while [[ $new == *_ ]]; do new=${new%_}; done
	new=${new:-unnamed}
}

there() {
	[ -f "./$1" ] || [ -L "./$1" ]
}

status=0
for old in *; do
	tidy "$old"
	[[ $new == "$old" ]] && continue
	stem=$new
	suffix=
	if [[ $new == ?*.* ]]; then
		stem=${new%.*}
		suffix=.${new##*.}
	fi
	for ((n = 2; ; n++)); do
		there "$new" || break
		new=$stem-$n$suffix
	done
	if mv -n -- "./$old" "./$new"; then
		printf '%q -> %q\n' "$old" "$new"
	else
		status=1
	fi
done
exit $status
