select_lines() {
	local OPTIND=1 OPTARG option IFS=$' \t\n'
	local invert= fold= max= prefixes=() text line found written=0 prefix begins

	while getopts :vim:p: option; do
		case $option in
		v) invert=1 ;;
		i) fold=1 ;;
		m)
			case $OPTARG in
			'' | *[!0-9]*)
				echo "select_lines: -m wants a number" >&2
				return 2
				;;
			esac
			max=$((10#$OPTARG))
			;;
		p) prefixes+=("$OPTARG") ;;
		*)
			echo "select_lines: unknown option or missing value: -$OPTARG" >&2
			return 2
			;;
		esac
	done
	shift $((OPTIND - 1))
	if [ $# -ne 1 ]; then
		echo "usage: select_lines [-v] [-i] [-m MAX] [-p PREFIX]... [--] TEXT" >&2
		return 2
	fi
	text=$1
	[ -z "$fold" ] || text=${text,,}

	while [ -z "$max" ] || [ "$written" -lt "$max" ]; do
		IFS= read -r line || [ -n "$line" ] || break
		begins=
		for prefix in ${prefixes[*]-}; do
			case $line in
			"$prefix"*) begins=1 ;;
			esac
		done
		[ ${#prefixes[@]} -eq 0 ] || [ -n "$begins" ] || continue
		found=
		if [ -n "$fold" ]; then
			[[ ${line,,} == *"$text"* ]] && found=1
		else
			[[ $line == *"$text"* ]] && found=1
		fi
		if [ "$found" != "$invert" ]; then
			printf '%s\n' "$line"
			written=$((written + 1))
		fi
	done
	[ "$written" -gt 0 ]
}
