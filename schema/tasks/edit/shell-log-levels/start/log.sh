# To be sourced.

log() {
	echo "${0##*/}: $*" >&2
}

die() {
	log "$@"
	exit 1
}
