SELECT DISTINCT pid FROM process WHERE in_cgroup = 1 OR in_tree = 1;
