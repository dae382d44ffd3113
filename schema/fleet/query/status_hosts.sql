SELECT host, last_night, last_verdict, bundles, nights, nights_pass, nights_fail, nights_inconclusive, last_ns, usual_ns, attempts, leaving,
	refused, fingerprint, pinned
FROM v_fleet_host ORDER BY host;
