if [ $# -lt 1 ] || [ $# -gt 2 ]; then
	echo "usage: stock.sh STOCK [MINIMUMS]" >&2
	exit 2
fi
for file in "$@"; do
	if [ ! -f "$file" ] || [ ! -r "$file" ]; then
		echo "stock.sh: cannot read $file" >&2
		exit 2
	fi
done

# The names come by the environment: as arguments, awk would take some for settings and expand backslashes.
report=$(STOCK=$1 MINIMUMS=${2-} LC_ALL=C awk '
function trim(s) {
	gsub(/^[ \t]+|[ \t]+$/, "", s)
	return s
}

function is_number(s, negative) {
	if (negative)
		sub(/^-/, "", s)
	return s ~ /^[0-9]+$/ && length(s) <= 12
}

# Reads a file of lines with so many fields, the last of which is a number.
function take(name, fields, negative,    path, line, field, at, i) {
	path = name ~ /^\// ? name : "./" name
	while ((getline line < path) > 0) {
		at++
		sub(/\r$/, "", line)
		if (trim(line) == "" || line ~ /^#/)
			continue
		if (split(line, field, ",") != fields || !is_number(trim(field[fields]), negative)) {
			wrong = wrong "W" name ":" at ": wrong\n"
			continue
		}
		i = trim(field[1])
		item[i]
		if (fields == 3)
			sum[i] += trim(field[3])
		else
			minimum[i] = trim(field[2]) + 0
	}
}

BEGIN {
	take(ENVIRON["STOCK"], 3, 1)
	if (ENVIRON["MINIMUMS"] != "")
		take(ENVIRON["MINIMUMS"], 2, 0)
	for (i in item) {
		least = ENVIRON["MINIMUMS"] == "" ? 10 : minimum[i] + 0
		if (sum[i] + 0 < least)
			printf "R%s,%.0f,%.0f,%.0f\n", i, sum[i], least, least - sum[i]
	}
	printf "%s", wrong
}')

status=0
if [[ $report == R* || $report == *$'\nR'* ]]; then
	sed -n 's/^R//p' <<<"$report" | LC_ALL=C sort -t , -k4,4n -k1,1 -r
	status=1
fi
if [[ $report == W* || $report == *$'\nW'* ]]; then
	sed -n 's/^W//p' <<<"$report" >&2
	status=2
fi
exit $status
