# How the rows of _airgap_verify_table are used.

# Puts those of $words that begin with $1 into COMPREPLY, as they have to be typed; each with
# $2 in front.
_airgap_verify_words()
{
	local IFS=$'\n' word found=()
	for word in $words; do
		[[ $word != "$1"* ]] || found+=("$2$word")
	done
	for word in "${found[@]}"; do
		COMPREPLY+=("$(printf %q "$word")")
	done
}

# Words with commas between: those that do not stand there yet.
_airgap_verify_list()
{
	local IFS=$'\n' front= word left=
	[[ $1 != *,* ]] || front=${1%,*},
	for word in $words; do
		[[ ,$front == *",$word,"* ]] || left+=$word$'\n'
	done
	words=$left
	compopt -o nospace
	_airgap_verify_words "${1##*,}" "$front"
}

# What sessions here are called, and what stands at the end of their names.
_airgap_verify_sessions()
{
	local folder
	for folder in airgap-sessions/*-*/; do
		[[ -d $folder ]] || continue
		folder=${folder%/}
		case $2 in
		ids) words+=${folder##*-}$'\n' ;;
		*) [[ $folder != "$1"* ]] || COMPREPLY+=("$folder") ;;
		esac
	done
}

# _airgap_verify_value KEY CURRENT
_airgap_verify_value()
{
	local kinds words IFS=$' \t\n'
	_airgap_verify_table "$1"
	[[ " $kinds " != *' ids '* ]] || _airgap_verify_sessions "$2" ids
	[[ " $kinds " != *' pids '* ]] || words+=$(compgen -W "$(cd /proc && echo [0-9]*)")
	case " $kinds " in
	*' list '*) _airgap_verify_list "$2" ;;
	*' open '*) compopt -o nospace; _airgap_verify_words "$2" ;;
	*) _airgap_verify_words "$2" ;;
	esac
	IFS=$'\n'
	case " $kinds " in
	*' files '*) compopt -o filenames; COMPREPLY+=($(compgen -f -- "$2")) ;;
	*' folders '*) compopt -o filenames; COMPREPLY+=($(compgen -d -- "$2")) ;;
	esac
	[[ " $kinds " != *' sessions '* ]] || _airgap_verify_sessions "$2"
}

# What stands behind "--" is another program's command line.
_airgap_verify_command()
{
	if declare -F _command_offset >/dev/null; then
		_command_offset "$1"
	elif (( COMP_CWORD == $1 )); then
		COMPREPLY=($(compgen -c -- "$2"))
	else
		compopt -o filenames
		COMPREPLY=($(compgen -f -- "$2"))
	fi
}

_airgap_verify()
{
	local current=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} kinds words i
	COMPREPLY=()
	if (( COMP_CWORD == 1 )); then
		_airgap_verify_table :
		_airgap_verify_words "$current"
		return
	fi
	for (( i = 2; i < COMP_CWORD; i++ )); do
		[[ ${COMP_WORDS[i]} != -- ]] || break
	done
	_airgap_verify_table "$command:"
	if (( i < COMP_CWORD )) && [[ " $kinds " == *' command '* ]]; then
		_airgap_verify_command $(( i + 1 )) "$current"
		return
	fi
	# bash makes a word of its own of "=", as in --tier=full and --app-log agent=FILE
	i=$(( COMP_CWORD - 1 ))
	[[ $current != = ]] || { current= i=$COMP_CWORD; }
	while (( i > 2 )) && [[ ${COMP_WORDS[i]} == = || ${COMP_WORDS[i + 1]} == = ]] && [[ ${COMP_WORDS[i]} != -* ]]; do
		(( i-- ))
	done
	_airgap_verify_table "$command:${COMP_WORDS[i]}"
	if [[ ${COMP_WORDS[i]} == -* && $kinds ]]; then
		_airgap_verify_value "$command:${COMP_WORDS[i]}" "$current"
	elif [[ $current == -* ]]; then
		_airgap_verify_table "$command:options"
		_airgap_verify_words "$current"
	else
		_airgap_verify_value "$command:" "$current"
	fi
}
complete -F _airgap_verify airgap-verify
