set -e

if [ $# -ne 2 ] || [ ! -d $1 ]; then
	echo "usage: deploy.sh RELEASE TARGET" >&2
	exit 2
fi
release=$1
target=$2
new=$(dirname $target)/.new-$(basename $target)

step() {
	name=$1
	shift
	if "$@"; then
		return 0
	else
		echo "deploy: $name failed" >&2
		return $?
	fi
}

check() {
	cd $release
	bash check
	cd - >/dev/null
}

copy() {
	mkdir -p $new
	cp -r $release/* $new
	rm $new/check
}

migrate() {
	cd $new
	local output=$(bash migrate)
	echo $output >migrated
	cd - >/dev/null
}

switch() {
	rm -rf $target.old
	mv $target $target.old
	mv $new $target
}

step check check
step copy copy
[ -f $new/migrate ] && step migrate migrate
step switch switch
