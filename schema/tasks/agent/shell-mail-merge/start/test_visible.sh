rm -rf try
mkdir try
cp merge.sh csv.sh template.sh try
cd try || exit 1
expect() {
	if [ "$1" != "$2" ]; then
		printf 'got:\n%s\nwanted:\n%s\n' "$1" "$2"
		exit 1
	fi
}

printf 'Dear @FIRST_NAME@ @NAME@,\nyou owe @SUM@ & more. @FIRST_NAME@!\n@N@@@x\n' >template
printf 'first name,name,sum\nAda,"Lovelace, C.",1/2\n"Bo ""B"" \\n",&,*\n' >list
expect "$(bash merge.sh template list)" '2 letters'
expect "$(cat out/1.txt)" $'Dear Ada Lovelace, C.,\nyou owe 1/2 & more. Ada!\n1@x'
expect "$(cat out/2.txt)" $'Dear Bo "B" \\n &,\nyou owe * & more. Bo "B" \\n!\n2@x'
cd .. && rm -rf try
