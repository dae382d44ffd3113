show() {
	local status
	bash report.sh "$@" >out 2>/dev/null 3>&-
	status=$?
	{
		printf -- '-- %s: status %s\n' "$*" "$status"
		cat out
	} >&3
}

cat >a.log <<'END'
GET /a 200 10 5
GET /a?x=1&y=/2 200 10 6
POST /a 503 0 100
GET  /user/17/posts/3   200 1000 30
GET /user/18/posts/44?page=2 404 20 31
GET /user/x1/posts/3 200 7 1
GET /user/1x/posts/3 200 7 1
GET /b 599 3000000000 61
GET /b 600 3000000000 0
GET /b 499 0 0
GET /3 200 1 4
GET /3/ 200 1 4
GET /33?3 200 1 5

GET /a 200 10
GET /a 200 10 5 6
GET /a 2x0 10 5
GET /a 200 -10 5
GET /a 200 10 5.5
GET /a%20b 200 010 09
END
for ((n = 1; n <= 20; n++)); do echo "GET /n/$n 200 $n $n"; done >'n log'
for ((n = 1; n <= 21; n++)); do echo "GET /m 200 1 $((n * 7 % 22))"; done >>'n log'
for ((n = 0; n < 15; n++)); do echo "PUT /many$n 500 1 $((1000 + n % 3))"; done >many.log
printf 'GET /q 200 1 2\nGET /q 200 1 2\nGET /q 200 1 2\nGET /q 200 1 3\nGET /last 200 1 3000000000' >last.log
show a.log
show -n 2 a.log
show 'n log'
show many.log
show -n 100 many.log
show -n3 last.log
show a.log 'n log' last.log
show missing.log last.log
show -- last.log
show <many.log -n 1
show </dev/null
show -n 0 a.log
show -n x a.log
show -n
show -x
printf 'GET /r 200 1 1\nGET /r 200 1 1\nGET /r 200 1 1\nGET /r 200 1 2\n' | show
printf 'GET / 200 1 1\nGET ? 200 1 1\nGET //5//6 200 1 1\nGET 7 200 1 1\n' | show -n 08
exit 0
