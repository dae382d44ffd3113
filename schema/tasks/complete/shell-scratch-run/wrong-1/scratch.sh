keep=
name=run
while getopts :kn: option; do
	case $option in
	k) keep=1 ;;
	n)
		case $OPTARG in
		'' | *[!A-Za-z0-9_-]*) exit 64 ;;
		esac
		name=$OPTARG
		;;
	*) exit 64 ;;
	esac
done
shift $((OPTIND - 1))
[ $# -gt 0 ] || exit 64

SCRATCH=$(mktemp -d "$PWD/.scratch-$name.XXXXXX") || exit 70
export SCRATCH
remove() {
	chmod -R u+rwx "$SCRATCH" 2>/dev/null
	rm -rf "$SCRATCH"
}
trap 'remove' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT
trap 'exit 129' HUP
"$@"
status=$?
if [ $status -ne 0 ] && [ -n "$keep" ]; then
	echo "scratch: kept $SCRATCH" >&2
	trap - EXIT
fi
exit $status
