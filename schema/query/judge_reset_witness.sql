UPDATE witness SET required = 0, canaries = name IN ('kernel', 'packets', 'sock_diag', 'tools', 'etw', 'socket_tables', 'seccomp', 'isolation');
