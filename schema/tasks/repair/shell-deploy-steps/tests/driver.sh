show() {
	local status
	bash ../deploy.sh "$@" >/dev/null 2>err 3>&-
	status=$?
	{
		printf -- '-- [%s] [%s] status %s %s\n' "$1" "${2#"$PWD/"}" "$status" "$(grep '^deploy: ' err)"
		rm -f err
		find . -mindepth 1 ! -path './rel*' | LC_ALL=C sort | while IFS= read -r name; do
			if [ -L "$name" ]; then
				echo "$name -> $(readlink "$name")"
			elif [ -d "$name" ]; then
				echo "$name/"
			else
				echo "$name: $(tr '\n' '|' <"$name")"
			fi
		done
	} >&3
}

begin() {
	cd "$top" || exit 1
	rm -rf w
	mkdir -p "w/$1"
	cd w || exit 1
}

# file NAME CONTENT
file() {
	mkdir -p "$(dirname "$1")"
	printf '%s\n' "$2" >"$1"
}

top=$PWD
begin 'rel 1'
file 'rel 1/check' 'echo checking; [ -f page ]'
file 'rel 1/page' one
file 'rel 1/.hidden' h
file 'rel 1/sub dir/x y' xy
file 'rel 1/check.txt' text
show 'rel 1' 'my site'
file 'rel 1/page' two
show 'rel 1' 'my site'
file 'rel 1/migrate' 'cat page; pwd >/dev/null; echo "  two  blanks * "; echo; echo'
file 'rel 1/page' three
show 'rel 1' 'my site/'
file 'rel 1/migrate' 'echo half; exit 5'
file 'rel 1/page' four
show 'rel 1' 'my site'
file 'rel 1/migrate' 'exit 0'
file 'rel 1/check' 'exit 9'
show 'rel 1' 'my site'
file 'rel 1/check' 'false; exit 0'
show 'rel 1' "$PWD/my site"
rm 'rel 1/check'
show 'rel 1' 'my site'
begin rel
file rel/check 'exit 0'
file live 'a file'
show rel live
rm live
file live/page p
file live.old 'a file'
show rel live
rm live.old
file .new-live/left 'from before'
file rel/migrate 'ls -A | tr "\n" " "'
show rel live
show rel 'a/b/live'
mkdir a
show rel a/live
show rel missing/
show rel
show
show nothing live
file rel/migrate 'kill -TERM $$'
show rel live
exit 0
