-- The last moment that the evidence tells of; 0: there is no evidence.
SELECT coalesce(max(last_ns), 0) FROM checkpoint;
