DELETE FROM local_server;
