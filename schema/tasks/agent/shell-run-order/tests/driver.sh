show() {
	local status
	rm -f ./*.log
	timeout 5 bash runner.sh "$@" >out 2>err 3>&- <<<'not for the tasks'
	status=$?
	{
		printf -- '-- %s: status %s\n' "$*" "$status"
		cat out
		grep -E '^(unknown .*|circle|.*: (syntax|twice))$' err
	} >&3
}

logs() {
	local log
	for log in ./*.log; do
		printf '%s: ' "$log"
		cat -A "$log"
	done >&3
}

cat >plan <<'END'
# a plan
pack needs build test : echo packing: $NEEDS; exit 0
test needs build	: exit 3
build : echo "a  b"
docs needs build : echo docs

  last	needs  pack   docs:x docs : echo never
END
show plan
sed -i 's/ docs:x//' plan
show plan
logs
show plan docs
show plan docs build
show plan pack
show plan nothing docs
show plan ''
cat >p2 <<'END'
e needs d : echo $TASK: $NEEDS
d needs c b : echo "$TASK:$NEEDS" >&2
a : cat; echo 'it: is' : "  two "  
c needs a : echo '* \n %s'
b needs a : echo $nothing; exit 0
-n : true
f.1_x-Y needs b -n :	  echo tab
END
printf 'last needs e : printf no-newline' >>p2
show p2
logs
show p2 c -n
show p2 c c d
cat >p3 <<'END'
g needs c e : true
a : true
b needs a : exit 1
c needs b : true
d needs a : kill -9 $$
e needs d : true
f needs a : exit 255
h needs f a : true
i needs a : true
END
show p3
show p3 e i
printf 'a needs b : true\nb needs a : true\nc : true\n' >p4
show p4
show p4 c
show p4 a
printf 'a needs a : true\n' >p5
show p5
printf 'z needs y b : true\na : true\nb : true\ny : true\n' >p7
show p7
show p7 z a
printf 'a needs x y : true\nb needs a z : true\nc : true\n' >p6
show p6
show p6 c
show p6 b
show p6 c q z
number=0
while IFS= read -r line; do
	((number++))
	printf 'fine : true\n\n%s\n' "$line" >"w$number"
	show "w$number"
done <<'END'
fine : false
x needs : true
x fine : true
x needs fine
x
: true
x needs fine: true
x/y : true
x needs y* : true
x wants fine : true
needs needs needs : true
needs : true
x :
x : : a
x:true
END
: >empty
show empty
show missing
show
{
	for ((n = 25; n > 1; n--)); do echo "t$n needs t$((n - 1)) t1 : true"; done
	echo 't1 : true'
} >long
show long
{
	for ((n = 0; n < 12; n++)); do echo "l$n needs l$((n + 1)) m$((n + 1)) : true"; echo "m$n needs l$((n + 1)) m$((n + 1)) : true"; done
	echo 'l12 : true'
	echo 'm12 : true'
} >wide
show wide
exit 0
