-- Readers number their rows themselves; nobody else writes meanwhile.
SELECT (SELECT coalesce(max(id), 0) + 1 FROM flow), (SELECT coalesce(max(id), 0) + 1 FROM dns),
       (SELECT coalesce(max(id), 0) + 1 FROM attempt), (SELECT coalesce(max(id), 0) + 1 FROM process);
