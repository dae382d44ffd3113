SELECT id AS "No.", first_ns AS "First (UTC)", last_ns AS "Last (UTC)", proto AS "Protocol", src AS "From", sport AS "Port from",
	dst AS "To", dport AS "Port to", dir AS "Direction", class AS "Class", vector AS "Vector", name AS "Name", state AS "State",
	packets_out AS "Packets out", packets_in AS "Packets in", bytes_out AS "Bytes out", bytes_in AS "Bytes in",
	explained AS "Explained by", pid AS "Process", exe AS "Program", iface AS "Interface", source AS "Evidence"
FROM v_flow
ORDER BY id;
