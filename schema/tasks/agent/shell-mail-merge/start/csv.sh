# To be sourced.
#
# read_record reads one record of comma-separated values from standard input into the array `fields`; 1: there is no more.
# A field may be in double quotes: then commas and newlines are part of it, and "" stands for one ". A quote elsewhere in a field is a character
# like others. Blanks are part of a field. A record ends with a newline (a CR before it does not count outside of quotes) or with the end of the
# input. An empty line is a record of one empty field. If the input ends within quotes, what is there is the field.

read_record() {
	local line
	read line || return 1
	IFS=, read -a fields <<<"$line"
	for i in "${!fields[@]}"; do
		fields[i]=${fields[i]//\"/}
	done
}
