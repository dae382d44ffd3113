show() {
	local status
	bash changes.sh "$@" >out 2>/dev/null 3>&-
	status=$?
	{
		echo "-- status $status"
		cat out
	} >&3
}

# put FILE: its content comes from the input
put() {
	mkdir -p -- "${1%/*}"
	cat >"$1"
}

for side in old new; do
	put "$side/same" <<<same
	put "$side/dir/same too" <<<'same too'
	put "$side/content" <<<"$side"
	put "$side/mode" <<<mode
	put "$side/both" <<<"both $side"
	put "$side/.hidden/$side" <<<"$side only"
	put "$side/only $side/a"$'\n'"b" <<<"$side newline"
	put "$side/star*" <<<"star $side"
	put "$side/-n" <<<"dash $side"
	put "$side/tail" <<<tail
	ln -s same "$side/link"
	ln -s "$side" "$side/turned"
	ln -s /nowhere "$side/broken"
done
printf 'tail' >new/tail
chmod +x new/mode old/both
mkdir -p old/kind new/kind2 old/empty new/added/deep
put new/kind <<<'a file now'
ln -s dir new/to-dir
ln -s same old/kind2
put old/kind/inner <<<inner
put old/a-b <<<1
put old/a/b <<<2
put old/a.b <<<3
put old/Z <<<4
put 'new/back\slash' <<<5
put new/$'tab\there' <<<6
put new/ü <<<7

# moved
put old/m/one <<<'moved one'
put new/n/ONE <<<'moved one'
chmod +x new/n/ONE
put old/m/two <<<'two in the old'
put old/m/two2 <<<'two in the old'
put new/n/two <<<'two in the old'
put old/m/three <<<'two in the new'
put new/n/three <<<'two in the new'
put new/n/three2 <<<'two in the new'
put old/m/empty </dev/null
put new/n/empty </dev/null
put old/m/copied <<<same
put old/m/$'new\nline' <<<'moved with a newline'
put 'new/n/with blank' <<<'moved with a newline'
put new/n/copy-of-same <<<mode
show old new
show new old
show old old
show old/ new/kind2
ln -s old 'a link'
show 'a link' old
show 'a link' new/dir
mkdir -- '-x' '-y'
put ./-x/f <<<1
put ./-y/f <<<2
show -x -y
mkdir e1 e2
show e1 e2
show
show old
show old new e1
show old new/content
show old missing
printf 'a\0b' | put b1/f
printf 'a\0c' | put b2/f
printf 'x\0y' | put b1/g
printf 'x\0z' | put b2/h
show b1 b2
exit 0
