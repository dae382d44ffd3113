# fetch.sh [-v] LIST: prints the first line of each file that is named in LIST.
. ./log.sh

if [ "$1" = -v ]; then
	LOG_LEVEL=debug
	shift
fi
[ $# -eq 1 ] || die "usage: fetch.sh LIST"
[ -r "$1" ] || die "cannot read $1"

log debug "reading $1"
while IFS= read -r name; do
	if [ ! -f "$name" ]; then
		log warn "skipping $name"
		continue
	fi
	log info "fetching $name"
	IFS= read -r line <"$name"
	printf '%s\n' "$line"
done <"$1"
