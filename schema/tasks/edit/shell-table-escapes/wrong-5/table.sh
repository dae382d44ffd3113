# To be sourced.

usage() {
	echo "usage: $*" >&2
	exit 2
}

# Sets `escaped` to a field as it is written in a file.
table_escape() {
	escaped=${1//\\/\\\\}
	escaped=${escaped//$'\t'/\\t}
	escaped=${escaped//$'\n'/\\n}
}

# Sets `plain` to a field of a file without its escapes.
table_plain() {
	local rest=$1
	plain=
	while [[ $rest == *\\* ]]; do
		plain+=${rest%%\\*}
		rest=${rest#*\\}
		case $rest in
		t*) plain+=$'\t' rest=${rest#?} ;;
		n*) plain+=$'\n' rest=${rest#?} ;;
		\\*) plain+=\\ rest=${rest#?} ;;
		*) plain+=\\ ;;
		esac
	done
	plain+=$rest
}

# Reads a file: the records as they are in a file of the new form, into `records`, their keys without escapes
# into `keys`.
table_read() {
	local line new= first=1
	records=()
	keys=()
	case $1 in
	/*) table_file=$1 ;;
	*) table_file=./$1 ;;
	esac
	[[ -e $table_file ]] || return 0
	while IFS= read -r line || [[ -n $line ]]; do
		if [[ -n $first && $line == '#table 1' ]]; then
			new=1
			first=
			continue
		fi
		first=
		[[ -n $new ]] || line=${line//\\/\\\\}
		records+=("$line")
		table_plain "${line%%$'\t'*}"
		keys+=("$plain")
	done <"$table_file"
}

# Writes the records to the file that was read.
table_write() {
	local scratch
	scratch=$(mktemp "${table_file%/*}/.table.XXXXXX") || exit 1
	{
		echo '#table 1'
		((${#records[@]} == 0)) || printf '%s\n' "${records[@]}"
	} >"$scratch"
	if [[ -e $table_file ]]; then
		chmod --reference="$table_file" "$scratch"
	else
		chmod 644 "$scratch"
	fi
	mv -f "$scratch" "$table_file"
}

# Sets `at` to the place of the first record with a key; 1: none.
table_find() {
	for at in "${!keys[@]}"; do
		[[ ${keys[at]} != $1 ]] || return 0
	done
	return 1
}
