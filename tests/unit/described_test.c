/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of firewalls and monitors, by the descriptions that are built in. */
#include "tests/unit/described_lines.h"

#define ONE_PACKET "IN=eth0 OUT= SRC=192.0.2.1 DST=192.0.2.2 PROTO=TCP SPT=9 DPT=80"
#define ONE_READ "host=192.0.2.2 port=80 src=192.0.2.1 sport=9 proto=tcp"

static const struct sample lines[] = {
	{"netfilter",
	 "Nov 23 10:09:23 h kernel: [1.5] [UFW BLOCK] IN= OUT=eth0 SRC=192.0.2.1 DST=198.51.100.7 LEN=60 TOS=0x00 "
	 "TTL=64 ID=1 DF PROTO=TCP SPT=4000 DPT=443 WINDOW=1 RES=0x00 SYN URGP=0",
	 "2026-11-23T10:09:23.000Z host=198.51.100.7 port=443 src=192.0.2.1 sport=4000 proto=tcp blocked out"},
	{"netfilter",
	 "<4>Nov  3 10:09:23 h kernel: nft-accept: IN=eth0 OUT=eth1 MAC=aa SRC=2001:db8::1 DST=2001:db8::2 PROTO=ICMPv6 "
	 "TYPE=128 [SRC=192.0.2.9 DST=192.0.2.8 ]",
	 "2026-11-03T10:09:23.000Z host=2001:db8::2 port=0 src=2001:db8::1 proto=icmp6 allowed forward"},
	{"netfilter",
	 "<4>1 2026-11-23T10:09:23.5+01:00 h kernel - - - [7.1] [UFW ALLOW] IN=lo OUT= SRC=127.0.0.1 DST=127.0.0.1 "
	 "PROTO=UDP SPT=1 DPT=53",
	 "2026-11-23T09:09:23.500Z host=127.0.0.1 port=53 src=127.0.0.1 sport=1 proto=udp allowed in"},
	{"netfilter", "2026-11-23T10:09:23Z h kernel: MARK: IN= OUT=eth0 SRC=192.0.2.1 DST=192.0.2.2 PROTO=47",
	 "2026-11-23T10:09:23.000Z host=192.0.2.2 port=0 src=192.0.2.1 proto=47 logged out"},
	{"netfilter", "Nov 23 10:09:23 h kernel: [UFW BLOCK] IN= OUT=eth0 SRC=192.0.2.1 DST=192.0.2.2 PROTO=TCP SPT=9 DPT=80",
	 "2026-11-23T10:09:23.000Z host=192.0.2.2 port=80 src=192.0.2.1 sport=9 proto=tcp blocked out"},
	{"netfilter", "Nov 23 10:09:23 h kernel: [    7.125] [UFW BLOCK] IN= OUT=eth0 SRC=192.0.2.1 DST=192.0.2.2 PROTO=TCP SPT=9 DPT=80",
	 "2026-11-23T10:09:23.000Z host=192.0.2.2 port=80 src=192.0.2.1 sport=9 proto=tcp blocked out"},
	{"netfilter", "2026-11-23T10:09:23Z h kernel: [UFW ALLOW] IN= OUT=eth0 SRC=192.0.2.1 DST=192.0.2.2 PROTO=TCP SPT=9 DPT=80",
	 "2026-11-23T10:09:23.000Z host=192.0.2.2 port=80 src=192.0.2.1 sport=9 proto=tcp allowed out"},
	{"netfilter", "<4>1 2026-11-23T10:09:23Z h kernel - - - [UFW BLOCK] IN= OUT=eth0 SRC=192.0.2.1 DST=192.0.2.2 PROTO=UDP SPT=9 DPT=53",
	 "2026-11-23T10:09:23.000Z host=192.0.2.2 port=53 src=192.0.2.1 sport=9 proto=udp blocked out"},
	{"netfilter", "Nov 23 10:09:23 kernel: [1.5] DROP " ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"netfilter", "Nov 23 10:09:23 blocky kern.warn kernel: ACCEPT" ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " allowed in"},
	{"netfilter", "Nov 23 10:09:23 h kernel[0]: Reject: " ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"netfilter", "<4>1 2026-11-23T10:09:23.5Z h kernel - - [timeQuality tzKnown=\"1\"] [1.5] [UFW BLOCK] " ONE_PACKET,
	 "2026-11-23T10:09:23.500Z " ONE_READ " blocked in"},
	{"netfilter", "Mon 2026-11-23 10:09:23 UTC h kernel: DROP " ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"netfilter", "1795428563.5 h kernel: DROP " ONE_PACKET,
	 "2026-11-23T10:09:23.500Z " ONE_READ " blocked in"},
	{"netfilter", "Mon Nov 23 10:09:23 2026 kern.warn kernel: [1.5] DROP " ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"netfilter", "Nov 23 2026 10:09:23 h kernel: DROP " ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"netfilter", "2026 Nov 23 10:09:23 h kernel: DROP " ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"netfilter", "kern  :warn  : [Mon Nov 23 10:09:23 2026] DROP " ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"netfilter", "2026-11-23T11:09:23,500000+01:00 DROP " ONE_PACKET,
	 "2026-11-23T10:09:23.500Z " ONE_READ " blocked in"},
	{"netfilter", "Nov 23 10:09:23 dropbox accept: " ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " allowed in"},
	{"netfilter", "Nov 23 10:09:23 dropbox ulogd[17]: accept: " ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " allowed in"},
	{"netfilter", "2026-11-23T10:09:23Z dropbox ulogd[17]: accept: " ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " allowed in"},
	{"netfilter", "Nov 23 10:09:23 gw kernel: [WAN_LOCAL-default-D]" ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"netfilter", "Nov 23 10:09:23 gw kernel: [ipv4-WAN-10-R]" ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"netfilter", "Nov 23 10:09:23 gw [LAN_IN-2000-A] DESCR=\"a rule\" " ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " allowed in"},
	{"netfilter", "Nov 23 10:09:23 h app: LOGIN=7 OUT OF TIME", "other"},
	{"netfilter", "Mon 2026-11-23 10:09:23 UTC h sshd[17]: hello", "other"},
	{"netfilter", "1795428563.5 h sshd[17]: hello", "other"},
	{"netfilter", "Mon Nov 23 10:09:23 2026 daemon.info dnsmasq[1]: hello", "other"},
	{"netfilter",
	 "{\"log\":\"Nov 23 10:09:23 h kernel: DROP " ONE_PACKET "\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-23T10:09:30Z\"}",
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"netfilter", "2026-11-23T10:09:30Z stdout F Nov 23 10:09:23 h kernel: DROP " ONE_PACKET,
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"zeek-conn-json",
	 "{\"log\":\"{\\\"ts\\\":1795435385,\\\"uid\\\":\\\"C\\\",\\\"conn_state\\\":\\\"SF\\\",\\\"id.resp_h\\\":\\\"192.0.2.2\\\",\\\"id.resp_p\\\":443}\\n\","
	 "\"stream\":\"stdout\",\"time\":\"2026-11-23T10:09:30Z\"}",
	 "2026-11-23T12:03:05.000Z host=192.0.2.2 port=443 logged"},
	{"netfilter", "Nov 23 10:09:23 h sshd[17]: Connection closed", "other"},
	{"netfilter", "Nov 23 10:09:23 h kernel: [UFW BLOCK] IN= OUT=eth0 SRC=192.0.2.1 DST=nonsense! PROTO=TCP DPT=1",
	 "a destination that is neither address nor name"},
	{"netfilter", "Nov 23 10:09:23 h kernel: IN= OUT=eth0 DST=192.0.2.1 PROTO=TCP DPT=70000",
	 "a port that is not 0 to 65535"},
	{"netfilter", "garbage", "no pattern of its description fits"},
	{"netfilter-journal",
	 "{\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":\"[UFW BLOCK] IN= "
	 "OUT=eth0 SRC=192.0.2.1 DST=192.0.2.2 PROTO=TCP SPT=9 DPT=80\"}",
	 "2026-11-23T12:03:05.123Z host=192.0.2.2 port=80 src=192.0.2.1 sport=9 proto=tcp blocked out"},
	{"netfilter-journal",
	 "{\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"SYSLOG_IDENTIFIER\":\"ulogd\",\"MESSAGE\":\"DROP " ONE_PACKET "\"}",
	 "2026-11-23T12:03:05.123Z " ONE_READ " blocked in"},
	{"netfilter-journal",
	 "\x1e{\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":\"DROP " ONE_PACKET "\"}",
	 "2026-11-23T12:03:05.123Z " ONE_READ " blocked in"},
	{"netfilter-journal",
	 "data: {\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"SYSLOG_IDENTIFIER\":\"kernel\",\"MESSAGE\":\"DROP " ONE_PACKET "\"}",
	 "2026-11-23T12:03:05.123Z " ONE_READ " blocked in"},
	{"netfilter-journal", "{\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"MESSAGE\":\"hello\"}", "other"},
	{"netfilter-ulogd",
	 "{\"timestamp\":\"2026-11-23T11:09:23.5+0100\",\"oob.prefix\":\"DROP \",\"oob.hook\":3,\"oob.in\":\"\",\"oob.out\":"
	 "\"eth0\",\"ip.protocol\":6,\"src_ip\":\"192.0.2.1\",\"src_port\":9,\"dest_ip\":\"192.0.2.2\",\"dest_port\":80}",
	 "2026-11-23T10:09:23.500Z " ONE_READ " blocked out"},
	{"netfilter-ulogd",
	 "{\"timestamp\":\"2026-11-23T10:09:23\",\"oob.prefix\":\"block? \",\"action\":\"allowed\",\"oob.hook\":1,\"oob.in\":"
	 "\"eth0\",\"oob.out\":\"\",\"ip.protocol\":58,\"src_ip\":\"2001:db8::1\",\"dest_ip\":\"2001:db8::2\"}",
	 "2026-11-23T10:09:23.000Z host=2001:db8::2 port=0 src=2001:db8::1 proto=icmp6 allowed in"},
	{"netfilter-ulogd", "{\"timestamp\":\"2026-11-23T10:09:23\",\"oob.hook\":1,\"arp.hwtype\":1}", "other"},
	{"netfilter-journal", "{\"MESSAGE\":\"hello\"}", "no rule of its description holds"},
	{"netfilter-journal", "{\"MESSAGE\":", "nothing where a value should stand"},
	{"pfirewall", "2026-11-23 12:00:00 DROP TCP 192.0.2.1 198.51.100.7 50000 443 52 S 1 0 8192 - - - SEND 4711",
	 "2026-11-23T12:00:00.000Z host=198.51.100.7 port=443 src=192.0.2.1 sport=50000 proto=tcp pid=4711 blocked out"},
	{"pfirewall", "2026-11-23 12:00:00 ALLOW ICMP fe80::1%7 fe80::2 - - 0 - - - - 8 0 - RECEIVE",
	 "2026-11-23T12:00:00.000Z host=fe80::2 port=0 src=fe80::1 proto=icmp allowed in"},
	{"pfirewall", "2026-11-23 12:00:00 CLOSE TCP 192.0.2.1 192.0.2.2 1 2 - - - - - - - - -", "other"},
	{"pfirewall", "2026-11-23 12:00:00 INFO-EVENTS-LOST - - - - - - - - - - - - 59 -",
	 "no rule of its description holds"},
	{"pf-filterlog",
	 "Nov 23 10:38:09 fw filterlog: 53,,,100,em0,match,block,in,4,0x0,,64,420,0,none,6,tcp,460,192.0.2.2,192.0.2.15,"
	 "53742,22,420,PA,1:2,3,65535,,",
	 "2026-11-23T10:38:09.000Z host=192.0.2.15 port=22 src=192.0.2.2 sport=53742 proto=tcp blocked in"},
	{"pf-filterlog",
	 "<134>1 2026-11-23T11:42:14.27+00:00 fw.lan filterlog 92653 - - 621,,,16,vtnet0,match,pass,out,6,0x00,0x07c63,64,"
	 "ICMPv6,58,44,2001:db8::1,2001:db8::2,",
	 "2026-11-23T11:42:14.270Z host=2001:db8::2 port=0 src=2001:db8::1 proto=icmp6 allowed out"},
	{"mikrotik",
	 "2026-11-23T00:04:27+01:00 gw firewall,info drop input: in:WAN out:(unknown 0), src-mac e4:41, proto TCP (SYN), "
	 "[2001:db8::1]:40384->[2001:db8::2]:20461, len 24",
	 "2026-11-22T23:04:27.000Z host=2001:db8::2 port=20461 src=2001:db8::1 sport=40384 proto=tcp blocked in"},
	{"pf-filterlog",
	 "<134>Nov 23 10:09:23 filterlog[17]: 5,,,1,em0,match,block,in,4,0x0,,64,1,0,DF,6,tcp,60,192.0.2.1,192.0.2.2,9,80,0,S",
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"pf-filterlog",
	 "<134>1 2026-11-23T10:09:23+00:00 fw filterlog 17 - [meta sequenceId=\"1\"] "
	 "5,,,fae5,em0,match,block,in,4,0x0,,64,1,0,DF,6,tcp,60,192.0.2.1,192.0.2.2,9,80,0,S",
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"pf-filterlog",
	 "2026-11-23T10:09:23+00:00 fw filterlog[17]: 5,,,1,em0,match,block,in,4,0x0,,64,1,0,DF,6,tcp,60,192.0.2.1,192.0.2.2,9,80,0,S",
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"mikrotik",
	 "Nov 23 10:09:23 gw firewall,info drop output: in:(unknown 0) out:WAN, proto ICMP (type 8, code 0), "
	 "192.0.2.1->192.0.2.2, len 56",
	 "2026-11-23T10:09:23.000Z host=192.0.2.2 port=0 src=192.0.2.1 proto=icmp blocked out"},
	{"mikrotik",
	 "<134>Nov 23 10:09:23 192.0.2.9 firewall,warning,info gw: accept dstnat: in:WAN out:(unknown 0), "
	 "connection-state:new src-mac e4:41, proto TCP (SYN), 192.0.2.1:9->192.0.2.2:80, NAT 192.0.2.1:9->"
	 "(192.0.2.2:80->192.168.0.2:80), len 60",
	 "2026-11-23T10:09:23.000Z " ONE_READ " allowed in"},
	{"mikrotik",
	 "2026-11-23 10:09:23 firewall,info own-chain: in:LAN out:WAN, connection-state:new proto TCP (SYN), "
	 "192.0.2.1:9->192.0.2.2:80, len 60",
	 "2026-11-23T10:09:23.000Z " ONE_READ " logged forward"},
	{"mikrotik",
	 "nov/23/2026 10:09:23 firewall,info reject input: in:WAN out:(unknown 0), proto TCP (SYN), "
	 "192.0.2.1:9->192.0.2.2:80, len 60",
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"mikrotik",
	 "nov/23 10:09:23 firewall,info reject input: in:WAN out:(unknown 0), proto TCP (SYN), "
	 "192.0.2.1:9->192.0.2.2:80, len 60",
	 "2026-11-23T10:09:23.000Z " ONE_READ " blocked in"},
	{"mikrotik", "nov/23 10:09:23 system,info,account user admin logged in", "other"},
	{"squid",
	 "1795428563.500    200 192.0.2.1 TCP_TUNNEL/200 3000 CONNECT api.example:443 - HIER_DIRECT/192.0.2.2 -",
	 "2026-11-23T10:09:23.500Z host=api.example dst=192.0.2.2 port=443 proto=tcp logged out"},
	{"squid",
	 "1795428563.500      0 192.0.2.1 TCP_DENIED/403 3000 CONNECT [2001:db8::2]:443 me HIER_NONE/- text/html",
	 "2026-11-23T10:09:23.500Z host=2001:db8::2 port=443 proto=tcp blocked out"},
	{"squid",
	 "Nov 23 10:09:30 gw (squid-1)[77]: 1795428563.500 1 ::1 TCP_MISS/200 3 GET http://name.example:8080/a - HIER_DIRECT/2001:db8::2 text/html",
	 "2026-11-23T10:09:23.500Z host=name.example dst=2001:db8::2 port=8080 proto=tcp logged out"},
	{"squid",
	 "192.0.2.1 - me [23/Nov/2026:11:09:23 +0100] \"GET http://name.example/ HTTP/1.1\" 403 3000 \"-\" \"a \\\"b\\\"\" TCP_DENIED:HIER_NONE",
	 "2026-11-23T10:09:23.000Z host=name.example port=80 proto=tcp blocked out"},
	{"squid",
	 "192.0.2.1 - - [23/Nov/2026:11:09:23 +0100] \"CONNECT api.example:443 HTTP/1.1\" 200 3000 \"-\" \"-\" TCP_TUNNEL:HIER_DIRECT",
	 "2026-11-23T10:09:23.000Z host=api.example port=443 proto=tcp logged out"},
	{"squid",
	 "1795428563.500 1 192.0.2.1 NONE/400 3000 GET error:invalid-request - HIER_NONE/- text/html",
	 "other"},
	{"squid",
	 "192.0.2.1 - - [23/Nov/2026:10:09:23 +0000] \"NONSENSE error:invalid-request HTTP/1.1\" 400 15 \"-\" \"-\" NONE_NONE:HIER_NONE",
	 "other"},
	{"dnsmasq",
	 "Nov 23 10:09:23 dnsmasq[17]: forwarded api.example to 192.0.2.2",
	 "2026-11-23T10:09:23.000Z host=192.0.2.2 port=53 proto=udp logged out"},
	{"dnsmasq",
	 "2026-11-23T10:09:23Z gw dnsmasq[17]: 4 127.0.0.1/9 forwarded api.example to 2001:db8::2#5353",
	 "2026-11-23T10:09:23.000Z host=2001:db8::2 port=5353 proto=udp logged out"},
	{"dnsmasq",
	 "Nov 23 10:09:23 gw dnsmasq[17]: query[A] api.example from 127.0.0.1",
	 "other"},
	{"unbound",
	 "[1795428563] unbound[17:0] debug: sending to target: <com.> 192.0.2.2#53",
	 "2026-11-23T10:09:23.000Z host=192.0.2.2 port=53 logged out"},
	{"unbound",
	 "Nov 23 10:09:23 gw unbound[17]: [17:0] debug: sending to target: <com.> 2001:db8::2#53",
	 "2026-11-23T10:09:23.000Z host=2001:db8::2 port=53 logged out"},
	{"unbound",
	 "2026-11-23T11:09:23.5+01:00 unbound[17:0] debug: sending to target: <com.> 192.0.2.2#853",
	 "2026-11-23T10:09:23.500Z host=192.0.2.2 port=853 logged out"},
	{"unbound",
	 "[1795428563] unbound[17:0] info: 127.0.0.1 api.example. A IN",
	 "other"},
	{"bind",
	 "23-Nov-2026 10:09:23.500 client @0x7f00 192.0.2.1#9 (api.example): query: api.example IN A +E(0)K (192.0.2.2)",
	 "2026-11-23T10:09:23.500Z host=192.0.2.2 port=53 src=192.0.2.1 sport=9 logged in"},
	{"bind",
	 "Nov 23 10:09:23 gw named[17]: queries: info: client 2001:db8::1#9: view lan: query: api.example IN AAAA + (2001:db8::2)",
	 "2026-11-23T10:09:23.000Z host=2001:db8::2 port=53 src=2001:db8::1 sport=9 logged in"},
	{"bind",
	 "23-Nov-2026 10:09:23.500 general: info: running",
	 "other"},
	{"little-snitch", "2026-11-23 12:00:00,out,501,192.0.2.7,name.example,6,443,0,3,0,0,\"/Apps/A, B\",",
	 "2026-11-23T12:00:00.000Z host=name.example dst=192.0.2.7 port=443 proto=tcp process=/Apps/A, B count=3 blocked out"},
	{"little-snitch", "2026-11-23 12:00:00,out,501,192.0.2.7,name.example,6,443,2,1,9,9,/Apps/A,",
	 "2026-11-23T12:00:00.000Z host=name.example dst=192.0.2.7 port=443 proto=tcp process=/Apps/A count=2 allowed out"},
	{"little-snitch", "2026-11-23 12:00:00,out,501,192.0.2.7,name.example,6,443,0,0,9,9,/Apps/A,", "other"},
	{"little-snitch", "2026-11-23 12:00:00,out,501,192.0.2.7,name.example,6,443,x,1,9,9,/Apps/A,", "a count that is no number"},
	{"opensnitch",
	 "{\"Rule\":\"x\",\"Action\":\"deny\",\"Type\":1,\"Event\":{\"time\":\"2026-11-23T12:00:00Z\",\"protocol\":\"tcp\","
	 "\"dst_ip\":\"192.0.2.7\",\"dst_host\":\"name.example\",\"dst_port\":\"443\",\"process_id\":17,\"process_path\":"
	 "\"/bin/a\\u0062\"}}",
	 "2026-11-23T12:00:00.000Z host=name.example dst=192.0.2.7 port=443 proto=tcp process=/bin/ab pid=17 blocked"},
	{"zeek-conn-json",
	 "{\"ts\":1795435385.25,\"uid\":\"C1\",\"id.orig_h\":\"192.0.2.1\",\"id.orig_p\":4000,\"id.resp_h\":\"192.0.2.2\","
	 "\"id.resp_p\":443,\"proto\":\"tcp\",\"conn_state\":\"SF\"}",
	 "2026-11-23T12:03:05.250Z host=192.0.2.2 port=443 src=192.0.2.1 sport=4000 proto=tcp logged"},
	{"suricata",
	 "{\"timestamp\":\"2026-11-23T12:00:01.5+0000\",\"event_type\":\"flow\",\"src_ip\":\"192.0.2.1\",\"src_port\":1,"
	 "\"dest_ip\":\"192.0.2.2\",\"dest_port\":443,\"proto\":\"TCP\",\"flow\":{\"start\":\"2026-11-23T12:00:00+0000\"}}",
	 "2026-11-23T12:00:00.000Z host=192.0.2.2 port=443 src=192.0.2.1 sport=1 proto=tcp logged"},
	{"suricata",
	 "{\"timestamp\":\"2026-11-23T12:00:01Z\",\"event_type\":\"drop\",\"dest_ip\":\"192.0.2.2\",\"alert\":{\"action\":"
	 "\"blocked\"}}",
	 "2026-11-23T12:00:01.000Z host=192.0.2.2 port=0 blocked"},
	{"suricata", "{\"timestamp\":\"2026-11-23T12:00:01Z\",\"event_type\":\"stats\"}", "other"},
	{"tetragon",
	 "{\"process_kprobe\":{\"process\":{\"pid\":17,\"binary\":\"/bin/a\"},\"args\":[{\"sock_arg\":{\"saddr\":"
	 "\"192.0.2.1\",\"daddr\":\"192.0.2.2\",\"sport\":1,\"dport\":443}},{\"int_arg\":1}],\"action\":"
	 "\"KPROBE_ACTION_POST\"},\"time\":\"2026-11-23T12:00:00.5Z\"}",
	 "2026-11-23T12:00:00.500Z host=192.0.2.2 port=443 src=192.0.2.1 sport=1 process=/bin/a pid=17 logged"},
	{"tetragon", "{\"process_exec\":{},\"time\":\"2026-11-23T12:00:00.5Z\"}", "other"},
	{"falco",
	 "{\"rule\":\"r\",\"priority\":\"Notice\",\"time\":\"2026-11-23T12:00:00.5Z\",\"output_fields\":{\"fd.rip\":"
	 "\"192.0.2.2\",\"fd.rport\":443,\"fd.l4proto\":\"tcp\",\"proc.name\":\"a\",\"proc.pid\":17}}",
	 "2026-11-23T12:00:00.500Z host=192.0.2.2 port=443 proto=tcp process=a pid=17 logged"},
	{"docker-sandbox",
	 "{\"audit_event_id\":\"1\",\"timestamp\":\"2026-11-23T12:00:00Z\",\"decision\":\"deny\",\"hostname\":"
	 "\"name.example\"}",
	 "2026-11-23T12:00:00.000Z host=name.example port=0 blocked"},
	{"docker-sandbox",
	 "{\"audit_event_id\":\"1\",\"timestamp\":\"2026-11-23T12:00:00Z\",\"decision\":\"allow\",\"hostname\":"
	 "\"[2001:db8::1]:8443\"}",
	 "2026-11-23T12:00:00.000Z host=2001:db8::1 port=8443 allowed"},
	{"netfilter",
	 "[Mon Nov 23 10:09:23 2026] [UFW BLOCK] IN= OUT=eth0 SRC=192.0.2.1 DST=198.51.100.7 PROTO=TCP SPT=4000 "
	 "DPT=443",
	 "2026-11-23T10:09:23.000Z host=198.51.100.7 port=443 src=192.0.2.1 sport=4000 proto=tcp blocked out"},
	{"netfilter", "[Mon Nov 23 10:09:23 2026] usb 1-1: new device", "other"},
	{"netfilter",
	 "<4>1 2026-11-23T10:09:23.5Z h kernel - - [meta sequenceId=\"7\"] [UFW BLOCK] IN= OUT=eth0 DST=192.0.2.2 "
	 "PROTO=UDP DPT=53",
	 "2026-11-23T10:09:23.500Z host=192.0.2.2 port=53 proto=udp blocked out"},
	{"netfilter",
	 "2026-11-23T10:09:23+0000 h kernel: DROP-out IN= OUT=eth0 DST=192.0.2.2 PROTO=UDP DPT=53",
	 "2026-11-23T10:09:23.000Z host=192.0.2.2 port=53 proto=udp blocked out"},
	{"opensnitch-syslog",
	 "<29>1 2026-11-23T12:00:00+01:00 h opensnitch 77 TCPOUT - [SRC=\"192.0.2.1\" SPT=\"50000\" "
	 "DST=\"198.51.100.7\" DSTHOST=\"name.example\" DPT=\"443\" PROTO=\"tcp\" PID=\"4711\" UID=\"1000\" "
	 "PATH=\"/usr/bin/curl\" CMDLINE=\"curl https://name.example\" CWD=\"/home/u\" ARG1=\"deny\" ARG2=\"a "
	 "rule\"]",
	 "2026-11-23T11:00:00.000Z host=name.example dst=198.51.100.7 port=443 src=192.0.2.1 sport=50000 "
	 "proto=tcp process=/usr/bin/curl pid=4711 blocked"},
	{"opensnitch-syslog",
	 "Nov 23 11:00:00 h opensnitch[77]: <29>1 2026-11-23T12:00:00+01:00 h opensnitch 77 TCPOUT - "
	 "[SRC=\"192.0.2.1\" SPT=\"50000\" DST=\"198.51.100.7\" DSTHOST=\"\" DPT=\"53\" PROTO=\"udp\" "
	 "PID=\"4711\" PATH=\"/bin/a\" CMDLINE=\"\" CWD=\"/\" ARG1=\"allow\" ARG2=\"r\"]",
	 "2026-11-23T11:00:00.000Z host=198.51.100.7 port=53 src=192.0.2.1 sport=50000 proto=udp process=/bin/a "
	 "pid=4711 allowed"},
	{"opensnitch-syslog",
	 "2026-11-23T12:00:00+01:00 h opensnitch 77 TCPOUT - [SRC=\"192.0.2.1\" SPT=\"5\" DST=\"198.51.100.7\" "
	 "DPT=\"443\" PROTO=\"tcp\" ARG1=\"reject\"]",
	 "2026-11-23T11:00:00.000Z host=198.51.100.7 port=443 src=192.0.2.1 sport=5 proto=tcp blocked"},
	{"opensnitch-syslog",
	 "<29>2026-11-23T12:00:00Z h opensnitch[77]: [SRC=\"2001:db8::1\" SPT=\"5\" DST=\"2001:db8::2\" "
	 "DSTHOST=\"name.example\" DPT=\"443\" PROTO=\"tcp6\" PID=\"4711\" PATH=\"/bin/a\" ARG1=\"allow\"]",
	 "2026-11-23T12:00:00.000Z host=name.example dst=2001:db8::2 port=443 src=2001:db8::1 sport=5 proto=tcp "
	 "process=/bin/a pid=4711 allowed"},
	{"opensnitch-syslog",
	 "<29>2026-11-23T12:00:00Z h opensnitch[77]: "
	 "192.0.2.1,50000,198.51.100.7,name.example,443,tcp,4711,1000,/usr/bin/curl,[curl -v "
	 "https://name.example],/home/u,deny,a rule",
	 "2026-11-23T12:00:00.000Z host=name.example dst=198.51.100.7 port=443 src=192.0.2.1 sport=50000 "
	 "proto=tcp process=/usr/bin/curl pid=4711 blocked"},
	{"opensnitch-syslog",
	 "Nov 23 12:00:00 h opensnitch[77]: 192.0.2.1,50000,198.51.100.7,,53,udp,4711,1000,/bin/a,[a],/,allow,a "
	 "rule",
	 "2026-11-23T12:00:00.000Z host=198.51.100.7 port=53 src=192.0.2.1 sport=50000 proto=udp process=/bin/a "
	 "pid=4711 allowed"},
	{"opensnitch-syslog",
	 "<29>2026-11-23T12:00:00Z h opensnitch[77]: 192.0.2.1,50000,198.51.100.7,,53,udp,4711,1000,/bin/a,[a "
	 "]x],/,allow,a rule",
	 "no pattern of its description fits"},
	{"picosnitch",
	 "2026-11-23 12:00:00,517,1200,3,/usr/bin/curl,curl,curl "
	 "https://name.example,aa,/bin/bash,bash,bash,bb,/usr/sbin/sshd,sshd,sshd,cc,1000,2,6,50000,443,192.0.2.1,"
	 "198.51.100.7,name.example,4026531840",
	 "2026-11-23T12:00:00.000Z host=name.example dst=198.51.100.7 port=443 src=192.0.2.1 sport=50000 "
	 "proto=tcp process=/usr/bin/curl logged"},
	{"picosnitch",
	 "1795435385,0,0,1,/bin/a,a,a,aa,,,,,,,,,0,10,17,5,53,2001:db8::1,2001:db8::2,,4026531840",
	 "2026-11-23T12:03:05.000Z host=2001:db8::2 port=53 src=2001:db8::1 sport=5 proto=udp process=/bin/a "
	 "logged"},
	{"picosnitch",
	 "2026-11-23 12:00:00,517,1200,/bin/a,a,a,aa,b,b,b,bb,0,5,443,192.0.2.1,198.51.100.7,name.example",
	 "no rule of its description holds"},
	{"lulu",
	 "2026-11-23 12:00:00.865779+0100 0x35141    Default     0x0                  1429   0    "
	 "com.objective-see.lulu.extension: [com.objective-see.lulu:extension] (user) response: \"block\" for "
	 "/Applications/A, B.app/Contents/MacOS/a, that was trying to connect to 198.51.100.7:443",
	 "2026-11-23T11:00:00.865Z host=198.51.100.7 port=443 process=/Applications/A, B.app/Contents/MacOS/a "
	 "blocked out"},
	{"lulu",
	 "2026-11-23 12:00:00.865779+0100  localhost com.objective-see.lulu.extension[1429]: "
	 "[com.objective-see.lulu:extension] (user) response: \"allow\" for /bin/a, that was trying to connect to "
	 "2001:db8::2:443",
	 "2026-11-23T11:00:00.865Z host=2001:db8::2 port=443 process=/bin/a allowed out"},
	{"lulu",
	 "2026-11-23 12:00:00.207798+0200 0x291e76   Debug       0x0                  677    0    "
	 "com.objective-see.lulu.extension: [com.objective-see.lulu:extension] remote endpoint: 192.0.2.1:53 / "
	 "url: (null)",
	 "other"},
	{"lulu", "Timestamp                       Thread     Type        Activity             PID    TTL", "other"},
	{"lulu", "        sourceAppIdentifier = .a.out", "no pattern of its description fits"},
	{"ollama-journal",
	 "{\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"_SYSTEMD_UNIT\":\"ollama.service\",\"_PID\":\"17\",\"MESSAGE\":"
	 "\"[GIN] 2026/11/23 - 13:03:05 | 200 |    1.35s |       127.0.0.1 | POST     \\\"/api/chat\\\"\"}",
	 "2026-11-23T12:03:05.123Z port=0 src=127.0.0.1 proto=tcp process=ollama pid=17 allowed in"},
	{"ollama-journal",
	 "{\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"_SYSTEMD_UNIT\":\"ollama.service\",\"_PID\":\"17\",\"MESSAGE\":"
	 "\"time=2026-11-23T12:03:04.5Z level=ERROR source=x.go:1 msg=\\\"no\\\" error=\\\"Post "
	 "\\\\\\\"https://registry.example/v2/\\\\\\\": dial tcp\\\"\"}",
	 "2026-11-23T12:03:04.500Z host=registry.example port=443 proto=tcp process=ollama pid=17 logged"},
	{"ollama-journal",
	 "{\"__REALTIME_TIMESTAMP\":\"1795435385123456\",\"_SYSTEMD_UNIT\":\"ollama.service\",\"MESSAGE\":\"hello\"}", "other"},
	{"ollama-export",
	 "__REALTIME_TIMESTAMP=1795435385123456\n_SYSTEMD_UNIT=ollama.service\n_PID=17\nMESSAGE=time=2026-11-23T12:03:04.5Z "
	 "level=ERROR source=x.go:1 msg=\"no\" error=\"Get \\\"https://registry.example/v2/\\\": dial tcp\"\n",
	 "2026-11-23T12:03:04.500Z host=registry.example port=443 proto=tcp process=ollama pid=17 logged"},
	{"ollama-export", "__REALTIME_TIMESTAMP=1795435385123456\n_SYSTEMD_UNIT=ssh.service\nMESSAGE=hello\n", "other"},
};

