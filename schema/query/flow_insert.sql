INSERT INTO flow (id, source, proto, src, sport, dst, dport, first_ns, last_ns, packets_out,
                  packets_in, bytes_out, bytes_in, state, ifindex, iface, dir, first_packet,
                  pid, process, outer, app, dir_how)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23);
