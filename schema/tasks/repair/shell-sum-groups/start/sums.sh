total=0
skipped=0
declare -A sum

cat | while read line; do
	name=${line%%;*}
	amount=${line#*;}
	if [[ $amount != [0-9]* ]]; then
		let skipped++
		continue
	fi
	sum[$name]=$((sum[$name] + amount))
	let total+=amount
done

for name in ${!sum[@]}; do
	echo "$name;${sum[$name]}"
done | sort
echo "total;$total"
if [ $skipped ]; then
	echo "skipped $skipped" >&2
	exit 1
fi
