declare -A minutes=()
order=()
total=0
status=0

while IFS= read -r line || [[ -n $line ]]; do
	if [[ $line =~ ^[[:blank:]]*$ ]]; then
		continue
	fi
	if [[ ! $line =~ ^([0-9]{1,3}):([0-5][0-9])\ +([^ ].*)$ ]]; then
		printf 'hours.sh: not a time and a project: %s\n' "$line" >&2
		status=1
		continue
	fi
	time=$((10#${BASH_REMATCH[1]} * 60 + 10#${BASH_REMATCH[2]}))
	project=${BASH_REMATCH[3]}
	project=${project%"${project##*[![:blank:]]}"}
	if [[ -z $project ]]; then
		printf 'hours.sh: no project: %s\n' "$line" >&2
		status=1
		continue
	fi
	if [[ -z ${minutes[$project]+there} ]]; then
		order+=("$project")
		minutes[$project]=0
	fi
	before=${minutes[$project]}
	minutes[$project]=$((before + time))
	((total += time))
done

for project in "${order[@]}"; do
	time=${minutes[$project]}
	printf '%d:%d %s\n' $((time / 60)) $((time % 60)) "$project"
done
printf '%d:%02d total\n' $((total / 60)) $((total % 60))
exit $status
