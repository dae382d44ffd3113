-- What the wall clock did against the monotonic one. Set back, it gives two moments one time: what happened
-- in between may count as having been before the watch. Set ahead, order and the bounds of the watch hold;
-- a machine that slept looks the same.
INSERT INTO finding (severity, effect, check_id, title, detail, evidence, vector, remedy)
SELECT CASE back WHEN 1 THEN 'high' ELSE 'info' END, CASE back WHEN 1 THEN 'INCONCLUSIVE' ELSE 'NOTE' END, 'clock_step',
	CASE back WHEN 1 THEN 'The machine''s clock was set back by ' ELSE 'The machine''s clock went ahead by ' END || printf('%.1f s', ns / 1e9),
	CASE back WHEN 1 THEN 'Times of the evidence before and after that overlap; what lies near the beginning of the watch cannot be told from what lay before it.'
		ELSE 'It was set, or the machine slept. Times before and after that are of two clocks; their order holds.' END,
	json_object('file', 'evidence.ndjson'), NULL,
	'Synchronise the clock before a session, and let nobody set it while one runs.'
FROM (SELECT name = 'clock_back_ns' AS back, cast(value AS INTEGER) AS ns FROM session WHERE name IN ('clock_back_ns', 'clock_ahead_ns'))
ORDER BY back DESC;
