show() {
	local status file
	rm -rf out
	bash merge.sh "$@" >said 2>/dev/null 3>&-
	status=$?
	{
		printf -- '-- %s: status %s: %s\n' "$*" "$status" "$(cat said)"
		for file in out/*; do
			[ -e "$file" ] || continue
			printf '%s: ' "$file"
			cat -A "$file"
			echo '<'
		done
	} >&3
}

printf 'Dear @FIRST_NAME@ @NAME@,\nyou owe @SUM@ & more. @FIRST_NAME@!\n@N@@@x\n' >template
printf 'first name,name,sum\nAda,"Lovelace, C.",1/2\n"Bo ""B"" \\n",&,*\n' >list
show template list
printf '[@A@][@B@][@C@]' >t2
printf 'a,b,c\n1\n1,2\n1,2,3\n1,2,3,4\n,,\n\n,\n" x ", y ,"z"\n"",""""," "\n' >list2
show t2 list2
printf 'a,b,c\n"line 1\nline 2","x,y","q ""q"" q"\nin "the" middle,"open' >list3
show t2 list3
printf 'a,b\r\n1,2\r\n"x\r\ny",z\r\n\r\n3,"4"' >dos
show t2 dos
printf '@A@@B@ @@A@ @@@A@@@ @X@ @@ @a@ @ A@ @A @A@\n\n\n' >'my template'
printf 'A,B\n@B@,@A@\n\\1 & /,$(id) `id`\n%%s,*\n' >'my list'
show 'my template' 'my list'
printf '@N@ @E_MAIL@ @_@ @1ST@ @A__B@ @\303\234@\n' >t4
printf 'e-mail,?,1st,a b\nx@y,q,one\n' >l4
show t4 l4
printf 'a  b,n\nval,own\nval\n' >l5
show t4 l5
printf '@A@ stays @B@\n' >t6
printf 'a\n' >l6
show t6 l6
printf 'b,a\n1,2\n\n\n3\n' >l7
show t6 l7
printf 'a b,a-b\n1,2\n' >same
show t6 same
: >none
show t6 none
show missing list
show t6 missing
: >empty
show empty l7
printf 'no end' >noend
show noend l7
for ((n = 1; n <= 11; n++)); do echo "p$n"; done | { echo a; cat; } >many
printf '@N@@A@ ' >t8
show t8 many
exit 0
