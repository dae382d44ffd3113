count=10
while getopts :n: option; do
	case $option in
	n)
		[[ $OPTARG =~ ^0*[1-9][0-9]*$ ]] || exit 2
		count=$((10#$OPTARG))
		;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))

status=0
files=()
for file in "$@"; do
	if [[ -r $file && ! -d $file ]]; then
		files+=("$file")
	else
		echo "report.sh: cannot read $file" >&2
		status=1
	fi
done

# cat: awk would take a name with = in it for a variable
if (($# == 0)); then
	cat
elif ((${#files[@]})); then
	for file in "${files[@]}"; do
		cat -- "$file"
		# a last line without its newline does not join the next file
		[[ -z $(tail -c 1 -- "$file") ]] || echo
	done
fi | LC_ALL=C awk '
NF != 5 || $3 ~ /[^0-9]/ || $4 ~ /[^0-9]/ || $5 ~ /[^0-9]/ {
	skipped++
	next
}
{
	sub(/[?].*/, "", $2)
	n = split($2, part, "/")
	path = ""
	for (i = 1; i <= n; i++)
		path = path (i > 1 ? "/" : "") (part[i] ~ /^[0-9]+$/ ? "N" : part[i])
	count[path]++
	errors[path] += $3 + 0 >= 500 && $3 + 0 <= 599
	bytes[path] += $4
	sum[path] += $5
	time[path, count[path]] = $5 + 0
}
END {
	for (path in count)
		for (i = 1; i <= count[path]; i++)
			printf "%.0f\t%s\t%.0f\t%d\t%.0f\t%.0f\n", sum[path], path, time[path, i], errors[path], bytes[path], count[path]
	printf "skipped\t%d\n", skipped
}' | LC_ALL=C sort -t $'\t' -k1,1nr -k2,2 -k3,3n | awk -F '\t' -v most="$count" '
$1 == "skipped" {
	skipped = $2
	next
}
$2 != path || !seen {
	seen = 1
	path = $2
	place = 0
	groups++
	wanted = int((9 * $6 + 9) / 10)
}
++place == wanted && groups <= most {
	printf "%s\t%.0f\t%d\t%.0f\t%.1f\t%.0f\n", $2, $6, $4, $5, $1 / $6, $3
}
END { printf "skipped %d\n", skipped }'
exit $status
