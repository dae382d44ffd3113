SELECT probe AS "Probe", coalesce(result, 'not tried') AS "Result", stopped_at AS "Stopped or seen", last_witness AS "Seen last by",
	claimed_by AS "Claimed by", proto AS "Protocol", dst AS "Destination", dport AS "Port", call AS "Call", errno AS "Error number",
	from_ns AS "From (UTC)", to_ns AS "To (UTC)", detail AS "Detail"
FROM v_challenge
ORDER BY id;
