select_lines() {
	while getopts vim:p: option; do
		case $option in
		v) invert=1 ;;
		i) shopt -s nocasematch ;;
		m) max=$OPTARG ;;
		p) prefixes="$prefixes $OPTARG" ;;
		*) return 2 ;;
		esac
	done
	shift $((OPTIND - 1))
	text=$1

	written=0
	while read line; do
		if [ -n "$prefixes" ]; then
			begins=
			for prefix in $prefixes; do
				[[ $line == $prefix* ]] && begins=1
			done
			[ -z "$begins" ] && continue
		fi
		found=
		[[ $line == *$text* ]] && found=1
		if [ "$found" != "$invert" ]; then
			echo "$line"
			written=$((written + 1))
			[ "$written" = "$max" ] && break
		fi
	done
	[ "$written" -gt 0 ]
}
