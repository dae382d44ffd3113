SELECT h.name, b.path, b.night FROM bundle b JOIN host h ON h.host = b.host WHERE b.sha256 = $1;
