-- One row; the columns in the order of enum count in report/facts.h. A lookup that no
-- process explains counts as one of the session.
WITH seen AS (
	SELECT coalesce(class, '') AS class, allowed, leaves, in_session FROM attempt WHERE suite = 0
), mine AS (
	SELECT class IN ('loopback', 'own', 'unix') AS local, class, allowed, leaves FROM seen WHERE in_session = 1
), lookups AS (
	SELECT coalesce(d.dir, CASE WHEN f.dir_how = 'passing' THEN 'in' END) AS dir,
		CASE WHEN d.pid IS NOT NULL THEN d.in_session ELSE coalesce(a.in_session, 1) END AS mine
	FROM dns d LEFT JOIN flow f ON f.id = d.flow LEFT JOIN attempt a ON a.id = f.attempt
	WHERE coalesce(a.suite, 0) = 0
), packets AS (
	SELECT f.packets_out + f.packets_in AS count, f.dir, f.explained
	FROM flow f LEFT JOIN attempt a ON a.id = f.attempt
	WHERE coalesce(a.suite, 0) = 0
)
SELECT
	(SELECT count(DISTINCT pid) FROM process WHERE in_cgroup = 1 OR in_tree = 1
		OR (SELECT value FROM session WHERE name = 'scope') = 'host'),
	(SELECT count(*) FROM mine),
	(SELECT count(*) FROM mine WHERE local),
	(SELECT count(*) FROM mine WHERE leaves = 1),
	(SELECT count(*) FROM mine WHERE leaves = 1 AND allowed = 1),
	(SELECT count(*) FROM mine WHERE leaves = 0 AND class = ''),
	(SELECT count(*) FROM mine WHERE leaves = 0 AND NOT local AND class <> ''),
	(SELECT count(*) FROM seen WHERE in_session = 0 AND leaves = 1),
	(SELECT count(*) FROM lookups),
	(SELECT count(*) FROM lookups WHERE dir = 'local'),
	(SELECT count(*) FROM lookups WHERE mine = 1 AND dir IS NOT 'local' AND dir IS NOT 'in'),
	(SELECT count(*) FROM lookups WHERE mine = 0 AND dir IS NOT 'local' AND dir IS NOT 'in'),
	(SELECT count(*) FROM finding WHERE effect = 'FAIL' AND vector = 'name_lookup'),
	(SELECT count(*) FROM packets),
	(SELECT count(*) FROM packets WHERE dir = 'out'),
	(SELECT count(*) FROM packets WHERE dir IS NOT 'local' AND explained IS NULL),
	(SELECT sum(count) FROM packets),
	(SELECT count(*) FROM finding WHERE effect = 'FAIL'),
	(SELECT count(*) FROM finding WHERE effect = 'INCONCLUSIVE'),
	(SELECT count(*) FROM finding),
	(SELECT sum(count) FROM skipped),
	(SELECT count(*) FROM canary),
	(SELECT count(*) FROM artifact),
	(SELECT count(*) FROM app_event),
	(SELECT count(*) FROM app_log);
