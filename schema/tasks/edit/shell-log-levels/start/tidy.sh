# tidy.sh FOLDER: removes the empty files in a folder and prints their number.
. ./log.sh

[ $# -eq 1 ] || die "usage: tidy.sh FOLDER"
[ -d "$1" ] || die "no folder: $1"

count=0
for file in "$1"/*; do
	if [ ! -f "$file" ]; then
		log "skipping ${file##*/}"
	elif [ ! -s "$file" ]; then
		log "removing ${file##*/}"
		rm -f -- "$file"
		count=$((count + 1))
	fi
done
echo "$count"
