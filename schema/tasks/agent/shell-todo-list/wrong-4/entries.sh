# To be sourced: the entries in todo.txt.

# Sets `entries` to the lines of the file.
read_entries() {
	entries=()
	[ ! -e todo.txt ] || mapfile -t entries <todo.txt
}

write_entries() {
	{
		[ ${#entries[@]} -eq 0 ] || printf '%s\n' "${entries[@]}"
	} >todo.new
	mv todo.new todo.txt
}

add_entry() {
	read_entries
	printf -- '- %s\n' "$1" >>todo.txt
	printf '%d: %s\n' $((${#entries[@]} + 1)) "$1"
}

list_entries() {
	local i text mark word=${1,,}
	read_entries
	for i in "${!entries[@]}"; do
		text=${entries[i]:2}
		[[ ${text,,} == *"$word"* ]] || continue
		mark=' '
		[[ ${entries[i]} == -* ]] || mark=x
		printf '%d: [%s] %s\n' $((i + 1)) "$mark" "$text"
	done
}

mark_entries() {
	local mark=$1 n
	shift
	read_entries
	for n in "$@"; do
		[[ $n =~ ^[0-9]{1,9}$ ]] && ((10#$n >= 1 && 10#$n <= ${#entries[@]})) || return 1
	done
	for n in "$@"; do
		n=$((10#$n - 1))
		entries[n]=$mark${entries[n]:1}
	done
	write_entries
}

clear_entries() {
	local i
	read_entries
	for i in "${!entries[@]}"; do
		[[ ${entries[i]} != *x* ]] || unset "entries[i]"
	done
	[ ! -e todo.txt ] || write_entries
}
