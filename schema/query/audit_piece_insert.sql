-- What a log holds since the last audit, as a copy below the session folder.
INSERT INTO app_log (app, path, copy, role, copied_from, before_bytes, after_bytes, change, problem)
SELECT ?3, ?4, ?5, 'since', 0, ?6, ?7, 'since the last audit', ?8 WHERE ?1 > 0 AND ?2 > 0;
