declare -A sum=()
total=0
skipped=0

while IFS= read -r line || [[ -n $line ]]; do
	if [[ ! $line =~ ^(.*)\;([-+]?)([0-9]+)$ || ${#BASH_REMATCH[3]} -gt 9 ]]; then
		((skipped++))
		continue
	fi
	name=x${BASH_REMATCH[1]}
	amount=$((${BASH_REMATCH[2]}${BASH_REMATCH[3]})) || amount=0
	before=${sum[$name]:-0}
	sum[$name]=$((before + amount))
	((total += amount))
done

if ((${#sum[@]})); then
	printf '%s\n' "${!sum[@]}" | LC_ALL=C sort | while IFS= read -r name; do
		printf '%s;%s\n' "${name#x}" "${sum[$name]}"
	done
fi
printf 'total;%s\n' "$total"
if ((skipped)); then
	echo "skipped $skipped" >&2
	exit 1
fi
exit 0
