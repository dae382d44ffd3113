# build.sh [-n] TARGET...: makes what is out of date by the file "rules". build.sh -c: removes it all.
. ./rules.sh

dry=
declare -A done_targets=() making=() would=()

# Where the state of a target is noted. Names differ in "/" and "%".
note_of() {
	local name=${1//%/%25}
	printf '.build/%s' "${name//\//%2F}"
}

# What a target is made of: its commands, and names and contents of its sources.
state_of() {
	local source
	{
		printf '%s\n' "${commands[$1]}"
		for source in ${sources[$1]}; do
			printf '%s ' "$source"
			sha256sum 2>/dev/null <"$source" || echo none
		done
	} | sha256sum
}

make_target() {
	local target=$1 source status state
	if ! has_rule "$target"; then
		if [[ ! -e $target ]]; then
			echo "no rule for $target" >&2
			exit 2
		fi
		return
	fi
	if [[ -n ${making[$target]-} ]]; then
		echo "circle at $target" >&2
		exit 2
	fi
	[[ -z ${done_targets[$target]-} ]] || return
	making[$target]=1
	local stale=
	for source in ${sources[$target]}; do
		make_target "$source"
		[[ -z ${would[$source]-} ]] || stale=1
	done
	making[$target]=
	[[ ! -e $target ]] || done_targets[$target]=1
	if [[ -z $stale && -e $target && -e $(note_of "$target") ]]; then
		state=$(state_of "$target")
		[[ $state != "$(<"$(note_of "$target")")" ]] || return
	fi
	if [[ -n $dry ]]; then
		echo "would make $target"
		would[$target]=1
		return
	fi
	echo "making $target"
	rm -f -- "$(note_of "$target")"
	TARGET=$target bash -e -c "${commands[$target]}"
	status=$?
	if ((status != 0)); then
		rm -f -- "$target"
		exit $status
	fi
	if [[ -e $target ]]; then
		mkdir -p .build
		state_of "$target" >"$(note_of "$target")"
	fi
}

read_rules
case ${1-} in
-n)
	dry=1
	shift
	;;
-c)
	for target in "${!sources[@]}"; do
		rm -f -- "$target"
	done
	rm -rf .build
	exit 0
	;;
esac
for target in "$@"; do
	make_target "$target"
done
exit 0
