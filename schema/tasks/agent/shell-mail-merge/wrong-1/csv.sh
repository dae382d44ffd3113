# To be sourced.
#
# read_record reads one record of comma-separated values from standard input into the array `fields`; 1: there is no more.
# A field may be in double quotes: then commas and newlines are part of it, and "" stands for one ". A quote elsewhere in a field is a character
# like others. Blanks are part of a field. A record ends with a newline (a CR before it does not count outside of quotes) or with the end of the
# input. An empty line is a record of one empty field. If the input ends within quotes, what is there is the field.

read_record() {
	local line next field
	fields=()
	IFS= read -r line || [[ -n $line ]] || return 1
	while :; do
		field=
		if [[ $line == \"* ]]; then
			line=${line:1}
			while :; do
				if [[ $line != *\"* ]]; then
					# the quotes go on in the next line
					field+=$line
					if ! IFS= read -r next && [[ -z $next ]]; then
						line=
						break
					fi
					field+=$'\n'
					line=$next
					continue
				fi
				field+=${line%%\"*}
				line=${line#*\"}
				[[ $line == \"* ]] || break
				field+=\"
				line=${line:1}
			done
		fi
		if [[ $line != *,* ]]; then
			fields+=("$field${line%$'\r'}")
			return 0
		fi
		fields+=("$field${line%%,*}")
		line=${line#*,}
	done
}
