# What the conditions and the arguments above ask.

# In this command, and not yet behind its "--"
function __airgap_verify_in
	set -l words (commandline -opc)
	test (count $words) -gt 1; and test "$words[2]" = $argv[1]; and not contains -- -- $words
end

function __airgap_verify_behind
	set -l words (commandline -opc)
	test (count $words) -gt 1; and test "$words[2]" = $argv[1]; and contains -- -- $words
end

# What stands behind "--" is another program's command line.
function __airgap_verify_command
	set -l words (commandline -opc)
	set -l at (contains -i -- -- $words)
	set -l rest $words[(math $at + 1)..-1]
	complete -C (string join ' ' -- (string escape -- $rest) (commandline -ct))
end

function __airgap_verify_sessions
	for folder in airgap-sessions/*-*/
		echo $folder
	end
end

function __airgap_verify_ids
	for folder in airgap-sessions/*-*/
		string replace -r '.*-([^-]*)/$' '$1' $folder
	end
end
