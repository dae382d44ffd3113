# add.sh FILE KEY [FIELD...]
. ./table.sh
[ $# -ge 2 ] && [ -n "$2" ] || usage "add.sh FILE KEY [FIELD...]"
table_add "$@"
