find_order() {
	local name
	declare -gA state=()
	order=()
	(($# > 0)) || set -- "${names[@]}"
	for name in "$@"; do
		if [[ -z $name || -z ${command[$name]+there} ]]; then
			echo "unknown $name" >&2
			return 2
		fi
	done
	for name in "$@"; do
		visit "$name" || return 2
	done
}

visit() {
	local need
	if [[ -z ${command[$1]+there} ]]; then
		echo "unknown $1" >&2
		return 2
	fi
	case ${state[$1]-} in
	done) return 0 ;;
	open)
		echo circle >&2
		return 2
		;;
	esac
	state[$1]=open
	for need in ${needs[$1]}; do
		visit "$need" || return 2
	done
	state[$1]=done
	order+=("$1")
}
