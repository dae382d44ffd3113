# runner.sh PLAN [NAME...]
#
# Runs the tasks in their order, each command by bash with an empty standard input, and prints a line for each: "NAME ok", "NAME failed (STATUS)", or "NAME skipped" for one that is not run because
# something that it needs, directly or not, has failed. The output of the commands goes to the file NAME.log. A command sees the variable TASK, its name, and NEEDS, its direct
# needs. Then "N ok, N failed, N skipped". Status 0 if none failed, 1 if one did, 2 if the plan is wrong or cannot be read (then nothing is run or printed on standard output).

. ./plan.sh
. ./order.sh

read_plan $1
shift
find_order $* || exit
for name in ${order[@]}; do
	if bash -c "${command[$name]}" >$name.log; then
		echo "$name ok"
	else
		echo "$name failed ($?)"
	fi
done
