show() {
	local status
	bash words.sh >out 2>err 3>&-
	status=$?
	{
		echo "-- status $status"
		cat out
		grep '^words: ' err
	} >&3
}

show <<'END'
one two	three
  leading and trailing  
a;b ; c
;;

x
END
show <<'END'
say it\'s '' "a
b"
a'b c'"d"
'' "" ''""
'a\b' "a\b" a\b
"\"\\\$\a\'" '\"'
\  \a \\ \' \" \; \# \	x
END
show <<'END'
a#b #c d
# only a comment ; a 'quote
a\
b "c\
d" 'e\
f'
a ;# x
b;#
"#" \# ''#
a # it's
$HOME `id` $(id) * ? ~ {a,b} a=b & | < > ( ) ! [x] %s \n
END
printf 'no newline at the end' | show
printf 'a b\nc\\' | show
printf 'a b; c "d\n' | show
printf "a 'b" | show
printf 'a \\\n' | show
printf '' | show
printf '\n\n  \n' | show
printf "x '\n' \$'\\\\n'\n" | show
printf 'a\\\n' | show
printf '\\\n  b\n' | show
printf "a'b;c#d'e;'f\ng' # h\ni" | show
printf -- '-n -e\n-n\n' | show
printf 'ü "ö ä" \\é\n' | show
printf '"a\\"b" "c\\\\" "\\\\\\""\n' | show
printf '# end' | show
printf 'r\rs\t\v t\n' | show
for ((n = 0; n < 400; n++)); do
	printf "word%d 'in quotes %d' \"and \\\\\\\\ %d\" ;" $n $n $n
done | bash words.sh >out 2>err 3>&-
{
	cksum <out
	sed -n '1p;$p' out
} >&3
exit 0
