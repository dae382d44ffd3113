-- A later state of a witness replaces the earlier one; its remedy stays if it has none.
INSERT INTO witness (name, state, detail, remedy) VALUES (coalesce(?1, ''), coalesce(?2, ''), coalesce(?3, ''), coalesce(?4, ''))
ON CONFLICT (name) DO UPDATE SET state = excluded.state, detail = excluded.detail, remedy = excluded.remedy;
