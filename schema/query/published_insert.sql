INSERT INTO published (model, benchmark, variant, pass_at_1, precision, prompt_mode, published, title)
VALUES (?1, ?2, ?3, nullif(?4, '') / 100.0, nullif(?5, ''), nullif(?6, ''), nullif(?7, ''), ?8);
