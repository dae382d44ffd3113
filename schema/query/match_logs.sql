SELECT id, time_slack_ns, problem IS NOT NULL FROM app_log WHERE role = 'audit' ORDER BY id;
