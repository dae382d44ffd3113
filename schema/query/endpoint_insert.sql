INSERT INTO endpoint (rule, origin, product, host, port, process, path, vector, confidence, off_switch)
VALUES (?1, ?2, nullif(?3, ''), nullif(?4, ''), nullif(?5, 0), nullif(?6, ''), nullif(?7, ''), ?8, ?9, nullif(?10, ''));
