stock=$1
minimums=$2

awk -F, '
FILENAME == ARGV[1] {
	sum[$1] = sum[$1] + $3
	next
}
{
	minimum[$1] = $2
}
END {
	for (item in sum) {
		if (!minimum[item])
			minimum[item] = "10"
		if (sum[item] < minimum[item])
			print item "," sum[item] "," minimum[item] "," minimum[item] - sum[item]
	}
}' $stock $minimums | sort -t, -k4 -r
