# merge.sh TEMPLATE LIST
#
# The first record of LIST has the names of the fields; they are made upper case, and each character that is not a letter A-Z, a digit or _ becomes
# _ (so "first name" is @FIRST_NAME@). For each further record, the text of TEMPLATE is filled in and written to out/N.txt, N being
# the number of the record, from 1. @N@ is that number, unless a field has that name. A record with too few fields has empty ones for the rest; too
# many are left out. A record of one empty field is no person: it is skipped and gets no number. The letter ends exactly as TEMPLATE does.
# At the end "N letters" is printed. Status 2, and nothing written, if a file cannot be read, there is no first record, or two of its names are the same.

. ./csv.sh
. ./template.sh

template=$(cat $1)
declare -A values
mkdir -p out
number=0
read_record <$2
names=(${fields[@]^^})
while read_record; do
	number=$((number + 1))
	values[N]=$number
	for i in ${!names[@]}; do
		values[${names[i]}]=${fields[i]}
	done
	fill_template "$template" >out/$number.txt
done <$2
echo "$number letters"
