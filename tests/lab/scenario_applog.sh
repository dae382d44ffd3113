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

cat >"$T/allow.ini" <<'INI'
[policy]
required = kernel, packets

[allow 192.0.2.2:443/tcp]
reason = the laboratory's own server
INI
session allowed --policy "$T/allow.ini" -- "$B/lab/reach" tcp 192.0.2.2 443
exits allowed 0
says allowed "policy allows"
