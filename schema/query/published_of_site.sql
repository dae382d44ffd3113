-- What the site gave the run to be held against, instead of the table of this build.
INSERT INTO published (model, benchmark, variant, pass_at_1, precision, prompt_mode, published, title)
SELECT DISTINCT model, benchmark, variant, percent / 100.0, nullif(precision, ''), nullif(prompt_mode, ''), nullif(published, ''), title
FROM bench_published ORDER BY source, record;
