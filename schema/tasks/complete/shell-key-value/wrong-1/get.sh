if [ $# -ne 2 ] || [ ! -f "$1" ]; then
	exit 2
fi
line=$(grep "^[[:blank:]]*$2[[:blank:]]*=" "$1" | tail -n 1)
if [ -z "$line" ]; then
	exit 1
fi
printf '%s\n' "${line#*=}"
