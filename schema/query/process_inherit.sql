-- A forked child runs the program of its parent.
UPDATE process SET (exe, image) = (SELECT exe, image FROM process WHERE id = ?2) WHERE id = ?1;
