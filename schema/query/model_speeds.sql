-- The measurements of a model that came to their end.
SELECT repeat, tokens, total_ns - first_ns, generation_ns, first_ns, prompt_tokens, prompt_ns, load_ns, energy_joules
FROM bench_speed
WHERE source = ?1 AND model = ?2 AND coalesce(end, 'stopped') IN ('stopped', 'length')
ORDER BY record;
