# Each call's output, a | for each newline, its length and its status.
show() {
	local status text
	bash join.sh "$@" >out 2>/dev/null 3>&-
	status=$?
	IFS= read -r -d '' text <out
	printf '[%s] %s, status %s\n' "${text//$'\n'/|}" "${#text}" "$status" >&3
}

touch 'one file' another
show
show ,
show ''
show , a
show , a b c
show ', ' a b c
show '' a b c
show , '' a '' b ''
show , '' ''
show , ''
show - -n -e x
show ' ' -n
show ' ' -e 'a\tb'
show , '%s' '%d%%' '\n' '\\'
show '%s' a b
show '\n' a b
show '*' a '*' '?'
show '[a]' xa b a
show '?' ab cd
show '\' a b
show '&' a b
show $'\n' a b
show $'\t' 'a  b' ' c '
show "'" '"a"' "it's" '$HOME' '`id`' '$(id)'
show -- a b
show -- -- --
show / a/b /c/
show ü ä ö
show , '  ' 'a
b' '
'
show , 1 2 3 4 5 6 7 8 9 10 11 12
