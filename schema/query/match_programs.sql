SELECT id, exe FROM process WHERE exe <> '' ORDER BY id;
