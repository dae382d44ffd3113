if [ $# -eq 0 ]; then
	echo "usage: join.sh SEPARATOR [WORD...]" >&2
	exit 2
fi
separator=$1
shift
if [ $# -eq 0 ]; then
	echo
	exit
fi
all=$1
shift
for word in "$@"; do
	all=$all$separator$word
done
echo "$all"
