SELECT probe, coalesce(result, 'not tried'), stopped_at, last_witness, proto, dst, dport, call, errno, answer, detail,
       (SELECT json_group_array(layer) FROM (SELECT layer FROM claim c WHERE c.probe = v.probe ORDER BY layer)),
       result IS NOT NULL
FROM v_challenge v ORDER BY id;
