UPDATE egress SET class = NULL;
