# SPDX-License-Identifier: Apache-2.0
# Works against the watch itself, and hides among processes, namespaces and containers:
# each is found, or changes nothing.
E="$B/lab/escape" R="$B/lab/reach" S="$B/lab/slip"

# ---- with the rights of root: kernel programs taken off, or their memory changed for a moment
session escape-detach -- sh -c "'$E' detach \$PPID"
exits escape-detach 2
says escape-detach "took [1-9][0-9]* of [0-9]* kernel programs off"
equal "escape-detach: the witness is not believed" \
	"$(ask escape-detach "SELECT state FROM witness WHERE name = 'kernel'")" died
session escape-blind -- sh -c "'$E' blind \$PPID 192.0.2.2 443"
exits escape-blind 1
says escape-blind "changed [1-9][0-9]* settings and put them back"
says escape-blind "reached for the kernel programs"

# ---- the clock: the collector's own is turned back for a while, not the machine's
touch_back="touch '$T/back'; sleep 0.4; '$S' plain 127.0.0.1 8443; rm '$T/back'; sleep 0.4"
name=escape-clock
timeout 60 nsenter --net="/run/netns/$near" env LD_PRELOAD="$B/lab/preload.so" PRELOAD_BACK="$T/back" \
	"$B/airgap-verify" session -o "$T/$name" -- sh -c "$touch_back" >"$T/$name.out" 2>"$T/$name.err" </dev/null
status=$?
exits escape-clock 2
says escape-clock "clock was set back by 3600"