static void each_line(void **state)
{
	(void)state;
	assert_lines(lines, LENGTH(lines));
}

static void a_heading_names_the_columns(void **state)
{
	(void)state;
	static const char log[] = "#Version: 1.5\n#Time Format: UTC\n#Fields: date time action dst-ip dst-port protocol path\n"
				  "2026-11-23 12:00:00 ALLOW 192.0.2.2 443 TCP SEND\n";
	struct described *s = described_new(find("pfirewall"), start);
	struct cursor c = cursor_over(slice_of_string(log));
	struct slice line;
	enum app_kind kind = APP_UNREAD;
	while (cursor_line(&c, &line, NULL))
		kind = described_line(s, line, &a);
	assert_string_equal(shown(kind), "2026-11-23T12:00:00.000Z host=192.0.2.2 port=443 proto=tcp allowed out");
	described_free(s);
	assert_true(described_sniff(find("pfirewall"), start, slice_of_string(log)) > 60);

	s = described_new(find("zeek-conn"), start);
	static const char row[] = "1795435385.5\tC1\t192.0.2.1\t1\t192.0.2.2\t443\ttcp\t-\tSF";
	assert_string_equal(shown(described_line(s, slice_of_string(row), &a)),
			    "a row in front of the heading that names its columns");
	described_line(s, SLICE("#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tconn_state"), &a);
	assert_string_equal(shown(described_line(s, slice_of_string(row), &a)),
			    "2026-11-23T12:03:05.500Z host=192.0.2.2 port=443 src=192.0.2.1 sport=1 proto=tcp logged");
	described_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line),
		cmocka_unit_test(a_heading_names_the_columns),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
