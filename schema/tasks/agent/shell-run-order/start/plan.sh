# To be sourced. read_plan FILE reads a plan.
#
# A line is "NAME [needs NAME...] : COMMAND"; words are separated by blanks (spaces, tabs), the first ":" that is a word ends the needs, and the command is the rest of the line
# without the blanks at its beginning (the ones at its end stay). Empty lines and those that begin with "#" are ignored. A name is made of letters, digits, ".", "_" and "-".
#
# names: the array of names in the order of the plan; needs, command: by name (needs: separated by one space each).
# Status 2, and "FILE:LINE: REASON" on standard error, with the reason "syntax", or "twice" for a name that was there already.

read_plan() {
	local line
	names=()
	declare -gA needs command
	while read line; do
		set -- $line
		name=$1
		names+=($name)
		command[$name]=${line#*:}
		shift 2
		needs[$name]=${*%%:*}
	done <$1
}
