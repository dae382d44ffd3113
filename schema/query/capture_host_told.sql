-- Does anybody else tell which machine was watched?
SELECT (SELECT count(*) FROM host_address) + (SELECT count(*) FROM session);
