#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# model_install.sh FOLDER RUNTIME: what the model server of RUNTIME needs, by npm and by
# name, into FOLDER/model, and the server beside it. Quiet where all is there. Exit status
# 69 where this machine lacks a program, after the command that installs it.
set -eu
where=$1/model runtime=$2

packages=
command -v node >/dev/null || packages=" nodejs"
command -v npm >/dev/null || packages="$packages npm"
if [ -n "$packages" ]; then
	echo "model: missing; on Debian: apt-get install --no-install-recommends$packages" >&2
	exit 69
fi
if [ ! -e "$where/complete" ]; then
	# only the library for this processor: the others are for graphics cards, and large
	set -- --omit=optional node-llama-cpp "@node-llama-cpp/linux-$(node -p process.arch)"
	echo "model: npm install $*" >&2
	rm -rf "$where"
	mkdir -p "$where"
	if ! npm install --prefix "$where" --ignore-scripts --no-audit --no-fund \
		--no-update-notifier --loglevel=error "$@" >&2; then
		echo "model: npm could not install $*" >&2
		exit 69
	fi
	: >"$where/complete"
fi
cp "$runtime/ollama-shim.mjs" "$where/" # finds its package beside itself alone
