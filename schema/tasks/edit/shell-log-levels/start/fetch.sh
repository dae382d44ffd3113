# fetch.sh LIST: prints the first line of each file that is named in LIST.
. ./log.sh

[ $# -eq 1 ] || die "usage: fetch.sh LIST"
[ -r "$1" ] || die "cannot read $1"

while IFS= read -r name; do
	if [ ! -f "$name" ]; then
		log "skipping $name"
		continue
	fi
	log "fetching $name"
	IFS= read -r line <"$name"
	printf '%s\n' "$line"
done <"$1"
