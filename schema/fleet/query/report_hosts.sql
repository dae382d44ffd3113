-- Those without evidence first, then those whose nights failed most.
SELECT host AS "Host", coalesce(last_verdict, 'no evidence') AS "Last verdict", last_night AS "Last night", nights AS "Nights",
	nights_pass AS "PASS", nights_inconclusive AS "INCONCLUSIVE", nights_fail AS "FAIL", leaving AS "Attempts to leave",
	refused AS "Refused", fingerprint AS "Key (SHA-256 of the certificate)", pinned AS "Believed by"
FROM v_fleet_host
ORDER BY CASE WHEN nights = 0 THEN 0 ELSE 1 END, nights_fail DESC, nights_inconclusive DESC, host
LIMIT 10001;
