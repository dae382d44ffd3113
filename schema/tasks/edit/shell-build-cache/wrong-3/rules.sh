# To be sourced: reads the file "rules".

declare -A sources=() commands=()

read_rules() {
	local line target=
	while IFS= read -r line || [[ -n $line ]]; do
		case $line in
		$'\t'*)
			commands[$target]+=${line#$'\t'}$'\n'
			;;
		*:*)
			target=${line%%:*}
			sources[$target]=${line#*:}
			commands[$target]=
			;;
		esac
	done <rules
}

has_rule() {
	[[ -n ${sources[$1]+there} ]]
}
