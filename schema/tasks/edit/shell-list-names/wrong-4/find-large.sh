# find-large.sh [-l] FOLDER SIZE [PATTERN]...: prints the files below FOLDER with at least SIZE bytes.
. ./names.sh

take_option "$@" && shift
if [ $# -lt 2 ] || [ ! -d "$1" ]; then
	echo "usage: find-large.sh [-l] FOLDER SIZE [PATTERN]..." >&2
	exit 2
fi
folder=$1
size=$2
shift 2

# find takes a folder that begins with - for an option
case $folder in
-*)
	start=./$folder
	cut=./
	;;
*)
	start=$folder
	cut=
	;;
esac
find "$start" -type f -printf '%s %p\0' | while IFS= read -r -d '' entry; do
	name=${entry#* }
	name=${name#"$cut"}
	[ "${entry%% *}" -ge "$size" ] || continue
	if [ $# -gt 0 ]; then
		matches=
		for pattern in "$@"; do
			[[ ${name##*/} == $pattern ]] && matches=1
		done
		[ -n "$matches" ] || continue
	fi
	printf '%s\0' "$name"
done | sort_names | while IFS= read -r -d '' name; do
	print_name "$name"
done
