show() {
	local status
	bash tidy.sh "$@" >out 2>/dev/null 3>&-
	status=$?
	{
		echo "-- status $status"
		cat out
	} >&3
}

# Every entry with its kind and what is in it.
list() {
	local name
	(
		cd -- "$1" || exit
		shopt -s dotglob nullglob
		LC_ALL=C
		for name in *; do
			if [ -L "$name" ]; then
				printf '%q link to %s\n' "$name" "$(readlink -- "$name")"
			elif [ -d "$name" ]; then
				printf '%q folder: %s\n' "$name" "$(ls -A -- "$name" | tr '\n' ' ')"
			else
				printf '%q: %s\n' "$name" "$(cat -- "$name")"
			fi
		done
	) >&3
}

make() {
	local name
	mkdir -p -- "$1"
	for name in "${@:2}"; do
		printf '%q' "$name" >"./$1/$name"
	done
}

make one 'My Report.TXT' 'plain.txt' 'UPPER' 'two  words' '-n' '--help' '_x_' '.hidden File' 'a&b;c' "it's" 'tab	here' $'new\nline' '*' '?' ' ' '%s' 'a.b.C' '..x Y' 'end ' 'über' '100%' 'q_ _w'
show one
list one
show one
make two 'A b' 'a B' 'A B' 'a_b' 'a  b'
show two
list two
make three 'X.tar.gz' 'x.tar.GZ' 'x.tar.gz' 'x.tar-2.gz' '.x' 'Y.' 'y.' 'Y' '!!!' '???' 'unnamed'
mkdir 'three/Folder A' three/folder_a 'three/folder_a/in it' 'three/Y-2'
ln -s nowhere 'three/Broken Link'
ln -s nowhere 'three/broken_link'
ln -s folder_a 'three/a Link'
printf file >'three/FOLDER a'
show three
list three
make '-my folder' 'A'
show '-my folder'
list '-my folder'
mkdir empty
show empty
list empty
show
show one two
show missing
show one/plain.txt
make four 'Name' 'NAME' 'nAME' 'name-2' 'naME-2' '[a]' '[A]' 'a'
show four
list four
