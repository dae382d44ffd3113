# SPDX-License-Identifier: Apache-2.0
# Nothing is missed, however short it lives.
session burst -- "$B/lab/reach" burst 192.0.2.2 2001:db8::2 443
exits burst 1
equal "burst: 4,200 of 4,200 attempts, each with pid, program and outcome" \
	"$(ask burst "SELECT count(*) FROM v_attempt WHERE in_session AND pid > 0 AND exe LIKE '%/reach'
		AND exe_sha256 IS NOT NULL AND outcome = 'ok' AND dst IN ('192.0.2.2', '2001:db8::2')")" 4200
equal "burst: nothing lost" "$(ask burst "SELECT coalesce(sum(lost), 0) FROM v_coverage")" 0
equal "burst: every packet that left is explained" \
	"$(ask burst "SELECT count(*) FROM v_flow WHERE explained IS NULL")" 0

session execs -- "$B/lab/reach" execs 192.0.2.2 443 500
exits execs 1
equal "execs: 500 processes of one connect each" \
	"$(ask execs "SELECT count(DISTINCT pid) FROM v_attempt WHERE in_session AND dst = '192.0.2.2' AND exe LIKE '%/reach' AND outcome = 'ok'")" 500
