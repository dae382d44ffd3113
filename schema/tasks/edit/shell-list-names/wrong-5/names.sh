# To be sourced.

# What ends a name: "" is NUL, as for read -d.
name_end=

# Takes -l off the arguments: use as  take_option "$@" && shift
take_option() {
	[ "${1-}" = -l ] && name_end=$'\n'
}

# Prints a name with its end.
print_name() {
	if [ -n "$name_end" ]; then
		printf '%s\n' "$1"
	else
		printf '%s\0' "$1"
	fi
}

# Runs a command for each name of the input, the name being its last argument.
each_name() {
	local name
	while IFS= read -r -d "$name_end" name || [ -n "$name" ]; do
		"$@" "$name" </dev/null
	done
}

# Sorts names, each of which ends with NUL.
sort_names() {
	LC_ALL=C sort -z
}
