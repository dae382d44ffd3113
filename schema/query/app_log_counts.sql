-- A log that nobody named is called after what it was recognised as.
UPDATE app_log SET lines = ?2, events = ?3, other = ?4, unread = ?5,
	app = CASE app WHEN 'app' THEN coalesce(?6, app) ELSE app END,
	zone = ?7, zone_why = ?8, time_slack_ns = ?9, described = ?10
WHERE id = ?1;
