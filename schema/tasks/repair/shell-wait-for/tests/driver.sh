. ./lib.sh

printf '%s\n' 'a fan' 'A PUMP' '  a\pump' 'pump*' '' '-n' '-e x' 'two  blanks ' '[x]y' 'x y' 'Pump 2' '%s' 'tab	end	' >in
printf 'no newline\nlast pump' >in2

show() {
	local file=$1 status
	shift
	select_lines "$@" <"$file" >out 2>err 3>&-
	status=$?
	{
		printf -- '--'
		printf ' [%s]' "$@"
		printf ' status %s%s\n' "$status" "$([ -s err ] && echo ', told')"
		sed 's/$/|/' out
	} >&3
}

show in pump
show in -i PUMP
show in pump
show in -v a
show in -vi A
show in a
show in -m 1 a
show in -m1 -v a
show in -m 0 a
show in -m 08 -i a
show in a
show in -p a -p pump ''
show in -p a ''
show in ''
show in -v ''
show in -p '' -p zz pump
show in -p 'two  b' ''
show in -p '[x]' ''
show in -p '*' ''
show in -p A -i pump
show in -p a -i pump
show in -p '  ' -v nothing
show in '*'
show in '[x]'
show in '\'
show in '?'
show in '  '
show in -- -n
show in -- -e
show in '%s'
show in '	'
show in2 -i LAST
show in2 -v x
show in2 -m 5 n
show /dev/null x
show in nowhere
show in -m x a
show in -m '' a
show in -m -1 a
show in -m
show in -p
show in -z a
show in
show in a b
show in -- --

# the caller's own things
(
	set -u
	IFS=u
	OPTIND=3
	line=mine written=mine option=mine text=mine prefixes=mine max=mine invert=mine found=mine
	set -- one two
	shopt -u nocasematch
	select_lines -i -p A -p '  a' -p p PUMP <in >out 3>&-
	echo "$? $OPTIND $line $written $option $text $prefixes $max $invert $found $1 $2 [$IFS]" >&3
	select_lines -v fan <in2 >>out 3>&-
	cat out >&3
	case a in A) echo 'case is gone' >&3 ;; esac
)
{
	select_lines -m 1 '' >out 3>&-
	read -r rest
	echo "the rest: $rest" >&3
} <in
exit 0
