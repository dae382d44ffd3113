if [ $# -ne 2 ] || [ ! -d "$1" ]; then
	echo "usage: deploy.sh RELEASE TARGET" >&2
	exit 2
fi
absolute() {
	case $1 in
	/*) printf '%s\n' "$1" ;;
	*) printf '%s/%s\n' "$PWD" "$1" ;;
	esac
}

release=$(absolute "$1")
target=$(absolute "$2")
while [ "${target%/}" != "$target" ]; do target=${target%/}; done
new=${target%/*}/.new-${target##*/}

# failed STEP STATUS
failed() {
	rm -rf "$new"
	echo "deploy: $1 failed" >&2
	exit "$2"
}

if ! (cd "$release" && bash ./check); then
	failed check $?
fi

rm -rf "$new"
mkdir "$new" && cp -a "$release/." "$new/" && rm -f "$new/check" || failed copy 1

if [ -f "$new/migrate" ]; then
	output=$(cd "$new" && bash ./migrate) || failed migrate $?
	printf '%s\n' "$output" >"$new/migrated" || failed migrate 1
fi

if [ -e "$target" ] || [ -L "$target" ]; then
	[ -d "$target" ] && [ ! -L "$target" ] || failed switch 1
	[ ! -e "$target.old" ] || [ -d "$target.old" ] || failed switch 1
	rm -rf "$target.old"
	mv -T "$target" "$target.old" || failed switch 1
fi
mv -T "$new" "$target" || failed switch 1
