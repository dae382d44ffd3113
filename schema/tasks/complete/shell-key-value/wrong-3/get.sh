if [ $# -ne 2 ]; then
	echo "usage: get.sh FILE KEY" >&2
	exit 2
fi
if [ ! -f "$1" ] || [ ! -r "$1" ]; then
	echo "get.sh: $1 cannot be read" >&2
	exit 2
fi

found=1
while IFS= read -r line; do
	case $line in
	*=*) ;;
	*) continue ;;
	esac
	key=${line%%=*}
	key=${key#"${key%%[!$' \t']*}"}
	key=${key%"${key##*[!$' \t']}"}
	case $key in
	'#'*) continue ;;
	esac
	if [ "$key" = "$2" ]; then
		value=${line#*=}
		found=0
	fi
done <"$1"
if [ $found -eq 0 ]; then
	printf '%s\n' "$value"
fi
exit $found
