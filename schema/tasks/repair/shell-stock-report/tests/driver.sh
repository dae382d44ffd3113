show() {
	local status
	bash stock.sh "$@" >out 2>err 3>&-
	status=$?
	{
		echo "-- $*: status $status"
		cat out
		grep ': wrong$' err
	} >&3
}

printf 'bolt,A1,9\nnut,A1,100\nbolt,B2,0\nwheel , C , -2\n' >a.csv
printf 'bolt,10\nnut,20\nwheel,7\nscrew,9\n# comment\n' >min.csv
show a.csv min.csv
show a.csv
printf '# a comment\n\n  \nb,x,9\na,x,9\nc,x,-90\nB,x,9\na b,x,9\nd,x,10\ne,x,0\nf,x,00009\ng,x,5\ng,y,4\ng,y,1\n' >b.csv
show b.csv
printf 'b,100\na,9\nc,0\nB,20\nd,9\ne,0\nf,10\ng,0011\nb,20\nz,1\ny,0\nx,1000\n' >min2.csv
show b.csv min2.csv
printf 'a,x,1\r\nb , y,\t20 \r\nc d\t,,3' >dos.csv
printf ' a , 2 \r\nb,21\r\nc d,3' >dosmin.csv
show dos.csv dosmin.csv
show dos.csv
printf 'a,x\na,x,1,2\na,x,1.5\na,x,\na,x,1x\na,x,--1\na,x,+1\n,x,3\na,x,1234567890123\na,x,-123456789012\na\nok,x,1\na,x,0x10\n' >wrong.csv
printf 'ok,-1\nok,2,3\nok,5\nok,x\nok\n' >wrongmin.csv
show wrong.csv
show wrong.csv wrongmin.csv
show dos.csv wrongmin.csv
printf 'big,x,999999999999\nbig,y,999999999999\nbig,z,2\nlow,x,-999999999999\nlow,y,-999999999999\n*,x,1\na\\nb,x,1\n%%s,x,1\n"q",x,1\n' >big.csv
printf 'big,999999999999\nlow,999999999999\n*,9\na\\nb,10\n%%s,11\n"q",9\n' >bigmin.csv
show big.csv bigmin.csv
cp a.csv 'x=1.csv'
cp min.csv 'my minimums.csv'
cp a.csv ./-n
show 'x=1.csv' 'my minimums.csv'
show -n min.csv
show a.csv missing.csv
show missing.csv
show
show a.csv min.csv min.csv
printf '' >empty
show empty
show empty min.csv
printf 'fine,x,10\n' >fine.csv
show fine.csv
exit 0
