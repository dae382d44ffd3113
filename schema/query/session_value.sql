-- One fact of the session by its name.
SELECT value FROM session WHERE name = ?1;
