INSERT INTO bench_speed (source, record, time_ns, model, repeat, prompt_tokens, tokens, first_ns, total_ns, load_ns,
	prompt_ns, generation_ns, energy_joules, end)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14);
