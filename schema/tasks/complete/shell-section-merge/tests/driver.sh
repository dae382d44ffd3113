show() {
	local status
	bash section.sh "$@" >out 2>/dev/null 3>&-
	status=$?
	{
		printf -- '-- [%s] status %s\n' "$2" "$status"
		cat -A out
	} >&3
}

cat >file.ini <<'END'
ignored = 1
; comment
[base]
host = example
port=80
color = "  red "
path = C:\temp\new
equation = a=b=c
Zebra = z
a.b = dots
a = short
a b = blank
a-b = dash
quote = "
half = "x
both = "a"b"
  # not = a setting
no setting here
=nameless
[ web : base ]
port = 8080
color =
  extra	=	1	
host =
empty = ""
[web2:web]
color = blue
empty =
[base]
host = example.org
late = yes
[nothing]
[orphan: missing]
x = 1
[a : b]
from = a
a = 1
[b : c]
from = b
b = 1
[c : a]
from = c
c = 1
[self : self]
me = 1
me =
me = 2
[move : base]
m = 1
[move : b]
[two  words]
k y = 1
star = *
percent = 100%s \n
[w*b]
x = star
[x ; y]
s = "a ; b" ; c
[broken
key = 9
[]
[ : base]
lost = 1
[with:two:colons]
more = 2
END
printf '[dos : dos2]\r\nkey = value\r\nq = "x "\r\n[dos2]\r\nother=1\r\nlast = no end' >dos.ini
cp dos.ini 'my file'

for section in base web web2 nothing orphan a b c self move 'two  words' 'two words' 'w*b' 'x ; y' we '' missing ' web' '[web]'; do
	show file.ini "$section"
done
show dos.ini dos
show dos.ini dos2
show 'my file' dos2
show missing.ini base
show file.ini
show
show file.ini base more
show /dev/null x
exit 0
