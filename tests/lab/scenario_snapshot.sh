# SPDX-License-Identifier: Apache-2.0
# One look at the near namespace, where it is known who listens and who is connected.
cp "$B/lab/model_stub" "$T/ollama"
nsenter --net="/run/netns/$near" "$T/ollama" 11434 <"$T/hold" >/dev/null 9>&- &
stub=$!
cat >"$T/held.py" <<'END'
import socket, sys, time
far = socket.create_connection(("192.0.2.2", 443))
wide = socket.socket(type=socket.SOCK_DGRAM)
wide.bind(("0.0.0.0", 5353))
print(far.getsockname()[1], flush=True)
time.sleep(60)
END
chmod 755 "$T/held.py"
nsenter --net="/run/netns/$near" setpriv --reuid 65534 --regid 65534 --clear-groups \
	env -i PATH=/usr/bin:/bin python3 "$T/held.py" >"$T/held.ready" 2>"$T/held.err" 9>&- &
held=$!
for _ in $(seq 30); do
	[ -s "$T/held.ready" ] && break
	sleep 0.1
done

# connections of before may still be about to end
ours="value->>'remote' = '192.0.2.2' AND value->>'lport' = $(cat "$T/held.ready")"

# looked NAME COMMAND…: a snapshot by that; leaves $T/NAME.json
looked() {
	name=$1
	shift
	timeout 60 nsenter --net="/run/netns/$near" "$@" >"$T/$name.json" 2>"$T/$name.err" </dev/null
	equal "snapshot $name: exit status" "$?" 0
}
# of NAME COLUMNS CONDITION: of its sockets, each a value
of() {
	sqlite3 :memory: "SELECT $2 FROM json_each(readfile('$T/$1.json'), '$.sockets') WHERE $3"
}

looked root "$B/airgap-verify" snapshot --json
equal "snapshot: the server on the loopback" "$(of root "value->>'local', value->>'binds', value->>'pid', value->>'comm', value->>'exe'" \
	"value->>'lport' = 11434 AND value->>'state' = 'LISTEN'")" \
	"127.0.0.1|loopback|$stub|ollama|$T/ollama"
equal "snapshot: what takes datagrams from everywhere" "$(of root "value->>'binds', value->>'pid', value->>'uid'" \
	"value->>'lport' = 5353")" "every|$held|65534"
equal "snapshot: the connection" "$(of root "value->>'kind', value->>'local', value->>'rport', value->>'pid'" \
	"$ours")" \
	"connection|192.0.2.1|443|$held"
equal "snapshot: as many that listen as ss counts" "$(of root "count(*)" \
	"value->>'state' = 'LISTEN'")" "$(nsenter --net="/run/netns/$near" ss -Hltn | wc -l)"
equal "snapshot: whole, and nothing hidden from root" "$(sqlite3 :memory: "SELECT json_extract(readfile('$T/root.json'),
	'$.whole', '$.processes_hidden', '$.skipped')")" "[true,0,0]"
equal "snapshot: the model server" "$(sqlite3 :memory: "SELECT group_concat(value->>'found', '; ') FROM
	json_each(readfile('$T/root.json'), '$.model_servers') WHERE value->>'subject' = 'Ollama' AND value->>'state' = 'ok'")" \
	"Ollama listens on 127.0.0.1 port 11434/tcp"
equal "snapshot: firewall and resolver are told" "$(sqlite3 :memory: "SELECT json_array_length(readfile('$T/root.json'), '$.firewall') > 0,
	json_array_length(readfile('$T/root.json'), '$.resolver') > 0")" "1|1"

# without root: one's own sockets have a name, those of others are there without
looked user setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/ "$B/airgap-verify" snapshot --json
equal "snapshot: one's own connection" "$(of user "value->>'pid'" "$ours")" "$held"
equal "snapshot: another's server, without its name" "$(of user "value->>'binds', value->>'pid' IS NULL" \
	"value->>'lport' = 11434 AND value->>'state' = 'LISTEN'")" \
	"loopback|1"
equal "snapshot: what is hidden is counted" "$(sqlite3 :memory: "SELECT json_extract(readfile('$T/user.json'), '$.processes_hidden') > 0")" 1
timeout 60 nsenter --net="/run/netns/$near" setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=/ \
	"$B/airgap-verify" snapshot >"$T/snapshot.out" 2>"$T/snapshot.err"
says snapshot "loopback only tcp 127.0.0.1:11434 not seen whose"
says snapshot "Hidden what .* processes hold: sudo airgap-verify snapshot shows it"

looked file "$B/airgap-verify" snapshot -o "$T/look.txt"
equal "snapshot: the file, and nothing printed" "$(stat -c %a "$T/look.txt") $(wc -c <"$T/file.json") \
$(grep -c "192.0.2.1:$(cat "$T/held.ready") .*192.0.2.2:443" "$T/look.txt")" "600 0 1"
"$B/airgap-verify" snapshot now >"$T/snapshot.out" 2>"$T/snapshot.err"
equal "snapshot: what it does not take" "$?" 64
equal "snapshot: nothing is left behind" "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'airgap-posture-*' -newer "$T/held.ready" | wc -l)" 0
kill "$held" "$stub"
wait "$held" "$stub" 2>/dev/null
