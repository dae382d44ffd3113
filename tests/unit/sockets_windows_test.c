/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/socket_table.h"

#include "core/text.h"

#define HEAD "\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State           PID\r\n"
#define READER (&reader_netstat_windows)

static void rows_with_pids(void **state)
{
	struct rows *r = *state;
	read_table(r, READER,
		   HEAD "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       748\r\n"
			"  TCP    192.0.2.1:49707        198.51.100.7:443       ESTABLISHED     4712\r\n"
			"  TCP    [2001:db8::1]:5        [2001:db8::2]:https    TIME_WAIT       0\r\n"
			"  TCP    desk:ms-wbt-server     host.example:50000     CLOSE_WAIT      9      InHost\r\n"
			"  TCP    0.0.0.0:50001          0.0.0.0:0              BOUND           9\r\n"
			"  UDP    0.0.0.0:5353           *:*                                    2020\r\n"
			"  UDP    [fe80::1%12]:546       *:*                                    1036\r\n"
			"  UDP    127.0.0.1:5            127.0.0.1:6                            7\r\n");
	assert_rows(r->store, SOCKETS,
		    "tcp|0.0.0.0|135|-|-|LISTEN|748|-|-;"
		    "tcp|192.0.2.1|49707|198.51.100.7|443|ESTAB|4712|-|-;"
		    "tcp|2001:db8::1|5|2001:db8::2|443|TIME-WAIT|0|-|-;"
		    "tcp|desk|3389|host.example|50000|CLOSE-WAIT|9|-|-;"
		    "tcp|0.0.0.0|50001|-|-|BOUND|9|-|-;"
		    "udp|0.0.0.0|5353|-|-|UNCONN|2020|-|-;"
		    "udp|fe80::1|546|-|-|UNCONN|1036|-|-;"
		    "udp|127.0.0.1|5|127.0.0.1|6|ESTAB|7|-|-;");
	assert_rows(r->store, SKIPPED, "");
	assert_rows(r->store, "SELECT DISTINCT witness FROM v_socket", "netstat;");
}

static void programs_stand_below(void **state)
{
	struct rows *r = *state;
	read_table(r, READER,
		   HEAD "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       748\r\n"
			"  RpcSs\r\n [svchost.exe]\r\n"
			"  TCP    0.0.0.0:139            0.0.0.0:0              LISTENING       4\r\n"
			" Can not obtain ownership information\r\n"
			"  TCP    192.0.2.1:5            192.0.2.2:6            ESTABLISHED\r\n"
			" [An App [1].exe]\r\n"
			"  TCP    192.0.2.1:7            192.0.2.2:8            ESTABLISHED\r\n"
			" Es konnten keine Besitzerinformationen abgerufen werden.\r\n"
			"  UDP    0.0.0.0:9              *:*\r\n"
			" x: Windows Sockets\r\n  [svchost.exe]");
	assert_rows(r->store, SOCKETS,
		    "tcp|0.0.0.0|135|-|-|LISTEN|748|svchost.exe|-;"
		    "tcp|0.0.0.0|139|-|-|LISTEN|4|-|-;"
		    "tcp|192.0.2.1|5|192.0.2.2|6|ESTAB|-|An App [1].exe|-;"
		    "tcp|192.0.2.1|7|192.0.2.2|8|ESTAB|-|-|-;"
		    "udp|0.0.0.0|9|-|-|UNCONN|-|svchost.exe|-;");
	assert_rows(r->store, SKIPPED, "an owner that Windows did not tell|1|12;");
}

/* The sentence for it, in the code pages 850, 936, 932 and 866 too, names no program. */
static void a_refusal_is_nobodys_program(void **state)
{
	struct rows *r = *state;
	static const char *const refusals[] = {
		"Can not obtain ownership information",
		"Impossible d\x27obtenir les informations de propri\x82taire",
		"No se puede obtener informaci\xa2n de propiedad",
		"\xce\xde\xb7\xa8\xbb\xf1\xc8\xa1\xcb\xf9\xd3\xd0\xc8\xa8\xd0\xc5\xcf\xa2",
		"\x8f\x8a\x97\x4c\x8e\xd2\x8f\xee\x95\xf1\x83\x5b\x83\x5d", /* its second bytes are [ and ] */
		"\x8d\xa5 \xe3\xa4\xa0\xa5\xe2\xe1\xef",
	};
	for (size_t i = 0; i < LENGTH(refusals); i++) {
		char text[1024];
		snprintf(text, sizeof text, HEAD "  TCP    192.0.2.1:5            192.0.2.2:6            ESTABLISHED\r\n %s\r\n"
			 "  TCP    192.0.2.1:7            192.0.2.2:8            ESTABLISHED     4712\r\n %s\r\n", refusals[i], refusals[i]);
		read_table(r, READER, text);
		assert_rows(r->store, SOCKETS, "tcp|192.0.2.1|5|192.0.2.2|6|ESTAB|-|-|-;tcp|192.0.2.1|7|192.0.2.2|8|ESTAB|4712|-|-;");
		assert_rows(r->store, SKIPPED, "an owner that Windows did not tell|1|5;");
	}
}

