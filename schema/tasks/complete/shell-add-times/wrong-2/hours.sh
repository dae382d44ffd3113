awk '
/^[ \t]*$/ { next }
/^[0-9][0-9]?[0-9]?:[0-5][0-9] +[^ ]/ {
	split($1, time, ":")
	project = $0
	sub(/^[^ ]+ +/, "", project)
	sub(/[ \t]+$/, "", project)
	sum[project] += time[1] * 60 + time[2]
	total += time[1] * 60 + time[2]
	next
}
{ bad = 1; print "bad line: " $0 > "/dev/stderr" }
END {
	for (project in sum) printf "%d:%02d %s\n", sum[project] / 60, sum[project] % 60, project | "sort -k2"
	close("sort -k2")
	printf "%d:%02d total\n", total / 60, total % 60
	exit bad
}'
