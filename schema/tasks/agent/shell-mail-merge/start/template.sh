# To be sourced.
#
# fill_template TEXT prints the text with each @NAME@ replaced by ${values[NAME]}. NAME consists of A-Z, 0-9 and _. What is put in is not looked at
# again. A NAME that `values` does not have stays as it is, with its @. @@ stands for one @ (and @@NAME@ for @NAME@).

fill_template() {
	local text=$1
	for name in ${!values[@]}; do
		text=$(echo "$text" | sed "s/@$name@/${values[$name]}/")
	done
	echo "$text"
}
