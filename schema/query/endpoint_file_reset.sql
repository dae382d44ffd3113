DELETE FROM endpoint_file;
