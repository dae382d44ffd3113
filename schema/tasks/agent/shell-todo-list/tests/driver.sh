show() {
	local status
	bash todo.sh "$@" >out 2>err 3>&-
	status=$?
	{
		printf -- '-- %s: status %s%s\n' "${*//$'\n'/|}" "$status" "$([ -s err ] && echo ' told')"
		cat out
	} >&3
}

show list
show clear
[ -e todo.txt ] && echo made >&3
show add buy 'two  litres' of 'milk *'
show add '  leading and trailing '
show add -n '\n' %s 'C:\temp'
show add $'two\nlines' x
show add 'x marks' 'the &/spot'
show add - dash
show list
cat todo.txt >&3
show done 2
show done 5 1
show list
show done 3 7
show list
show done 0
show done 2x
show undo 6 x
show done ''
show done -1
show done 3 3 1
show undo 2
show undo 2
show list
cat todo.txt >&3
show list X
show list '*'
show list '.'
show list 'MILK *'
show list '\'
show list ''
show list nowhere
show list '  '
show list '['
show done
show add
show add ''
show add ' ' '	'
show list a b
show clear all
show
show remove 1
cat todo.txt >&3
show clear
show list
cat todo.txt >&3
show add new 'Ünder'
show done 04
show list ü
show done 1 2 3 4
show clear
show list
cat todo.txt >&3
for ((n = 1; n <= 12; n++)); do
	bash todo.sh add entry $n >out
done
show done 12 1 10
show clear
show list 1
ls todo.* >&3
exit 0
