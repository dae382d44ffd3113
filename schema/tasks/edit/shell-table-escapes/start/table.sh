# To be sourced.

usage() {
	echo "usage: $*" >&2
	exit 2
}

# Prints the fields of the record with a key, separated by tabs; 1: none.
table_find() {
	grep "^$2	" "$1"
}

# Adds a record.
table_add() {
	local file=$1 line
	shift
	line=$1
	shift
	for field in "$@"; do
		line="$line	$field"
	done
	echo "$line" >>"$file"
}
