# To be sourced.
#
# fill_template TEXT prints the text with each @NAME@ replaced by ${values[NAME]}. NAME consists of A-Z, 0-9 and _. What is put in is not looked at
# again. A NAME that `values` does not have stays as it is, with its @. @@ stands for one @ (and @@NAME@ for @NAME@).

fill_template() {
	local rest=$1 name LC_ALL=C
	while [[ $rest == *@* ]]; do
		printf '%s' "${rest%%@*}"
		rest=${rest#*@}
		if [[ $rest == @* ]]; then
			printf @
			rest=${rest:1}
			continue
		fi
		name=${rest%%[!A-Z0-9_]*}
		if [[ -n $name && ${rest:${#name}:1} == @ && -n ${values[$name]+there} ]]; then
			printf '%s' "${values[$name]}"
			rest=${rest:${#name}+1}
		else
			printf '@%s' "$name"
			rest=${rest:${#name}}
			# the @ behind a name that is not there stays, and begins nothing
			if [[ -n $name && $rest == @* ]]; then
				printf @
				rest=${rest:1}
			fi
		fi
	done
	printf '%s' "$rest"
}
