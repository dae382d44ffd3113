# add.sh FILE KEY [FIELD...]
. ./table.sh
[ $# -ge 2 ] && [ -n "$2" ] || usage "add.sh FILE KEY [FIELD...]"
table_read "$1"
record=
for field in "${@:2}"; do
	table_escape "$field"
	record+=$'\t'$escaped
done
record=${record:1}
if table_find "$2"; then
	[[ ${records[at]} != "$record" ]] || exit 0
	records[at]=$record
else
	records+=("$record")
fi
table_write
