# To be sourced.

# Runs a command for each name of the input, the name being its last argument.
each_name() {
	while read name; do
		"$@" "$name"
	done
}

# Sorts names.
sort_names() {
	LC_ALL=C sort
}
