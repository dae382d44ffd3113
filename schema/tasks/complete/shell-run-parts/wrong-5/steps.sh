usage() {
	echo "usage: steps.sh FOLDER [NAME=VALUE...]" >&2
	exit 2
}

(($# > 0)) && [[ -d $1 ]] || usage
folder=$1
shift
for setting in "$@"; do
	name=${setting%%=*}
	[[ $setting == *=* && $name =~ ^[A-Za-z_][A-Za-z0-9_]*$ ]] || usage
done

LC_COLLATE=C
shopt -s nullglob
cd -- "$folder" || usage
ok=0
failed=0
skipped=0
for step in [0-9][0-9]-*; do
	[[ -f $step && $step =~ ^[0-9]{2}-[a-z0-9_-]+ ]] || continue
	if ((failed > 0)) && [[ $step != *-always ]]; then
		echo "$step skipped"
		((skipped++))
		continue
	fi
	mkdir -p log
	env -- "$@" bash "./$step" </dev/null >"log/$step.log" 2>&1
	status=$?
	case $status in
	0)
		echo "$step ok"
		((ok++))
		;;
	77)
		echo "$step skipped (77)"
		((skipped++))
		;;
	*)
		echo "$step failed ($status)"
		((failed++))
		;;
	esac
done
echo "$ok ok, $failed failed, $skipped skipped"
((failed == 0))
