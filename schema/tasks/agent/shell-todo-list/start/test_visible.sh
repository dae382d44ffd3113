rm -rf try
mkdir try
cp todo.sh entries.sh try
cd try || exit 1

expect() {
	if [ "$1" != "$2" ]; then
		printf 'got:\n%s\nwanted:\n%s\n' "$1" "$2"
		exit 1
	fi
}

expect "$(bash todo.sh add 'buy  milk' '*')" '1: buy  milk *'
bash todo.sh add 'fix the fax' >out
bash todo.sh add 'call C:\new' >out
expect "$(bash todo.sh list)" $'1: [ ] buy  milk *\n2: [ ] fix the fax\n3: [ ] call C:\\new'
bash todo.sh done 1 3
expect "$(bash todo.sh list FAX)" '2: [ ] fix the fax'
bash todo.sh done 2 9
expect $? 1
bash todo.sh undo 3
bash todo.sh clear
expect "$(bash todo.sh list)" $'1: [ ] fix the fax\n2: [ ] call C:\\new'
bash todo.sh nonsense 2>out
expect $? 2
cd .. && rm -rf try
