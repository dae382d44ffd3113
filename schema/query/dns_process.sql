-- Which process asked, and whether it was the session's.
UPDATE dns SET pid = ?2, in_session = ?3 WHERE id = ?1;
