if [ $# -eq 0 ]; then
	echo "usage: join.sh SEPARATOR [WORD...]" >&2
	exit 2
fi
separator=$1
shift
all=
for word in "$@"; do
	all+=$word$separator
done
printf '%s\n' "${all%$separator}"
