# What lies in the folder, after the call.
show() {
	local status name text
	bash ../rotate.sh "$@" >/dev/null 2>&1 3>&-
	status=$?
	printf -- '-- [%s] [%s] status %s\n' "$1" "$2" "$status" >&3
	shopt -s nullglob dotglob
	for name in *; do
		if [ -d "$name" ]; then
			printf '%s: folder\n' "${name//$'\n'/|}"
		else
			IFS= read -r -d '' text <"$name"
			printf '%s: %s\n' "${name//$'\n'/|}" "${text//$'\n'/|}"
		fi
	done >&3
}

begin() {
	cd "$top" || exit 1
	rm -rf w
	mkdir w
	cd w || exit 1
}

top=$PWD
begin
echo 1 >f
show f 3
echo 2 >f
show f 3
echo 3 >f
show f 3
echo 4 >f
show f 3
show f 1
for number in 0 00 -1 100 x '' '2 ' 1.5 '1 -o 1' 0x2; do
	show f "$number"
done
show f 09
show missing 2
show
show f
begin
echo new >'a b'
echo 2 >'a b.2'
echo 5 >'a b.5'
echo 12 >'a b.12'
echo 123 >'a b.123'
echo x >'a b.x'
echo 01 >'a b.01'
echo deep >'a b.1.1'
echo a >a
echo b >b
mkdir 'a b.4'
show 'a b' 3
show 'a b' 12
begin
echo star >'*'
echo f >f
echo f1 >f.1
show '*' 2
show '*' 2
begin
echo dash >-n
show -n 2
show -n 2
begin
echo newline >$'x\ny'
show $'x\ny' 2
show $'x\ny' 2
begin
mkdir d
echo in >'d/in it'
show 'd/in it' 2
cat 'd/in it.1' >&3
show d 2
begin
printf 'no newline' >f
for n in 1 2 3 4 5 6 7 8 9 10 11; do echo $n >f.$n; done
show f 11
exit 0