/* Heading, state of a listener, state of a connection, as a console shows them. */
static void in_other_languages(void **state)
{
	struct rows *r = *state;
	static const struct {
		const char *title, *heading, *listen, *estab;
	} cases[] = {
		{"Aktive Verbindungen", "  Proto  Lokale Adresse         Remoteadresse          Status           PID",
		 "ABH\x99REN", "HERGESTELLT"},
		{"Aktive Verbindungen", "  Proto  Lokale Adresse         Remoteadresse          Status           PID",
		 "ABH\xc3\x96REN", "HERGESTELLT"},
		{"Connexions actives", "  Proto  Adresse locale         Adresse distante       \x90tat", "LISTENING",
		 "ESTABLISHED"},
		{"Conexiones activas", "  Proto  Direcci\xa2n local        Direcci\xa2n remota       Estado",
		 "LISTENING", "ESTABLISHED"},
		{"\x83\x41\x83\x4e\x83\x65\x83\x42\x83\x75\x82\xc8\x90\xda\x91\xb1",
		 "  \x83\x76\x83\x8d\x83\x67\x83\x52\x83\x8b", "LISTENING", "ESTABLISHED"},
		{"\x80\xaa\xe2\xa8\xa2\xad\xeb\xa5", "  \x88\xac\xef", "LISTENING", "ESTABLISHED"},
		{"\xbb\xee\xb6\xaf\xc1\xac\xbd\xd3", "  \xd0\xad\xd2\xe9", "LISTENING", "ESTABLISHED"},
		{"Connessioni attive", "  Proto  Indirizzo locale       Indirizzo esterno      Stato", "LISTENING", "ESTABLISHED"},
		{"Conex\xe4""es ativas", "  Proto  Endere\x87o local         Endere\x87o externo", "LISTENING", "ESTABLISHED"},
		{"\xc8\xb0\xbc\xba \xbf\xac\xb0\xe1", "  \xc7\xc1\xb7\xce\xc5\xe4\xc4\xdd", "LISTENING", "ESTABLISHED"},
		{"???", "  ???", "\x81\x82\x83", "ESTABLISHED"}, /* a listener in no known word */
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char text[1024];
		snprintf(text, sizeof text,
			 "\r\n%s\r\n\r\n%s\r\n"
			 "  TCP    0.0.0.0:135   0.0.0.0:0   %s   7\r\n"
			 "  TCP    127.0.0.1:1   127.0.0.1:2   %s   8\r\n",
			 cases[i].title, cases[i].heading, cases[i].listen, cases[i].estab);
		assert_taken(text, "netstat-windows");
		read_table(r, READER, text);
		assert_rows(r->store, SOCKETS,
			    "tcp|0.0.0.0|135|-|-|LISTEN|7|-|-;tcp|127.0.0.1|1|127.0.0.1|2|ESTAB|8|-|-;");
		assert_rows(r->store, SKIPPED, "");
	}
}

static void as_powershell_writes_it(void **state)
{
	struct rows *r = *state;
	static const char text[] = HEAD "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       748\r\n"
					" [a.exe]\r\n";
	unsigned char wide[2 * sizeof text] = {0xff, 0xfe};
	for (size_t i = 0; i < sizeof text - 1; i++)
		wide[2 * i + 2] = (unsigned char)text[i];
	assert_string_equal(taken_by(slice_of(wide, sizeof wide)), "netstat-windows");
	read_table_as(r, READER, "t", slice_of(wide, sizeof wide));
	assert_rows(r->store, SOCKETS, "tcp|0.0.0.0|135|-|-|LISTEN|748|a.exe|-;");
	assert_rows(r->store, SKIPPED, "");
}

static void what_is_no_row_is_counted(void **state)
{
	struct rows *r = *state;
	read_table(r, READER,
		   "C:\\>netstat -an\r\n" HEAD "  TCP    192.0.2.1:5   192.0.2.2:6   WEISSNICHT   7\r\n"
		   "\r\nC:\\>exit\r\nsomething else\r\n  TCP    192.0.2.1   192.0.2.2:6   ESTABLISHED\r\n");
	assert_rows(r->store, SOCKETS, "tcp|192.0.2.1|5|192.0.2.2|6|-|7|-|-;");
	assert_rows(r->store, SKIPPED, "a state that is not known|1|6;a line that is no row of netstat|3|8;");
}

static void what_is_recognised(void **state)
{
	(void)state;
	assert_taken(HEAD, "netstat-windows");
	assert_taken("C:\\>netstat -an\r\n" HEAD "  TCP 0.0.0.0:1 0.0.0.0:0 LISTENING\r\n", "netstat-windows");
	assert_taken("  TCP 0.0.0.0:1 0.0.0.0:0 LISTENING\r\n", "netstat-windows");
	assert_taken("  TCP is a protocol\r\n", NULL);
	assert_taken("1\n2\n3\n4\n5\n6\n  TCP 0.0.0.0:1 0.0.0.0:0 LISTENING\r\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(rows_with_pids),
		rows_test(programs_stand_below),
		rows_test(a_refusal_is_nobodys_program),
		rows_test(in_other_languages),
		rows_test(as_powershell_writes_it),
		rows_test(what_is_no_row_is_counted),
		cmocka_unit_test(what_is_recognised),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
