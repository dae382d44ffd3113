UPDATE dns SET vector = NULL;
