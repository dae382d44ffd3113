usage() {
	echo "usage: retry.sh [-q] [-n COUNT] [-s STATUSES] [-c COMMAND] [--] COMMAND [ARGUMENT...]" >&2
	exit 64
}

count=3
statuses=
between=
has_between=
quiet=
while [[ $1 == -* ]]; do
	option=${1#-}
	OPTARG=$2
	shift
	[[ $option == - ]] && break
	case $option in n | s | c) shift ;; esac
	case $option in
	n)
		[[ $OPTARG =~ ^[0-9]{1,6}$ ]] && ((10#$OPTARG > 0)) || usage
		count=$((10#$OPTARG))
		;;
	s)
		[[ $OPTARG =~ ^[0-9]{1,3}(,[0-9]{1,3})*$ ]] || usage
		statuses=,
		for status in ${OPTARG//,/ }; do
			((10#$status >= 1 && 10#$status <= 255)) || usage
			statuses+=$((10#$status)),
		done
		;;
	c)
		between=$OPTARG
		has_between=1
		;;
	q) quiet=1 ;;
	*) usage ;;
	esac
done
(($# > 0)) || usage

for ((try = 1; ; try++)); do
	RETRY_TRY=$try
	export RETRY_TRY
	"$@"
	status=$?
	((status == 0)) && exit 0
	if [[ -z $quiet ]]; then
		echo "retry: try $try of $count: status $status" >&2
	fi
	((try < count)) || exit $status
	if [[ -n $statuses ]]; then
		[[ $statuses == *,$status,* ]] || exit $status
	elif ((status == 126 || status == 127)); then
		exit $status
	fi
	if [[ -n $has_between ]]; then
		bash -c "$between" || exit $status
	fi
done
