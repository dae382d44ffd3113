-- Flows get their number when they begin, and their row when they end.
SELECT coalesce(max(id), 0) + 1 FROM flow;
