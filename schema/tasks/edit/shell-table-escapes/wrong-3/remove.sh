# remove.sh FILE KEY...
. ./table.sh
[ $# -ge 2 ] || usage "remove.sh FILE KEY..."
for key in "${@:2}"; do
	[ -n "$key" ] || usage "remove.sh FILE KEY..."
done
table_read "$1"
status=0
removed=
for key in "${@:2}"; do
	table_find "$key" || status=1
done
kept=()
for i in "${!records[@]}"; do
	for key in "${@:2}"; do
		if [[ ${keys[i]} == "$key" ]]; then
			removed=1
			continue 2
		fi
	done
	kept+=("${records[i]}")
done
if [[ -n $removed ]]; then
	records=("${kept[@]}")
	table_write
fi
exit $status
