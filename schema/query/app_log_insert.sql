INSERT INTO app_log (app, path, copy, role, before_bytes, after_bytes, copied_from, change, problem, taken_ns)
VALUES (coalesce(?1, ''), coalesce(?2, ''), ?3, coalesce(?4, 'audit'), coalesce(?5, 0), coalesce(?6, 0), coalesce(?7, 0), coalesce(?8, ''), ?9, ?10);
