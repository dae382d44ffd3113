-- One row; the columns in the order of enum count in report/facts.h. A lookup that no
-- process explains counts as one of the session.
WITH attempts AS (
	SELECT
		count(*) FILTER (WHERE in_session = 1) AS mine,
		count(*) FILTER (WHERE in_session = 1 AND class IN ('loopback', 'own', 'unix')) AS local,
		count(*) FILTER (WHERE in_session = 1 AND leaves = 1) AS leaving,
		count(*) FILTER (WHERE in_session = 1 AND leaves = 1 AND allowed = 1) AS allowed,
		count(*) FILTER (WHERE in_session = 1 AND leaves = 0 AND coalesce(class, '') = '') AS unknown,
		count(*) FILTER (WHERE in_session = 1 AND leaves = 0 AND class NOT IN ('loopback', 'own', 'unix', '')) AS pointed,
		count(*) FILTER (WHERE in_session = 0 AND leaves = 1) AS others
	FROM attempt WHERE suite = 0
), lookup AS (
	SELECT coalesce(d.dir, CASE WHEN f.dir_how = 'passing' THEN 'in' END) AS dir,
		CASE WHEN d.pid IS NOT NULL THEN d.in_session ELSE coalesce(a.in_session, 1) END AS mine
	FROM dns d LEFT JOIN flow f ON f.id = d.flow LEFT JOIN attempt a ON a.id = f.attempt
	WHERE coalesce(a.suite, 0) = 0
), lookups AS (
	SELECT count(*) AS seen,
		count(*) FILTER (WHERE dir = 'local') AS local,
		count(*) FILTER (WHERE mine = 1 AND dir IS NOT 'local' AND dir IS NOT 'in') AS leaving,
		count(*) FILTER (WHERE mine = 0 AND dir IS NOT 'local' AND dir IS NOT 'in') AS others
	FROM lookup
), flows AS (
	SELECT count(*) AS seen,
		count(*) FILTER (WHERE f.dir = 'out') AS leaving,
		count(*) FILTER (WHERE f.dir IS NOT 'local' AND f.explained IS NULL) AS unexplained,
		sum(f.packets_out + f.packets_in) AS packets
	FROM flow f LEFT JOIN attempt a ON a.id = f.attempt
	WHERE coalesce(a.suite, 0) = 0
)
SELECT
	(SELECT count(DISTINCT pid) FROM process WHERE in_cgroup = 1 OR in_tree = 1
		OR (SELECT value FROM session WHERE name = 'scope') = 'host'),
	(SELECT mine FROM attempts),
	(SELECT local FROM attempts),
	(SELECT leaving FROM attempts),
	(SELECT allowed FROM attempts),
	(SELECT unknown FROM attempts),
	(SELECT pointed FROM attempts),
	(SELECT others FROM attempts),
	(SELECT seen FROM lookups),
	(SELECT local FROM lookups),
	(SELECT leaving FROM lookups),
	(SELECT others FROM lookups),
	(SELECT count(*) FROM finding WHERE effect = 'FAIL' AND vector = 'name_lookup'),
	(SELECT seen FROM flows),
	(SELECT leaving FROM flows),
	(SELECT unexplained FROM flows),
	(SELECT packets FROM flows),
	(SELECT count(*) FROM finding WHERE effect = 'FAIL'),
	(SELECT count(*) FROM finding WHERE effect = 'INCONCLUSIVE'),
	(SELECT count(*) FROM finding),
	(SELECT sum(count) FROM skipped),
	(SELECT count(*) FROM canary),
	(SELECT count(*) FROM artifact),
	(SELECT count(*) FROM app_event),
	(SELECT count(*) FROM app_log);
