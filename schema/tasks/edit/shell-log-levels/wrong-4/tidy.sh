# tidy.sh [-v] FOLDER: removes the empty files in a folder and prints their number.
. ./log.sh

if [ "$1" = -v ]; then
	LOG_LEVEL=debug
	shift
fi
[ $# -eq 1 ] || die "usage: tidy.sh FOLDER"
[ -d "$1" ] || die "no folder: $1"

count=0
for file in "$1"/*; do
	log debug "looking at ${file##*/}"
	if [ ! -f "$file" ]; then
		log "skipping ${file##*/}"
	elif [ ! -s "$file" ]; then
		log info "removing ${file##*/}"
		rm -f -- "$file"
		count=$((count + 1))
	fi
done
echo "$count"
