INSERT INTO bench_answer (source, record, time_ns, model, suite, task, language, difficulty, sample, seed, outcome, detail,
	end, said, thought_bytes, turns, tries, prompt_tokens, tokens, first_ns, total_ns, load_ns, prompt_ns,
	generation_ns, run_ns, run_memory_bytes)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
	?25, ?26);
