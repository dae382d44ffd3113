expect() {
	if [ "$1" != "$2" ]; then
		printf 'got:\n%s\nwanted:\n%s\n' "$1" "$2"
		exit 1
	fi
}

printf 'bolt,A1,9\nnut,A1,100\nbolt,B2,0\nwheel , C , -2\n' >try.csv
printf 'bolt,10\nnut,20\nwheel,7\nscrew,9\n# comment\n' >min.csv
expect "$(bash stock.sh try.csv min.csv; echo $?)" $'screw,0,9,9\nwheel,-2,7,9\nbolt,9,10,1\n1'
expect "$(bash stock.sh try.csv; echo $?)" $'wheel,-2,10,12\nbolt,9,10,1\n1'
printf 'nut,A1,010\nbolt,A1,x\n' >try.csv
expect "$(bash stock.sh try.csv 2>&1; echo $?)" $'try.csv:2: wrong\n2'
rm -f try.csv min.csv
