# merge.sh TEMPLATE LIST
#
# The first record of LIST has the names of the fields; they are made upper case, and each character that is not a letter A-Z, a digit or _ becomes
# _ (so "first name" is @FIRST_NAME@). For each further record, the text of TEMPLATE is filled in and written to out/N.txt, N being
# the number of the record, from 1. @N@ is that number, unless a field has that name. A record with too few fields has empty ones for the rest; too
# many are left out. A record of one empty field is no person: it is skipped and gets no number. The letter ends exactly as TEMPLATE does.
# At the end "N letters" is printed. Status 2, and nothing written, if a file cannot be read, there is no first record, or two of its names are the same.

. ./csv.sh
. ./template.sh

fail() {
	echo "merge.sh: $*" >&2
	exit 2
}

for file in "$1" "$2"; do
	[[ -f $file && -r $file ]] || fail "cannot read $file"
done
template=$(cat -- "$1")
exec <"$2"

read_record || fail "no names"
names=()
declare -A values=()
for name in "${fields[@]}"; do
	name=${name^^}
	name=${name//[!ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_]/_}
	[[ -z $name || -z ${values[$name]+there} ]] || fail "two fields $name"
	[[ -z $name ]] || values[$name]=
	names+=("$name")
done
own_number=${values[N]+no}

mkdir -p out
number=0
while read_record; do
	[[ ${#fields[@]} -gt 1 || -n ${fields[0]} ]] || continue
	((number++))
	[[ -n $own_number ]] || values[N]=$number
	for i in "${!names[@]}"; do
		[[ -z ${names[i]} ]] || values[${names[i]}]=${fields[i]-}
	done
	fill_template "$template" >out/$number.txt
done
echo "$number letters"
