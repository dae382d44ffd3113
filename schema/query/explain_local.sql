UPDATE flow SET explained = 'local' WHERE explained IS NULL AND dir = 'local';
