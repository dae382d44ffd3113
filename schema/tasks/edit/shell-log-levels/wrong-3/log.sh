# To be sourced.

# The rank of a level; one that is unknown is as high as error.
log_rank() {
	case $1 in
	debug) echo 0 ;;
	info) echo 1 ;;
	warn) echo 2 ;;
	*) echo 3 ;;
	esac
}

log_write() {
	local IFS=' '
	printf '%s\n' "${0##*/}: $1: ${*:2}" >&2
}

log() {
	local least
	case ${LOG_LEVEL:-info} in
	info | warn | error) least=$(log_rank "${LOG_LEVEL:-info}") ;;
	debug) least=0 ;;
	*) least=3 ;;
	esac
	if [ "$(log_rank "$1")" -ge "$least" ]; then
		log_write "$@"
	fi
	return 0
}

die() {
	log_write error "$@"
	exit 1
}
