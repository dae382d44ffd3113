UPDATE flow SET class = NULL, vector = NULL, attempt = NULL, explained = NULL;
