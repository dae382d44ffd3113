SELECT * FROM v_model_verdict ORDER BY source, model, criterion;
