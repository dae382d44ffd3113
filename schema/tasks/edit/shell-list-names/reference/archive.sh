# archive.sh [-l] TARGET: moves the files whose names it reads into TARGET, and prints how many.
. ./names.sh

take_option "$@" && shift
if [ $# -ne 1 ] || [ ! -d "$1" ]; then
	echo "usage: archive.sh [-l] TARGET" >&2
	exit 2
fi
count=0
status=0
archive() {
	local to=$1/${2##*/}
	if [ -f "$2" ] && [ ! -L "$2" ]; then
		if [ -e "$to" ] || [ -L "$to" ]; then
			printf 'archive.sh: %q is there already\n' "$2" >&2
			status=1
		elif mv -nT -- "$2" "$to"; then
			count=$((count + 1))
		else
			status=1
		fi
	fi
}

target=$1
case $target in
-*) target=./$target ;;
esac
each_name archive "$target"
echo "$count moved"
exit $status
