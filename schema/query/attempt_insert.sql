-- One attempt as a witness of this machine saw it: the kernel's, where it does not say.
INSERT INTO attempt (time_ns, witness, call, proto, src, sport, dst, dport, outcome, errno, pid, tid,
	uid, comm, process, in_cgroup, in_tree, in_session, suite, cookie, netns, bytes_out,
	left_machine, source, record, id)
VALUES (?1, coalesce(?26, 'kernel'), coalesce(?2, 'unknown'), coalesce(?3, 'other'), ?4, ?5, ?6, ?7, ?8, ?9, ?10,
	?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25);
