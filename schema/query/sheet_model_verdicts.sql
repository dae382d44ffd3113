-- A model at a time, what it is not good enough by first.
SELECT model AS "Model", criterion AS "By", verdict AS "Verdict", round(wanted, 4) AS "Wanted", round(measured, 4) AS "Measured",
	round(low, 4) AS "From", round(high, 4) AS "To", why AS "Why", remedy AS "What to do"
FROM v_model_verdict
ORDER BY source, model, verdict = 'PASS', verdict = 'INCONCLUSIVE', criterion;
