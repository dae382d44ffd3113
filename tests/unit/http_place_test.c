/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "benchmark/http.h"

static void places_of_this_machine(void **state)
{
	(void)state;
	static const struct {
		const char *url, *text, *path;
		unsigned port;
		bool by_name;
	} rows[] = {
		{"http://127.0.0.1:11434", "http://127.0.0.1:11434", "", 11434, false},
		{"http://127.9.8.7:1/", "http://127.9.8.7:1", "", 1, false},
		{"http://127.0.0.1", "http://127.0.0.1:80", "", 80, false},
		{"http://[::1]:65535/v1", "http://[::1]:65535/v1", "/v1", 65535, false},
		{"http://[::ffff:127.0.0.1]:8080", "http://127.0.0.1:8080", "", 8080, false},
		{"http://LocalHost:1234/v1/", "http://127.0.0.1:1234/v1", "/v1", 1234, true},
		{"http://localhost/a-b_c~d.e/v1", "http://127.0.0.1:80/a-b_c~d.e/v1", "/a-b_c~d.e/v1", 80, true},
		{"unix:/run/llama.sock", "unix:/run/llama.sock", "", 0, false},
	};
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct http_place place;
		struct error err = {0};
		char text[HTTP_URL_MAX];
		assert_int_equal(http_place_parse(rows[i].url, &place, &err), OK);
		http_place_text(&place, text);
		assert_string_equal(text, rows[i].text);
		assert_string_equal(place.path, rows[i].path);
		assert_int_equal(place.port, rows[i].port);
		assert_int_equal(place.by_name, rows[i].by_name);
	}
}

static void everything_else_is_refused(void **state)
{
	(void)state;
	static const char *const urls[] = {
		"", "127.0.0.1:11434", "http:/127.0.0.1", "http://", "http://:80", "http://[::1", "http://[::1]x", "http://::1",
		"https://127.0.0.1:8443", "ftp://127.0.0.1", "file:///etc/passwd", "HTTP://127.0.0.1",
		"http://128.0.0.1", "http://126.255.255.255", "http://192.0.2.1:11434", "http://10.0.0.1", "http://0.0.0.0",
		"http://[::]", "http://[::2]", "http://[fe80::1]", "http://[::ffff:192.0.2.1]", "http://[::1%25eth0]",
		"http://127.1", "http://0x7f000001", "http://2130706433", "http://0177.0.0.1", "http://127.0.0.1.", "http://127.0.0.1.example",
		"http://localhost.", "http://localhost.example", "http://localhost@192.0.2.1", "http://user:word@127.0.0.1",
		"http://127.0.0.1:0", "http://127.0.0.1:65536", "http://127.0.0.1:", "http://127.0.0.1:8x", "http://127.0.0.1: 80",
		"http://127.0.0.1/?q", "http://127.0.0.1?q", "http://127.0.0.1#f", "http://127.0.0.1/#f", "http://127.0.0.1/a b",
		"http://127.0.0.1/%2e", "http://127.0.0.1/../x", "http://127.0.0.1//192.0.2.1/", "http://127.0.0.1/a//", "http://127.0.0.1\\@192.0.2.1",
		"http://127.0.0.1/\r\nHost: x", "http://127.0.0.1:80\n", " http://127.0.0.1", "http://127.0.0.1 ",
		"unix:run/s", "unix://run/s", "unix:",
	};
	for (size_t i = 0; i < LENGTH(urls); i++) {
		struct http_place place;
		struct error err = {0};
		bool odd = strcmp(urls[i], "unix://run/s") == 0; /* a path with two slashes is a path */
		if (http_place_parse(urls[i], &place, &err) != (odd ? OK : ERR_USAGE))
			print_error("%s\n", urls[i]), assert_true(false);
	}
}

static void long_ones_too(void **state)
{
	(void)state;
	struct http_place place;
	struct error err = {0};
	char url[4096];
	memset(url, 'a', sizeof url);
	url[sizeof url - 1] = 0;
	memcpy(url, "http://127.0.0.1/", 17);
	assert_int_equal(http_place_parse(url, &place, &err), ERR_USAGE);
	memcpy(url, "unix:/", 6);
	assert_int_equal(http_place_parse(url, &place, &err), ERR_USAGE);
	url[5 + HTTP_SOCKET_MAX] = 0;
	assert_int_equal(http_place_parse(url, &place, &err), ERR_USAGE);
	url[5 + HTTP_SOCKET_MAX - 1] = 0;
	assert_int_equal(http_place_parse(url, &place, &err), OK);
}

static void a_place_made_by_hand_leads_nowhere_either(void **state)
{
	(void)state;
	static const struct http_place elsewhere[] = {
		{.address = {ADDRESS_V4, {192, 0, 2, 1}}, .port = 80},
		{.address = {ADDRESS_V4, {0}}, .port = 80},
		{.address = {ADDRESS_V6, {0x20, 1, 0xd, 0xb8}}, .port = 80},
		{.address = {ADDRESS_V6, {0}}, .port = 80},
		{.address = {ADDRESS_V4, {127, 0, 0, 1}}, .port = 80, .socket = "/run/s"},
		{.socket = "s"},
		{.port = 80},
	};
	for (size_t i = 0; i < LENGTH(elsewhere); i++) {
		struct error err = {0};
		struct http *h = NULL;
		assert_int_equal(http_open(&elsewhere[i], &h, &err), ERR_USAGE);
		assert_null(h);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_of_this_machine),
		cmocka_unit_test(everything_else_is_refused),
		cmocka_unit_test(long_ones_too),
		cmocka_unit_test(a_place_made_by_hand_leads_nowhere_either),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
