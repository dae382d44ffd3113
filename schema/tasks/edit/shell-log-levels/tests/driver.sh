# show LEVEL SCRIPT ARGUMENT...: without a level where it is "unset"
show() {
	local level=$1 status
	shift
	if [ "$level" = unset ]; then
		bash "$@" >out 2>err 3>&-
	else
		LOG_LEVEL=$level bash "$@" >out 2>err 3>&-
	fi
	status=$?
	{
		printf -- '-- %s: %s: status %s\n' "$level" "$*" "$status"
		sed 's/^/> /' out
		sed 's/usage.*/usage/; s/^/! /' err
	} >&3
}

cat >messages <<'END'
. ./log.sh
log debug d
log info i  'two  words'
log warn -n w
log error '50% \n \\' '*'
log strange x
log info
log -n y
false
log debug no
echo "returned $?"
IFS=,
log warn a b
set -eu
unset LOG_LEVEL
log debug no
log info default
die 'the end' 'of it'
END
printf 'one\nmore\n' >'a file'
printf 'two\\n %s\n' >b
printf 'b\nmissing\na file\n-n\nfolder\n' >list
mkdir folder
show unset messages
show '' messages
for level in debug info warn error none INFO; do
	show $level messages
done
for level in unset error debug; do
	show $level fetch.sh list
done
show error fetch.sh -v list
show unset fetch.sh
show warn fetch.sh missing
show error fetch.sh list b
show error fetch.sh -v
fill() {
	rm -rf w
	mkdir -p w/sub
	: >w/empty
	: >'w/also empty'
	: >w/-n
	echo x >w/full
}
for level in unset warn error; do
	fill
	show $level tidy.sh w
done
fill
show warn tidy.sh -v w
show unset tidy.sh w
show none tidy.sh missing
show error tidy.sh -v missing
exit 0
