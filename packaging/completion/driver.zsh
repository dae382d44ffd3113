# What stands at the end of the names of sessions here.
_airgap_verify_ids()
{
	local ids=(airgap-sessions/*-*(N/:t))
	compadd -- ${ids##*-}
}

_airgap_verify_sessions()
{
	local sessions=(airgap-sessions/*-*(N/))
	_files "$@"
	[[ $PREFIX == */* ]] || compadd -f -- $sessions
}

_airgap_verify_named()
{
	compset -P '*='
	_files
}

_airgap_verify()
{
	local context state state_descr line
	typeset -A opt_args
	_arguments -C \
		'(- *)--version[which version this is]' \
		'(- *)'{-h,--help}'[the commands]' \
		'1:command:_airgap_verify_commands' \
		'*:: :->rest' && return
	[[ $state != rest ]] || _airgap_verify_options $words[1]
}

_airgap_verify "$@"
