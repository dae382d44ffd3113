# To be sourced.

fill_template() {
	local text=$1 name
	for name in "${!values[@]}"; do
		text=${text//"@$name@"/"${values[$name]}"}
	done
	printf '%s' "${text//@@/@}"
}
