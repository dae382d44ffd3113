if [ $# -eq 0 ]; then
	echo "usage: join.sh SEPARATOR [WORD...]" >&2
	exit 2
fi
separator=$1
shift
between=
for word in "$@"; do
	printf "$between$word"
	between=$separator
done
printf '\n'
