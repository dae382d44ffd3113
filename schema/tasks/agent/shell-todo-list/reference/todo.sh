. ./entries.sh

usage() {
	echo "todo.sh: $*" >&2
	exit 2
}

[ $# -gt 0 ] || usage "no command"
command=$1
shift

case $command in
add)
	IFS=' '
	text=${*//$'\n'/ }
	[[ $text =~ [^[:blank:]] ]] || usage "no text"
	add_entry "$text"
	;;
list)
	[ $# -le 1 ] || usage "too many words"
	list_entries "${1-}"
	;;
done | undo)
	[ $# -gt 0 ] || usage "no number"
	if [ "$command" = done ]; then
		mark_entries x "$@"
	else
		mark_entries - "$@"
	fi
	;;
clear)
	[ $# -eq 0 ] || usage "too many words"
	clear_entries
	;;
*)
	usage "unknown command: $command"
	;;
esac
