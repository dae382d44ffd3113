show() {
	local status
	bash window.sh "$@" >out 2>err 3>&-
	status=$?
	{
		printf -- '--- %s: status %s%s\n' "$*" "$status" "$([ -s err ] && echo ', told')"
		cat out
	} >&3
}

printf '%s\n' 'first' 'a*b' '  three  ' '' 'five \n %s' 'six/seven' 'aab' '-n' 'nine	tab' 'ten' 'a+b' >'my file'
printf 'one\ntwo\nthree' >short
: >empty
show 'my file' 2-3 9
show 'my file' '/a*b/+1' -2
show 'my file' 8- 5 08
show 'my file' 1 2 3 4 5
show 'my file' 3 1 2 2-4 3
show 'my file' 10-11
show 'my file' 9-10
show 'my file' 20
show 'my file' 10-99
show 'my file' 12-99
show 'my file' 11-
show 'my file' 12-
show 'my file' -1 -2
show 'my file' -99
show 'my file' 1+1 11+3
show 'my file' 6+0
show 'my file' 5-6+1
show 'my file' 13+5
show 'my file' -1+1
show 'my file' 9-+2
show 'my file' '/six/seven/'
show 'my file' '///'
show 'my file' '/a+b/'
show 'my file' '/b/+0' /nothing/
show 'my file' '/\n/'
show 'my file' '/%s/'
show 'my file' '/-n/'
show 'my file' '/  /'
show 'my file' '/a/+1'
show 'my file' '/.*/'
show 'my file' '/	/'
show 'my file' /nothing/
show short 1-3
show short -1
show short 3
show short /t/
show empty 1
show empty -1 1- /x/
show 'my file'
show
show missing 1
show . 1
for range in 0 x 3-2 - 1-2-3 +1 1+ 1+x // / /x 1,2 -0 0-3 1-0 -1-2 1++2 1234567890 '' ' 1' '1 2' 1.5 '/x/+' 0x2; do
	show short 1 "$range"
done
show short 00000002 000-
show short 000000002-03
printf 'x\n%.0s' {1..20000} >long
ranges=()
for ((n = 1; n <= 30; n++)); do
	ranges+=($((n * 600))-$((n * 600 + 300)) $((n * 7))+3)
done
timeout 4 bash window.sh long "${ranges[@]}" /nothing/ >out 3>&-
cksum <out >&3
exit 0
