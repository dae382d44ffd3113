if [ $# -ne 2 ] || [ ! -f $1 ]; then
	echo "usage: rotate.sh FILE COPIES" >&2
	exit 2
fi
file=$1
copies=$2

for old in `ls $file.*`; do
	number=${old##*.}
	if [ $number -ge $copies ]; then
		rm $old
	fi
done
for n in `seq 1 $((copies - 1))`; do
	if [ -f $file.$n ]; then
		mv $file.$n $file.$((n + 1))
	fi
done
mv $file $file.1
cp $file.1 $file
