DELETE FROM finding;
