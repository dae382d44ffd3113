# list.sh FILE
. ./table.sh
[ $# -eq 1 ] || usage "list.sh FILE"
table_read "$1"
((${#records[@]} == 0)) || printf '%s\n' "${records[@]}"
