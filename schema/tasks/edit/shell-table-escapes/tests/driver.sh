show() {
	local status text
	bash "$@" >out 2>err 3>&-
	status=$?
	IFS= read -r -d '' text <out
	printf -- '-- %s: status %s%s [%s]\n' "${*//$'\n'/|}" "$status" "$(grep -q '^usage: ' err && echo ' usage')" "${text//$'\n'/|}" >&3
}

file() {
	printf '== %s\n' "$1" >&3
	cat -A -- "$1" >&3
}

# Whether the file is another one than before.
same() {
	[ "$1" -ef kept ] && echo 'not written' >&3
	ln -f -- "./$1" kept
}

there=$'\n'$(ls -A)$'\n'
show list.sh t
show get.sh t a 1
show remove.sh t a
[ -e t ] && file t
show add.sh t key one 'two words' ''
file t
show add.sh t $'k\ty' $'a\nb' 'c\d' '\t' '\\' $'\\\n'
show add.sh t alone
show add.sh t '*' '%s' -n '$HOME'
file t
for number in 1 2 3 4 5 6 7 0; do
	show get.sh t $'k\ty' $number
done
for number in 1 2 3 4 5; do
	show get.sh t key $number
done
show get.sh t alone 1
show get.sh t alone 2
show get.sh t '*' 3
show get.sh t 'k.*' 1
show get.sh t ke 1
show get.sh t 'k\ty' 1
show list.sh t
same t
show add.sh t alone
same t
show add.sh t key one 'two words' ''
same t
show add.sh t key one 'two words'
same t
show add.sh t $'k\ty' changed
file t
same t
show remove.sh t nothing
same t
show remove.sh t key nothing '*'
same t
file t
show remove.sh t alone $'k\ty'
file t
show list.sh t

printf 'a\tC:\\temp\\new\tx\\\nb\\t\t1\na\tagain\nc' >old
show get.sh old a 2
show get.sh old a 3
show get.sh old 'b\t' 2
show get.sh old c 1
show list.sh old
cat -A old >&3
show remove.sh old nothing
cat -A old >&3
show add.sh old 'b\t' 'two\n'
file old
show get.sh old a 2
show add.sh old a first
file old
show remove.sh old a
file old
printf '#table 1\nx\\y\ta\\b\\\t\\\\t\n#table 1\tq\n\tno key\n\nlast\t1' >hand
show get.sh hand 'x\y' 2
show get.sh hand 'x\y' 3
show get.sh hand '#table 1' 2
show add.sh hand new 1
show get.sh hand 'x\y' 2
show get.sh hand new 2
show get.sh hand last 2
head -n 1 hand >&3
printf '#table 2\ta\n' >other
show get.sh other '#table 2' 2
show add.sh other b
file other
: >empty
show list.sh empty
show add.sh empty k v
file empty
mkdir 'a folder'
show add.sh 'a folder/-t x' k v
show add.sh -n k v
show get.sh -n k 2
show list.sh -n
ls -A 'a folder' >&3
for arguments in 't' '' 't k v w'; do
	show get.sh $arguments
	show list.sh $arguments
	show remove.sh $arguments
	show add.sh $arguments
done
show get.sh t '' 1
show add.sh t ''
show remove.sh t a ''
ls -A | while IFS= read -r name; do
	[[ $there == *$'\n'"$name"$'\n'* ]] || printf '%s\n' "$name"
done >&3
exit 0
