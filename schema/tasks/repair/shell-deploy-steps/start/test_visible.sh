fail() {
	echo "$*"
	exit 1
}

rm -rf try
mkdir -p 'try/release 1' try/live
cd try || exit 1
echo old >live/page
echo new >'release 1/page'
echo hidden >'release 1/.settings'
echo 'exit 0' >'release 1/check'
echo 'echo version 7' >'release 1/migrate'
bash ../deploy.sh 'release 1' live || fail "status $?"
[ "$(cat live/page live/.settings live/migrated live.old/page | tr '\n' ' ')" = 'new hidden version 7 old ' ] || fail "wrong files: $(ls -AR)"
[ ! -e live/check ] || fail "check was copied"
echo 'echo half; exit 3' >'release 1/migrate'
echo newer >'release 1/page'
bash ../deploy.sh 'release 1' live 2>err
[ $? -eq 3 ] || fail "a failed migration passes"
[ "$(cat err)" = 'deploy: migrate failed' ] || fail "told: $(cat err)"
[ "$(cat live/page)" = new ] || fail "it was deployed all the same"
echo 'exit 4' >'release 1/check'
bash ../deploy.sh 'release 1' live 2>/dev/null
[ $? -eq 4 ] || fail "a failed check passes"
cd .. && rm -rf try
