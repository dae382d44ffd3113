# runner.sh PLAN [NAME...]
#
# Runs the tasks in their order, each command by bash with an empty standard input, and prints a line for each: "NAME ok", "NAME failed (STATUS)", or "NAME skipped" for one that is not run because
# something that it needs, directly or not, has failed. The output of the commands goes to the file NAME.log. A command sees the variable TASK, its name, and NEEDS, its direct
# needs. Then "N ok, N failed, N skipped". Status 0 if none failed, 1 if one did, 2 if the plan is wrong or cannot be read (then nothing is run or printed on standard output).

. ./plan.sh
. ./order.sh

read_plan "$1" || exit 2
shift
find_order "$@" || exit 2

declare -A bad=()
ok=0
failed=0
skipped=0
for name in "${order[@]}"; do
	for need in ${needs[$name]}; do
		[[ -z ${bad[$need]-} ]] || bad[$name]=1
	done
	if [[ -n ${bad[$name]-} ]]; then
		echo "$name skipped"
		((skipped++))
		continue
	fi
	TASK=$name NEEDS=${needs[$name]} bash -c "${command[$name]}" </dev/null >"./$name.log" 2>&1
	status=$?
	if ((status == 0)); then
		echo "$name ok"
		((ok++))
	else
		echo "$name failed ($status)"
		bad[$name]=1
		((failed++))
	fi
done
echo "$ok ok, $failed failed, $skipped skipped"
((failed == 0))
