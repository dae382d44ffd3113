DELETE FROM local_port;
