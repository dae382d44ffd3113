INSERT OR IGNORE INTO past (source, audit, session, folder, started_ns, from_ns, to_ns, scope, verdict, attempts, leaving, lookups,
	failing, undecided, seen_permille, more, cut, seal, fingerprint, tool, problem)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21);
