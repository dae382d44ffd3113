if [ $# -eq 0 ]; then
	exit 2
fi
common=$1
for path in "$@"; do
	case $common$path in
	/*) ;;
	esac
	while [ "${path#"$common"}" = "$path" ] && [ -n "$common" ]; do
		common=${common%?}
	done
done
common=${common%/}
if [ -z "$common" ]; then
	case $1 in
	/*) common=/ ;;
	*) common=. ;;
	esac
fi
printf '%s\n' "$common"
