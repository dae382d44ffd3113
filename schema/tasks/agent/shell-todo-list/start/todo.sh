. ./entries.sh

command=$1
shift

case $command in
add)
	add_entry $*
	;;
list)
	list_entries $1
	;;
done)
	mark_entries x $*
	;;
undo)
	mark_entries - $*
	;;
clear)
	clear_entries
	;;
*)
	echo "todo.sh: unknown command: $command"
	;;
esac
