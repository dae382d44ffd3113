INSERT INTO bench (source, record, time_ns, tool, resumed, tasks_sha256, seed, samples, temperature, context, tokens_max,
	timeout_ms, repeats, suites, prompt_mode, tasks, languages, sandbox, cpus, task_limit, languages_asked, difficulties_asked)
VALUES (?1, ?2, ?3, ?4, coalesce(?5, 0), ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22);
