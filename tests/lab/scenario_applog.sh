# SPDX-License-Identifier: Apache-2.0
# The app's own log is held against what the machine saw.
A="$B/lab/sample_agent"
log="$T/agent.log"

: >"$log"
session truthful --app-log "$log" -- "$A" --log "$log"
exits truthful 0
equal "truthful: each entry is confirmed" \
	"$(ask truthful "SELECT group_concat(outcome || ' ' || n) FROM (SELECT outcome, count(*) AS n FROM v_match GROUP BY outcome)")" "confirmed 3"

: >"$log"
session lying --app-log "$log" -- "$A" --log "$log" --telemetry 192.0.2.2 443 --lie
exits lying 1
says lying "log is contradicted: it says blocked"
equal "lying: contradicted" "$(ask lying "SELECT count(*) FROM v_match WHERE outcome = 'contradicted'")" 1

: >"$log"
session silent --app-log "$log" -- sh -c "'$A' --log '$log'; '$B/lab/reach' tcp 192.0.2.2 443"
exits silent 1
equal "silent: unreported" "$(ask silent "SELECT count(*) FROM v_match WHERE outcome = 'unreported'")" 1

: >"$log"
session honest --app-log "$log" -- "$A" --log "$log" --telemetry 192.0.2.2 443
exits honest 1
equal "honest: confirmed" "$(ask honest "SELECT count(*) FROM v_match WHERE outcome = 'confirmed'")" 4

# A description of the site's own goes with the session, to wherever it is judged again.
cat >"$T/lab-agent.ini" <<'INI'
[log]
name = lab-agent
format = json
time_layout = iso
sure = 95

[event connection]
when decision = *
time = timestamp
process = process
pid = pid
host = destination
port = port
proto = protocol
disposition = decision
INI
: >"$log"
session described --app-log "$log" --log-description "$T/lab-agent.ini" -- "$A" --log "$log"
exits described 0
equal "described: read by what is kept" \
	"$(ask described "SELECT app || ' ' || substr(described, 1, 20) || ' ' || events FROM app_log")" "lab-agent logs.d/lab-agent.ini 3"
cp -R "$T/described" "$T/elsewhere"
rm "$T/lab-agent.ini"
"$B/airgap-verify" crosscheck "$T/elsewhere" >"$T/elsewhere.out" 2>"$T/elsewhere.err" </dev/null
status=$?
exits elsewhere 0
says elsewhere "descriptions that the session keeps"
equal "elsewhere: read by the same" "$(ask elsewhere "SELECT described FROM app_log")" "$(ask described "SELECT described FROM app_log")"
echo "# another" >>"$T/elsewhere/logs.d/lab-agent.ini"
"$B/airgap-verify" crosscheck "$T/elsewhere" >"$T/elsewhere.out" 2>"$T/elsewhere.err" </dev/null
status=$?
exits elsewhere 65
says elsewhere "logs.d/lab-agent.ini"
rm -r "$T/elsewhere/seal"
"$B/airgap-verify" crosscheck "$T/elsewhere" >"$T/elsewhere.out" 2>"$T/elsewhere.err" </dev/null
status=$?
exits elsewhere 65
says elsewhere "not the description that the session was started with"

cat >"$T/allow.ini" <<'INI'
[policy]
required = kernel, packets

[allow 192.0.2.2:443/tcp]
reason = the laboratory's own server
INI
session allowed --policy "$T/allow.ini" -- "$B/lab/reach" tcp 192.0.2.2 443
exits allowed 0
says allowed "policy allows"
