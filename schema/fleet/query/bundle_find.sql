SELECT h.name, b.began_ns, b.ended_ns FROM bundle b JOIN host h ON h.host = b.host WHERE b.sha256 = $1;
