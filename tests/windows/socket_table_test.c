/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sockets of our own in the tables of Windows, and services in their processes.
 */
#include "tests/windows/test.h"

#include "collectors/windows/services.h"
#include "collectors/windows/socket_table.h"
#include "core/clock.h"
#include "core/socket.h"

#include <string.h>
#include <windows.h>

static const struct address here[] = {{ADDRESS_V4, {127, 0, 0, 1}}, {ADDRESS_V6, {[15] = 1}}};

/* The row with these ports; false where there is none. */
static bool find(unsigned kind, unsigned lport, unsigned rport, struct socket_row *ret)
{
	static struct socket_table t;
	CHECK(socket_table_read(&t, kind));
	for (size_t i = 0; i < t.count; i++) {
		socket_table_row(&t, i, ret);
		if (ret->lport == lport && ret->rport == rport)
			return true;
	}
	return false;
}

static bool state_is(const struct socket_row *row, const char *state)
{
	return slice_is(slice_of_string(state), row->state);
}

static void connections_of_both_families(const char *folder)
{
	(void)folder;
	for (unsigned v6 = 0; v6 < 2; v6++) {
		const struct address *a = &here[v6];
		struct socket_row row;
		int listener = socket_open(a->family, true), client = socket_open(a->family, true);
		if (socket_bind(listener, a, 0) != SOCKET_BOUND && v6)
			return; /* no IPv6 here */
		CHECK(socket_listen(listener));
		unsigned port = socket_port(listener);
		CHECK(find(v6, port, 0, &row) && state_is(&row, "LISTEN"));
		CHECK(address_equal(&row.local, a) && slice_is(SLICE("tcp"), row.proto));
		CHECK(socket_connect(client, a, port));
		CHECK(find(v6, socket_port(client), port, &row) && state_is(&row, "ESTAB"));
		CHECK(address_equal(&row.local, a) && address_equal(&row.remote, a));
		CHECK(row.pid == GetCurrentProcessId() || row.pid == 0);
		CHECK(row.created_ns == 0 || row.created_ns <= clock_now().wall_ns);
		CHECK(find(v6, port, socket_port(client), &row));
		socket_drop(client);
		socket_close(listener);
		CHECK(!find(v6, port, 0, &row));
	}
}

static void datagrams_have_no_other_side(const char *folder)
{
	(void)folder;
	for (unsigned v6 = 0; v6 < 2; v6++) {
		struct socket_row row;
		int s = socket_open(here[v6].family, false);
		if (socket_bind(s, &here[v6], 0) != SOCKET_BOUND && v6)
			return;
		CHECK(find(2 + v6, socket_port(s), 0, &row) && state_is(&row, "UNCONN"));
		CHECK(address_equal(&row.local, &here[v6]) && slice_is(SLICE("udp"), row.proto));
		CHECK(row.remote.family == here[v6].family && row.rport == 0);
		socket_close(s);
	}
}

/* A service that is there under Wine too, if only when it is asked for. */
static void a_process_has_its_services(const char *folder)
{
	static const wchar_t name[] = L"PlugPlay";
	SERVICE_STATUS_PROCESS status = {0};
	DWORD size = 0;
	struct services services = {0};
	AUTO_TEXT struct text text = text_make(1 << 16);
	(void)folder;
	SC_HANDLE manager = OpenSCManagerW(NULL, NULL, SC_MANAGER_CONNECT);
	SC_HANDLE service = OpenServiceW(manager, name, SERVICE_QUERY_STATUS | SERVICE_START);
	for (int i = 0; i < 100 && status.dwCurrentState != SERVICE_RUNNING; i++) {
		StartServiceW(service, 0, NULL);
		Sleep(50);
		CHECK(QueryServiceStatusEx(service, SC_STATUS_PROCESS_INFO, (BYTE *)&status,
					   sizeof status, &size));
	}
	CHECK(status.dwProcessId != 0);
	services_look(&services);
	struct json j = json_on(&text);
	json_begin_object(&j, NULL);
	services_add(&services, &j, GetCurrentProcessId());
	CHECK(slice_is(text_slice(&text), "{"));
	services_add(&services, &j, status.dwProcessId);
	json_end_object(&j);
	CHECK(slice_starts(text_slice(&text), "{\"services\":[\""));
	CHECK(slice_search(text_slice(&text), SLICE("\"PlugPlay\"")) < text.size);
	services_free(&services);
	CloseServiceHandle(service);
	CloseServiceHandle(manager);
}

int main(int argc, char *argv[])
{
	static const struct test tests[] = {
		TEST(connections_of_both_families),
		TEST(datagrams_have_no_other_side),
		TEST(a_process_has_its_services),
	};
	return run_tests(tests, LENGTH(tests), argc, argv);
}
