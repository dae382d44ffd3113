# build.sh TARGET...: makes targets by the file "rules".
. ./rules.sh

make_target() {
	local target=$1 source
	if ! has_rule "$target"; then
		if [[ ! -e $target ]]; then
			echo "no rule for $target" >&2
			exit 2
		fi
		return
	fi
	for source in ${sources[$target]}; do
		make_target "$source"
	done
	echo "making $target"
	TARGET=$target bash -e -c "${commands[$target]}" || exit
}

read_rules
for target in "$@"; do
	make_target "$target"
done
