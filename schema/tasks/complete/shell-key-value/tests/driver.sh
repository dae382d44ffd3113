show() {
	local status text
	bash get.sh "$@" >out 2>/dev/null 3>&-
	status=$?
	IFS= read -r -d '' text <out
	printf '[%s] %s, status %s\n' "${text//$'\n'/|}" "${#text}" "$status" >&3
}

printf '%s\n' '# a comment=1' 'name=pump' 'host = a.example' ' port	=8080' 'a.b=dots' 'axb=letters' 'a*=star' '[x]=class' \
	'url=http://h/?q=1&r=2' 'empty=' 'spaces=  two  ' 'path=C:\new\table' 'quoted="x y"' "single='" 'name=fan' 'Name=upper' \
	'no value here' '  # port=1' '#name=x' 'a b=inner' '=nameless' 'percent=100%s' '$name=dollar' '-n=dash' 'dash=-n' \
	'namesake=no' 'surname=no' 'tab=	x	' 'hash=a#b' '\\=backslash' 'ü=umlaut' >settings
printf 'twice=1\ntwice=2\nlast=no newline' >'my settings'
printf 'one=1\r\n' >dos
: >nothing
mkdir folder

for key in name host port a.b 'a*' '[x]' url empty spaces path quoted single Name NAME 'a b' a '' percent '$name' -n dash nam \
	'no value here' '# a comment' '#name' '# port' tab hash '\\' '\' axb 'a?b' ü 'name=fan' ' host' '.*'; do
	show settings "$key"
done
show 'my settings' twice
show 'my settings' last
show dos one
show nothing name
show missing name
show folder name
show settings
show
show settings name more
