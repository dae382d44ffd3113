SELECT layer, probe, state, stopped_at FROM v_claim ORDER BY layer, probe;
