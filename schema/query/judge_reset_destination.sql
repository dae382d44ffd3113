DELETE FROM destination;
