usage() {
	echo "usage: rotate.sh FILE COPIES" >&2
	exit 2
}

[ $# -eq 2 ] && [ -f "$1" ] || usage
case $2 in
[1-9] | [0-9][0-9]) copies=$(($2)) ;;
*) usage ;;
esac
[ "$copies" -ge 1 ] || usage

file=$1
case $file in
/*) ;;
*) file=./$file ;;
esac

for old in "$file".*; do
	number=${old#"$file".}
	case $number in
	*[!0-9]* | 0*) continue ;;
	esac
	if [ -f "$old" ] && { [ ${#number} -gt 2 ] || [ "$number" -ge "$copies" ]; }; then
		rm -f -- "$old"
	fi
done
for ((n = copies - 1; n >= 1; n--)); do
	if [ -f "$file.$n" ]; then
		mv -f -- "$file.$n" "$file.$((n + 1))"
	fi
done
cp -p -- "$file" "$file.1"
