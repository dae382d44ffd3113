if (($# != 2)) || [[ ! -d $1 || ! -d $2 ]]; then
	echo "usage: changes.sh OLD NEW" >&2
	exit 2
fi
export LC_ALL=C
scratch=$(mktemp -d) || exit 2
trap 'rm -rf -- "$scratch"' EXIT
old=$(cd -- "$1" && pwd -P && echo x) && new=$(cd -- "$2" && pwd -P && echo x) || exit 2
old=${old%$'\n'x}
new=${new%$'\n'x}

# The kinds by path: f, d, l.
declare -A old_kind=() new_kind=()
while IFS= read -r -d '' kind && IFS= read -r -d '' path; do
	old_kind[$path]=$kind
done < <(find "$old" -mindepth 1 -printf '%y\0%P\0')
while IFS= read -r -d '' kind && IFS= read -r -d '' path; do
	new_kind[$path]=$kind
done < <(find "$new" -mindepth 1 -printf '%y\0%P\0')

paths=()
while IFS= read -r -d '' path; do
	paths+=("$path")
done < <(printf '%s\0' "${!old_kind[@]}" "${!new_kind[@]}" | sort -zu)

# The sums of the files that are on one side only, and how many have each.
declare -A sum=() old_count=() new_count=() new_path=()
for path in "${paths[@]}"; do
	[[ -n $path ]] || continue
	if [[ ${old_kind[$path]-} == f && -z ${new_kind[$path]-} && -s $old/$path ]]; then
		read -r digest _ < <(sha256sum <"$old/$path")
		sum[$path]=$digest
		old_count[$digest]=$((${old_count[$digest]-0} + 1))
	elif [[ ${new_kind[$path]-} == f && -z ${old_kind[$path]-} && -s $new/$path ]]; then
		read -r digest _ < <(sha256sum <"$new/$path")
		sum[$path]=$digest
		new_count[$digest]=$((${new_count[$digest]-0} + 1))
		new_path[$digest]=$path
	fi
done

count=0
line() {
	printf '%s' "$1"
	printf ' %q' "${@:2}"
	printf '\n'
	((count++))
}

for path in "${paths[@]}"; do
	[[ -n $path ]] || continue
	before=${old_kind[$path]-}
	after=${new_kind[$path]-}
	digest=${sum[$path]:-none}
	moved=
	if [[ -n ${old_count[$digest]-} && -n ${new_count[$digest]-} ]]; then
		moved=1
	fi
	if [[ -z $after ]]; then
		if [[ -n $moved ]]; then
			line '>' "$path" "${new_path[$digest]}"
		else
			line - "$path"
		fi
	elif [[ -z $before ]]; then
		[[ -n $moved ]] || line + "$path"
	elif [[ $before != "$after" ]]; then
		line '!' "$path"
	elif [[ $before == l ]]; then
		a=$(readlink -n -- "$old/$path" && echo x)
		b=$(readlink -n -- "$new/$path" && echo x)
		[[ $a == "$b" ]] || line '~' "$path"
	elif [[ $before == f ]]; then
		cmp -s -- "$old/$path" "$new/$path" || line '~' "$path"
		a=$(find "$old/$path" -perm -u+x -printf x)
		b=$(find "$new/$path" -perm -u+x -printf x)
		[[ $a == "$b" ]] || line x "$path"
	fi
done
echo "$count differences"
((count == 0))
