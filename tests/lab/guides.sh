# SPDX-License-Identifier: Apache-2.0
# guides.sh: what the guides of docs/ are followed with, on a machine that has everything
# (scenario_guides.sh) and on some that have nothing (tests/packages). Sourced; wants $B and
# equal.

# guide_tools BIN OPT: what they call your-agent and vendor-tool, in BIN; it lies in OPT, which is
# /opt for who calls it. With --telemetry it reaches out to where the sink is.
guide_tools() {
	install -d -m 755 "$1" "$2/vendor"
	install -m 755 "$B/lab/sample_agent" "$B/lab/model_stub" "$2/vendor/" # which it starts itself
	echo 'const endpoint = "https://telemetry.example/v1/batch";' >"$2/vendor/main.js"
	for name in your-agent vendor-tool; do
		cat >"$1/$name" <<-'SH'
			#!/bin/sh
			for word in "$@"; do
				shift
				[ "$word" = --telemetry ] && set -- "$@" --telemetry 192.0.2.2 443 || set -- "$@" "$word"
			done
			exec /opt/vendor/sample_agent "$@"
		SH
		chmod 755 "$1/$name"
	done
	cp "$1/vendor-tool" "$2/vendor/"
}

# guide_judge GUIDE STEPS SAID: came each of its STEPS out as it says, and was each taken?
guide_judge() {
	equal "guide $1: each step came out as it says" "$(grep -v '^ok ' "$3")" ""
	equal "guide $1: all steps were taken" "$(grep -c '^ok ' "$3")" "$(grep -c '^step ' "$2")"
}
