# get.sh FILE KEY FIELD
. ./table.sh
[ $# -eq 3 ] && [ -n "$2" ] || usage "get.sh FILE KEY FIELD"
[[ $3 =~ ^0*[1-9][0-9]*$ ]] || exit 1
table_read "$1"
table_find "$2" || exit 1
rest=${records[at]}$'\t'
for ((number = 10#$3; number > 1; number--)); do
	rest=${rest#*$'\t'}
	[[ -n $rest ]] || exit 1
done
table_plain "${rest%%$'\t'*}"
printf '%s\n' "$plain"
