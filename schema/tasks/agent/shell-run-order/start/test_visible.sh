rm -rf try
mkdir try
cp runner.sh plan.sh order.sh try
cd try || exit 1
expect() {
	if [ "$1" != "$2" ]; then
		printf 'got:\n%s\nwanted:\n%s\n' "$1" "$2"
		exit 1
	fi
}

cat >plan <<'END'
# a plan
pack needs build test : echo packing: $NEEDS; exit 0
test needs build	: exit 3
build : echo "a  b"
docs needs build : echo docs
END
expect "$(bash runner.sh plan; echo $?)" $'build ok\ntest failed (3)\npack skipped\ndocs ok\n2 ok, 1 failed, 1 skipped\n1'
expect "$(cat build.log)" 'a  b'
expect "$(bash runner.sh plan docs)" $'build ok\ndocs ok\n2 ok, 0 failed, 0 skipped'
printf 'a needs b : true\nb needs a : true\n' >plan
expect "$(bash runner.sh plan 2>&1; echo $?)" $'circle\n2'
cd .. && rm -rf try
