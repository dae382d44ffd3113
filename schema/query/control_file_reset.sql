DELETE FROM control_file;
