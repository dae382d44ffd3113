# get.sh FILE KEY FIELD
. ./table.sh
[ $# -eq 3 ] && [ -n "$2" ] || usage "get.sh FILE KEY FIELD"
record=$(table_find "$1" "$2") || exit 1
echo "$record" | cut -f "$3"
