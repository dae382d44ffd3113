set -f
status=0
text=
while IFS= read -r line || [[ -n $line ]]; do
	text+=$line
	if ! (eval "w=($text)") 2>/dev/null; then
		text+=$'\n'
		continue
	fi
	eval "w=($text)"
	text=
	if ((${#w[@]})); then
		printf '%d:' ${#w[@]}
		for word in "${w[@]}"; do
			word=${word//\'/\'\\\'\'}
			printf " '%s'" "${word//$'\n'/\'\$\'\\n\'\'}"
		done
		echo
	fi
done
if [[ -n $text ]]; then
	echo "words: unfinished" >&2
	exit 1
fi
