DELETE FROM control;
