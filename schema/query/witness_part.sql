INSERT OR REPLACE INTO witness_part (witness, state, detail, part) VALUES (coalesce(?1, ''), coalesce(?2, ''), coalesce(?3, ''), coalesce(?4, ''));
