# list.sh FILE
. ./table.sh
[ $# -eq 1 ] || usage "list.sh FILE"
cat "$1"
