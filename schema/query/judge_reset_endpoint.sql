DELETE FROM endpoint;
