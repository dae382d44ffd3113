INSERT OR IGNORE INTO audit_run (source, began_ns, every_ns, past, boot, scope, fingerprint, last, last_began_ns, last_ended_ns,
	last_verdict, last_boot, last_fingerprint, trouble_ns, trouble, forgotten)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16);
