SELECT coalesce((SELECT subject FROM posture_item WHERE what = 'system' AND state = 'there' LIMIT 1), 'linux');
