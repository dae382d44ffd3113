-- The name that stood in some flow to the same place (?1, ?2), where its own tells none. A few
-- are looked through.
SELECT n.name, n.how FROM (SELECT id FROM flow WHERE dst = ?1 AND dport IS ?2 LIMIT 32) f JOIN name n ON n.flow = f.id
WHERE n.name <> '' AND n.how <> 'dns' ORDER BY n.id LIMIT 1;
