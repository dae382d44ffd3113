SELECT (SELECT count(*) FROM v_fleet_host) AS hosts, (SELECT count(*) FROM bundle) AS bundles,
	(SELECT count(*) FROM v_fleet_night) AS nights, (SELECT CAST(coalesce(sum(attempts), 0) AS {long}) FROM bundle) AS attempts,
	(SELECT CAST(coalesce(sum(leaving), 0) AS {long}) FROM bundle) AS leaving, (SELECT count(*) FROM refused) AS refused;
