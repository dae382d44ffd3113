-- Each check that found something, with the title of its first finding.
SELECT check_id, title FROM finding GROUP BY check_id HAVING id = min(id) ORDER BY check_id;
