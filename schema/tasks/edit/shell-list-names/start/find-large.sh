# find-large.sh FOLDER SIZE: prints the files below FOLDER with at least SIZE bytes.
. ./names.sh

if [ $# -ne 2 ] || [ ! -d "$1" ]; then
	echo "usage: find-large.sh FOLDER SIZE" >&2
	exit 2
fi
print_large() {
	if [ $(stat -c %s $2) -ge $1 ]; then
		echo $2
	fi
}

find $1 -type f | sort_names | each_name print_large $2
