show() {
	local status
	bash build.sh "$@" >out 2>err 3>&- </dev/null
	status=$?
	{
		printf -- '-- %s: status %s\n' "$*" "$status"
		cat out
		grep -E '^(no rule for|circle at) ' err
	} >&3
}

cat >rules <<'END'
all: app doc
app: main.o sub/util.o
	cat main.o sub/util.o >$TARGET
main.o: main.c head.h
	cat main.c head.h >$TARGET
sub/util.o: util.c head.h
	cat util.c head.h >"$TARGET"
sub_util.o: util.c
	tr a-z A-Z <util.c >$TARGET
doc: app
	echo "doc of $(wc -c <app)" >$TARGET
fails: main.c
	echo half >$TARGET
	exit 7
	echo not here
later: fails
	echo no >$TARGET
phony: app
	echo ran >>phony.log
user: phony main.c
	echo user >$TARGET
one: two
	echo 1
two: three
	echo 2
three: one
	echo 3
self: self
	echo s
needs: nowhere
	echo n >$TARGET
same: main.c
	echo constant >$TARGET
top: same
	cat same >$TARGET; echo top >>$TARGET
twice: phony phony app
	cp app $TARGET
END
mkdir sub
echo main >main.c
echo util >util.c
echo head >head.h
show -n all
show app
show app
show all
show all
touch main.c
show all
echo changed >main.c
show -n all
ls -d .build app doc main.o sub/util.o >&3 2>/dev/null
show all
cat app doc >&3
echo 'head 2' >head.h
show -n doc
show sub/util.o
show doc
show sub_util.o
show sub/util.o sub_util.o
rm main.o
show app
rm -f doc
show -n doc
show doc app doc
sed -i 's/doc of/document of/' rules
show doc
sed -i 's/^main.o: main.c head.h/main.o: head.h main.c/' rules
show -n main.o
show app
show fails
ls fails >&3 2>/dev/null
show later
show fails
show app later doc
show phony
show phony phony
show user
show user
cat phony.log >&3
show twice
cat phony.log >&3
show one
show self
show needs
show nowhere
show main.c
show app needs
show top
echo 'main again' >main.c
show -n top
show top
show top
show -c
ls -d .build app doc main.o sub/util.o same top main.c phony.log >&3 2>/dev/null
show -n app
show
exit 0
