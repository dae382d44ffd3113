if (($# != 2)) || [[ -d $1 || ! -r $1 ]]; then
	echo "usage: section.sh FILE SECTION" >&2
	exit 2
fi

# Sets `text` to its argument without the blanks at both ends.
trim() {
	text=${1#"${1%%[!$' \t']*}"}
	text=${text%"${text##*[!$' \t']}"}
}

# Of each section what is set ("+value") or removed ("-"), by section, newline, key.
declare -A begun=() parent=() setting=() keys=()
inside=
while IFS= read -r line || [[ -n $line ]]; do
	trim "${line%$'\r'}"
	line=$text
	case $line in
	'' | [\;#]*) ;;
	'['*)
		[[ $line == *']' ]] || continue
		line=${line#[}
		line=${line%]}
		above=
		if [[ $line == *:* ]]; then
			trim "${line#*:}"
			above=$text
			[[ -n $above ]] || continue
		fi
		trim "${line%%:*}"
		case $text$above in
		*[][:]*) continue ;;
		esac
		[[ -n $text ]] || continue
		section=$text
		inside=1
		begun[$section]=1
		if [[ -n $above ]]; then
			parent[$section]=$above
		fi
		;;
	*=*)
		trim "${line%%=*}"
		key=$text
		[[ -n $inside && -n $key ]] || continue
		trim "${line#*=}"
		keys[$key]=1
		case $text in
		'') setting[$section$'\n'$key]=- ;;
		\"*\") setting[$section$'\n'$key]=+${text:1:${#text}-2} ;;
		*) setting[$section$'\n'$key]=+$text ;;
		esac
		;;
	esac
done <"$1"

[[ -n $2 && -n ${begun[$2]-} ]] || exit 1

# The section itself first, then its parents.
chain=()
declare -A visited=()
section=$2
while [[ -n $section && -z ${visited[$section]-} && ${#chain[@]} -lt 2 ]]; do
	visited[$section]=1
	chain+=("$section")
	section=${parent[$section]-}
done

for key in "${!keys[@]}"; do
	for section in "${chain[@]}"; do
		found=${setting[$section$'\n'$key]-}
		[[ -z $found ]] || break
	done
	if [[ $found == +* ]]; then
		printf '%s=%s\n' "$key" "${found:1}"
	fi
done | LC_ALL=C sort -t= -k1,1
exit 0
