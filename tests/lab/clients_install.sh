#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# clients_install.sh FOLDER [RUNTIME]: the AI clients of `make lab-clients`, each into a
# folder of its own below FOLDER, by npm and by name; nothing of them is run here. Where
# RUNTIME has a model and its server, also what that server needs. Quiet where all is there.
# Exit status 69 where this machine lacks a program, after the command that installs it.
set -eu
folder=$1 runtime=${2:-}

packages=
need() {
	command -v "$1" >/dev/null || packages="$packages $2"
}
need node nodejs
need npm npm
need chromium chromium
need script bsdutils
need sqlite3 sqlite3
need ip iproute2
if [ -n "$packages" ]; then
	echo "lab-clients: missing; on Debian: apt-get install --no-install-recommends$packages" >&2
	exit 69
fi
if ! node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)'; then
	echo "lab-clients: node is older than 20, which the clients ask for" >&2
	exit 69
fi

# install FOLDER [OPTION…] PACKAGE…: with no script of theirs
install() {
	where=$folder/$1
	shift
	[ ! -e "$where/complete" ] || return 0
	echo "lab-clients: npm install $*" >&2
	rm -rf "$where"
	mkdir -p "$where"
	if ! npm install --prefix "$where" --ignore-scripts --no-audit --no-fund \
		--no-update-notifier --loglevel=error "$@" >&2; then
		echo "lab-clients: npm could not install $*" >&2
		exit 69
	fi
	: >"$where/complete"
}

install cn @continuedev/cli
install qwen @qwen-code/qwen-code
install gemini @google/gemini-cli
[ ! -e "$runtime/ollama-shim.mjs" ] || sh "$(dirname "$0")/model_install.sh" "$folder" "$runtime"
