# archive.sh TARGET: moves the files whose names it reads into TARGET, and prints how many.
. ./names.sh

if [ $# -ne 1 ] || [ ! -d "$1" ]; then
	echo "usage: archive.sh TARGET" >&2
	exit 2
fi
count=0
archive() {
	if [ -f $2 ] && [ ! -L $2 ]; then
		mv $2 $1
		count=$((count + 1))
	fi
}

each_name archive $1
echo "$count moved"
