-- The coverage of one witness (?1).
SELECT from_ns, to_ns, state, lost FROM coverage WHERE witness = ?1 ORDER BY from_ns, to_ns, state;
