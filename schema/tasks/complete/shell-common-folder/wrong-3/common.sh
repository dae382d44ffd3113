# Sets `parts` to those of a path.
split() {
	local part
	parts=()
	for part in ${1//\// }; do
		if [[ $part != . ]]; then
			parts+=("$part")
		fi
	done
}

if (($# == 0)); then
	echo "usage: common.sh PATH..." >&2
	exit 2
fi

root=
if [[ $1 == /* ]]; then
	root=/
fi
split "$1"
common=("${parts[@]}")
for path in "$@"; do
	if [[ $path == /* && -z $root || $path != /* && -n $root ]]; then
		echo "common.sh: absolute and relative paths" >&2
		exit 1
	fi
	split "$path"
	same=0
	while ((same < ${#common[@]} && same < ${#parts[@]})) && [[ ${common[same]} == "${parts[same]}" ]]; do
		((same++))
	done
	common=("${common[@]:0:same}")
done

result=
for part in "${common[@]}"; do
	result+=${result:+/}$part
done
result=$root$result
printf '%s\n' "${result:-.}"
