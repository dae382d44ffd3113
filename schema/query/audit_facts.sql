-- What is kept of this audit, for the next.
SELECT kind, name, value FROM v_audit_fact ORDER BY kind, name, value;
