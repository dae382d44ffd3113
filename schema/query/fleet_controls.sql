SELECT row_number() OVER (), framework, control, objective, evidence_kind, strength, status_text, finding_ids, title FROM v_control;
