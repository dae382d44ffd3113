show() {
	local status
	bash steps.sh "$@" >out 2>/dev/null 3>&- <<<'not for the steps'
	status=$?
	{
		echo "-- status $status"
		cat out
	} >&3
}

logs() {
	local log
	for log in "$1"/log/*; do
		printf '%s:\n' "${log##*/}" >&3
		sed 's/^/  /' "$log" >&3
	done
}

step() {
	mkdir -p "${1%/*}"
	cat >"$1"
}

step 'my steps/10-first' <<<'echo out; echo err >&2; echo "again in ${PWD##*/}"; cat; pwd -P >/dev/null'
step 'my steps/20-value' <<<'printf "[%s]" "$A" "$B_1"; echo; [ "$A" != fail ]'
step 'my steps/05-zero' <<<'exit 0'
step 'my steps/30-not' <<<'exit 77'
step 'my steps/40-last' <<<'echo last'
step 'my steps/90-clean-always' <<<'echo cleaning'
step 'my steps/99-end' <<<'echo end'
for none in 1-x 100-x ab-x 10_x 10- 10-Load 10-load.bak '10-a b' .10-x 10-ä; do
	step "my steps/$none" <<<'echo must not run'
done
mkdir 'my steps/50-folder'
ln -s 10-first 'my steps/60-link'
ln -s nowhere 'my steps/61-broken'
show 'my steps' A=1 B_1='two  words * $HOME'
logs 'my steps'
show 'my steps' A=fail
logs 'my steps'
show 'my steps' A= B_1=a=b
logs 'my steps'
show 'my steps' A='
x'

step two/10-a-always <<<'exit 3'
step two/20-b <<<'echo b'
step two/30-c-always <<<'exit 77'
step two/40-d-always <<<'kill -TERM $$'
step two/50-e <<<'exit 77'
step two/60-f-always <<<'exit 0'
show two
logs two
step three/10-x <<<'exit 1'
show three
step four/10-cd <<<'cd /; exit 0'
step four/11-stdin <<<'read -r line && echo "$line"; exit 0'
step four/12-set <<<'set -e; false; echo no'
step four/13-text <<<'echo $0 $#'
show four/
logs four
mkdir empty
show empty
ls -A empty >&3
show
show missing
show two/20-b
show four x
show four 1a=x
show four =x
show four A=1 a-b=2
show four A=1 ''
