fail() {
	echo "$*"
	exit 1
}

rm -rf try
mkdir try
cd try || exit 1
echo one >'my notes.txt'
bash ../rotate.sh 'my notes.txt' 2 || fail "status $?"
echo two >'my notes.txt'
bash ../rotate.sh 'my notes.txt' 2 || fail "status $?"
echo three >'my notes.txt'
bash ../rotate.sh 'my notes.txt' 2 || fail "status $?"
[ "$(cat 'my notes.txt.1' 'my notes.txt.2' | tr '\n' ' ')" = 'three two ' ] || fail "backups: $(head ./*)"
[ ! -e 'my notes.txt.3' ] || fail "a third one is kept"
bash ../rotate.sh 'my notes.txt' 08 || fail "status $? with 08 copies"
bash ../rotate.sh 'my notes.txt' many && fail "status 0 with a number that is none"
cd .. && rm -rf try
