# To be sourced. find_order [NAME...] sets the array `order`: the tasks to run.
#
# Without names, all tasks are wanted; with names, only these and what they need, and what that needs, and so on. Each task comes after all that it needs. Where several could come next, the one
# that is first in the plan comes next. Status 2 with a message on standard error: "unknown NAME" for the first name (of the arguments, then of the needs of wanted tasks in the plan's order) that is not in the
# plan, or "circle" if there is no order.

find_order() {
	order=()
	for name in ${*:-${names[@]}}; do
		visit $name
	done
}

visit() {
	for need in ${needs[$1]}; do
		visit $need
	done
	order+=($1)
}
