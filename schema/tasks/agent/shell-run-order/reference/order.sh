# To be sourced. find_order [NAME...] sets the array `order`: the tasks to run.
#
# Without names, all tasks are wanted; with names, only these and what they need, and what that needs, and so on. Each task comes after all that it needs. Where several could come next, the one
# that is first in the plan comes next. Status 2 with a message on standard error: "unknown NAME" for the first name (of the arguments, then of the needs of wanted tasks in the plan's order) that is not in the
# plan, or "circle" if there is no order.

find_order() {
	local name need more ready
	local -A wanted=() placed=()
	order=()
	(($# > 0)) || set -- "${names[@]}"
	for name in "$@"; do
		if [[ -z $name || -z ${command[$name]+there} ]]; then
			echo "unknown $name" >&2
			return 2
		fi
		wanted[$name]=1
	done
	more=1
	while [[ -n $more ]]; do
		more=
		for name in "${names[@]}"; do
			[[ -n ${wanted[$name]-} ]] || continue
			for need in ${needs[$name]}; do
				if [[ -z ${wanted[$need]-} && -n ${command[$need]+there} ]]; then
					wanted[$need]=1
					more=1
				fi
			done
		done
	done
	for name in "${names[@]}"; do
		[[ -n ${wanted[$name]-} ]] || continue
		for need in ${needs[$name]}; do
			if [[ -z ${command[$need]+there} ]]; then
				echo "unknown $need" >&2
				return 2
			fi
		done
	done
	while ((${#order[@]} < ${#wanted[@]})); do
		more=
		for name in "${names[@]}"; do
			[[ -n ${wanted[$name]-} && -z ${placed[$name]-} ]] || continue
			ready=1
			for need in ${needs[$name]}; do
				[[ -n ${placed[$need]-} ]] || ready=
			done
			if [[ -n $ready ]]; then
				order+=("$name")
				placed[$name]=1
				more=1
				break
			fi
		done
		if [[ -z $more ]]; then
			echo circle >&2
			return 2
		fi
	done
}
