-- Where the kernel, Windows' events, or who does the session's calls, are shown to have told of everything: no part of it missing.
SELECT c.from_ns, c.to_ns FROM coverage c JOIN witness w ON w.name = c.witness
WHERE c.witness IN ('kernel', 'etw', 'seccomp') AND c.state = 'seeing' AND w.state = 'on'
ORDER BY c.from_ns;
