show() {
	local status text
	bash common.sh "$@" >out 2>/dev/null 3>&-
	status=$?
	IFS= read -r -d '' text <out
	printf '[%s] status %s\n' "${text//$'\n'/|}" "$status" >&3
}

mkdir -p a/b
touch a/b/c
show
show /srv/data/a /srv/data/b
show /srv/data /srv/database
show /srv/data /srv/data/a
show /srv/data/a /srv/data
show /srv/data
show /srv/data/
show //srv///data//
show /
show / /srv
show /a /b
show a b
show a
show ''
show '' a
show .
show ./a/./b a/b/.
show a/./b/c ./a//b/d/
show a/b/c a/b/c a/b/c
show a/b/c a/b/d a/e
show a/b a/b/c a
show /a a
show a /a
show / .
show '/my files/x 1/a' '/my files/x 1/b'
show '/a*/x' '/a*/y'
show '/a/*' '/a/b'
show '/[ab]/x' '/a/x'
show '*' 'a'
show '*/x' '*/y'
show '-n/a' '-n/b'
show -n
show '/a\b/c' '/a\b/d'
show $'/new\nline/a' $'/new\nline/b'
show $'/new\nline/a' $'/new\nlines/b'
show /a/../b /a/../c
show ../x ../y
show .. .
show /a/b/c/d/e /a/b/c/x/e
show /a/x/c /a/y/c
show 'a b' 'a c'
show /%s/a /%s/b
show a/ a//
