usage() {
	echo "usage: scratch.sh [-k] [-n NAME] [--] COMMAND [ARGUMENT...]" >&2
	exit 64
}

keep=
name=run
while getopts :kn: option; do
	case $option in
	k) keep=1 ;;
	n)
		LC_ALL=C
		case $OPTARG in
		'' | *[!A-Za-z0-9_-]*) usage ;;
		esac
		name=$OPTARG
		;;
	*) usage ;;
	esac
done
shift $((OPTIND - 1))
(($# > 0)) || usage

signal=
interrupted=
child=
take() {
	signal=${signal:-$1}
	interrupted=1
	if [[ -n $child ]]; then
		kill -s "$1" "$child" 2>/dev/null
	fi
}
for one in TERM INT HUP; do
	trap "take $one" $one
done

scratch=$(mktemp -d ".scratch-$name.XXXXXX") || exit 70
scratch=$PWD/$scratch
remove() {
	chmod -R u+rwX -- "$scratch" 2>/dev/null
	rm -rf -- "$scratch"
}

# A command in the background would have SIGINT ignored and no standard input, but not under job control.
set -m
if [[ -z $signal ]]; then
	SCRATCH=$scratch "$@" <&0 &
	child=$!
	if [[ -n $signal ]]; then
		kill -s "$signal" "$child" 2>/dev/null
	fi
	while :; do
		interrupted=
		wait "$child"
		status=$?
		break
	done
fi

if [[ -n $signal ]]; then
	remove
	trap - "$signal"
	kill -s "$signal" $$
fi
if [[ -n $keep && $status -ne 0 ]]; then
	echo "scratch: kept $scratch" >&2
else
	remove
fi
exit "$status"
