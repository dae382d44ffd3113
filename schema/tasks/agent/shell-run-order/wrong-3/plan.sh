# To be sourced. read_plan FILE reads a plan.
#
# A line is "NAME [needs NAME...] : COMMAND"; words are separated by blanks (spaces, tabs), the first ":" that is a word ends the needs, and the command is the rest of the line
# without the blanks at its beginning (the ones at its end stay). Empty lines and those that begin with "#" are ignored. A name is made of letters, digits, ".", "_" and "-".
#
# names: the array of names in the order of the plan; needs, command: by name (needs: separated by one space each).
# Status 2, and "FILE:LINE: REASON" on standard error, with the reason "syntax", or "twice" for a name that was there already.

declare -a names=()
declare -A needs=() command=()

plan_wrong() {
	echo "$1:$2: $3" >&2
	return 2
}

read_plan() {
	local line word words number=0 reason
	local blank=$'[ \t]'
	[[ -f $1 && -r $1 ]] || { plan_wrong "$1" 0 "cannot be read"; return 2; }
	while IFS= read -r line || [[ -n $line ]]; do
		((number++))
		[[ $line =~ [^[:blank:]] && $line != '#'* ]] || continue
		reason=
		words=()
		# word by word up to the ":"
		while :; do
			line=${line#"${line%%[!$' \t']*}"}
			word=${line%%$blank*}
			line=${line#"$word"}
			[[ $word != : ]] || break
			if [[ -z $word || $word =~ [^-._A-Za-z0-9] ]]; then
				reason=syntax
				break
			fi
			words+=("$word")
		done
		if ((${#words[@]} == 0 || ${#words[@]} == 2)) || [[ ${#words[@]} -gt 1 && ${words[1]} != needs ]]; then
			reason=syntax
		fi
		if [[ -z $reason && -n ${command[${words[0]}]+there} ]]; then
			reason=twice
		fi
		if [[ -n $reason ]]; then
			plan_wrong "$1" $number $reason
			return 2
		fi
		names+=("${words[0]}")
		needs[${words[0]}]="${words[*]:2}"
		command[${words[0]}]=${line#"${line%%[!$' \t']*}"}
	done <"$1"
}
