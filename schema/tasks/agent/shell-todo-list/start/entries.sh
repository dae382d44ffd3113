# To be sourced: the entries in todo.txt.

add_entry() {
	echo "- $*" >>todo.txt
	echo "$(wc -l <todo.txt): $*"
}

list_entries() {
	n=1
	grep -i "$1" todo.txt | while read mark text; do
		if [ $mark = x ]; then
			echo "$n: [x] $text"
		else
			echo "$n: [ ] $text"
		fi
		n=$((n + 1))
	done
}

mark_entries() {
	mark=$1
	shift
	for n in $*; do
		sed -i "${n}s/./$mark/" todo.txt || return 1
	done
}

clear_entries() {
	grep -v x todo.txt >todo.new
	mv todo.new todo.txt
}
