# A list of names: one a line, with | for a newline in it; N is NUL-ended, L is lines.
names() {
	if [ "$1" = N ]; then
		tr '\n\0' '|\n' <out
	else
		cat out
	fi >&3
}

find_large() {
	local mode=$1 status
	shift
	bash find-large.sh "$@" >out 2>/dev/null 3>&-
	status=$?
	printf -- '-- find-large %s: status %s\n' "$*" "$status" >&3
	names "$mode"
}

archive() {
	local status
	bash archive.sh "$@" <in >out 2>err 3>&-
	status=$?
	{
		printf -- '-- archive %s: status %s\n' "$*" "$status"
		cat out
		grep '^archive.sh:' err
		find from to ./-to -print0 | LC_ALL=C sort -z | tr '\n\0' '|\n'
	} >&3
}

mkdir -p 'from/sub dir' to ./-to ./-from
put() {
	printf "%$2s" x >"$1"
}
put 'from/a b' 100
put 'from/*' 200
put 'from/back\slash' 150
put from/-n 120
put from/.hidden 130
put from/small 9
put from/empty 0
: >from/empty
put 'from/sub dir/ lead ' 100
put 'from/sub dir/x.log' 101
put 'from/sub dir/y.LOG' 102
put from/$'new\nline' 300
put ./-from/f 100
ln -s small from/link
find_large N from 100
find_large N from 101
find_large L -l 'from/sub dir' 0
find_large N 'from/sub dir/' 101
find_large N from 100 '*.log' '[*]'
find_large N from 100 '*n*'
find_large N from 0 'sub*'
find_large N from 100 '*'
find_large N from 100 'a b' '?hidden' '[.]hidden'
find_large L -l from 120 '-n' 'back*'
find_large N -from 1
find_large N from
find_large N missing 1
find_large L -l from

printf '%s\0' 'from/a b' 'from/*' from/missing from/link 'from/sub dir' from/-n from/$'new\nline' 'from/sub dir/ lead ' >in
archive to
put 'from/a b' 5
put from/-n 5
ln -s nowhere to/small
printf '%s\0' 'from/a b' from/small 'from/sub dir/x.log' from/-n >in
printf 'from/back\\slash' >>in
archive to
printf 'from/sub dir/y.LOG\nfrom/.hidden\nfrom/none\n from/empty\nfrom/empty' >in
archive -l to
printf 'to/*\0to/back\\slash\0' >in
archive -to
put ./-n2 5
printf -- '-n2\0' >in
archive to
: >in
archive to
archive missing
archive
archive -l
# from one to the other
bash find-large.sh to 100 2>/dev/null | bash archive.sh from 3>&- >out
cat out >&3
exit 0
