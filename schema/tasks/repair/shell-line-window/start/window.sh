file=$1
shift
[ -f $file ] || exit 2
total=$(wc -l <$file)
lines=

for range in $*; do
	more=0
	case $range in
	*+*)
		more=${range##*+}
		range=${range%+*}
		;;
	esac
	case $range in
	/*/)
		text=${range#/}
		for n in $(grep -n "${text%/}" $file | cut -d: -f1); do
			lines="$lines $(seq $((n - more)) $((n + more)))"
		done
		continue
		;;
	-*)
		first=$((total - ${range#-}))
		last=$total
		;;
	*-*)
		first=${range%-*}
		last=${range#*-}
		;;
	*)
		first=$range
		last=$range
		;;
	esac
	lines="$lines $(seq $((first - more)) $((last + more)))"
done

before=
for n in $(echo $lines | tr ' ' '\n' | sort -u); do
	if [ -n "$before" ] && [ $n != $((before + 1)) ]; then
		echo --
	fi
	echo "$n:$(sed -n "${n}p" $file)"
	before=$n
done
[ -n "$before" ]
