usage() {
	echo "usage: window.sh FILE RANGE..." >&2
	exit 2
}

(($# >= 2)) && [[ -f $1 && -r $1 ]] || usage
file=$1
[[ $file == /* ]] || file=./$file

# Each range as a line "first last more"; of a text "text more TEXT".
ranges=
number='([1-9][0-9]{0,8}|0)'
for range in "${@:2}"; do
	more=0
	if [[ $range =~ ^(.*)\+$number$ ]]; then
		more=$((10#${BASH_REMATCH[2]}))
		range=${BASH_REMATCH[1]}
	fi
	if [[ $range =~ ^/(.+)/$ ]]; then
		ranges+="text $more ${BASH_REMATCH[1]}"$'\n'
		[[ ${BASH_REMATCH[1]} != *$'\n'* ]] || usage
		continue
	elif [[ $range =~ ^$number$ ]]; then
		first=$((10#$range))
		last=$first
	elif [[ $range =~ ^$number-$number$ ]]; then
		first=$((10#${BASH_REMATCH[1]}))
		last=$((10#${BASH_REMATCH[2]}))
	elif [[ $range =~ ^$number-$ ]]; then
		first=$((10#${BASH_REMATCH[1]}))
		last=1000000000
	elif [[ $range =~ ^-$number$ ]]; then
		first=$((10#${BASH_REMATCH[1]}))
		((first > 0)) || usage
		ranges+="last $first $more"$'\n'
		continue
	else
		usage
	fi
	((first > 0 && first <= last)) || usage
	ranges+="$first $last $more"$'\n'
done

RANGES=$ranges FILE=$file LC_ALL=C awk '
# Lines from a to b, and so many more at both ends: a count that goes up at the beginning and down behind the end.
function mark(a, b, more) {
	if (a > count || b < 1)
		return
	a = a - more < 1 ? 1 : a - more
	b = b + more > count ? count : b + more
	if (a > b)
		return
	change[a]++
	change[b + 1]--
}

BEGIN {
	while ((getline text < ENVIRON["FILE"]) > 0)
		line[++count] = text
	n = split(ENVIRON["RANGES"], range, "\n")
	for (r = 1; r < n; r++) {
		split(range[r], word, " ")
		if (word[1] == "text") {
			text = substr(range[r], length(word[2]) + 7)
			for (i = 1; i <= count; i++)
				if (index(line[i], text))
					mark(i, i, word[2] + 0)
		} else if (word[1] == "last") {
			mark(word[2] > count ? 1 : count - word[2] + 1, count, word[3] + 0)
		} else {
			mark(word[1] + 0, word[2] > count ? count : word[2] + 0, word[3] + 0)
		}
	}
	width = length(count "")
	for (i = 1; i <= count; i++) {
		depth += change[i]
		if (!depth)
			continue
		if (printed && printed != i - 1)
			print "--"
		printf "%" width "d:%s\n", i, line[i]
		printed = i
	}
	exit !printed
}'
