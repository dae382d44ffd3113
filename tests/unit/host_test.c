/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/fake_watch.h"

#include "collectors/host.h"
#include "collectors/network.h"
#include "core/privilege.h"
#include "core/hash.h"

#include <sys/utsname.h>

static struct json_value member(struct slice object, const char *key)
{
	struct json_member m[] = {{.key = key}};
	assert_null(json_read_object(object, m, 1, NULL));
	return m[0].value;
}

static void a_session_says_who_where_and_when(void **state)
{
	struct fake *f = *state;
	struct error err = {0};
	struct utsname u;
	unsigned char digest[HASH_SIZE];
	char text[HASH_TEXT_MAX], *command[] = {"agent", "it's", "", "\xff", NULL};
	f->options.command = command;
	f->options.policy = "[a]\nb = \"c\"\n";
	f->options.linger_ns = 17;
	f->options.logs[0] = "x=/y";
	f->options.log_count = 1;
	f->options.log_timezone = "+02:00";
	f->options.log_descriptions = "gate=00,b-2=ff";
	const struct invoker who = {.uid = 1000, .name = "someone", .through = "sudo"};
	struct session s = {.w = f->w};
	s.w.invoker = &who;
	assert_int_equal(host_write_session(&s, "full", &err), OK);
	size_t size;
	char *bytes = scratch_get(f->s, "session.json", &size);
	struct slice all = slice_of(bytes, size);
	assert_true(slice_starts(all, "{\"format\":\"airgap-verify session\","));
	assert_slice(member(all, "tier").raw, "full");
	assert_slice(member(all, "id").raw, "00112233445566778899aabbccddeeff");
	assert_slice(member(all, "command").raw, "[\"agent\",\"it's\",\"\",\"\xef\xbf\xbd\"]");
	struct slice user = member(all, "user").raw, options = member(all, "options").raw;
	assert_slice(member(user, "uid").raw, "1000");
	assert_slice(member(user, "name").raw, "someone");
	assert_slice(member(user, "through").raw, "sudo");
	assert_slice(member(options, "scope").raw, "session");
	assert_slice(member(options, "linger_ns").raw, "17");
	assert_slice(member(options, "packets").raw, "headers");
	assert_slice(member(options, "app_logs").raw, "[\"x=/y\"]");
	assert_slice(member(options, "log_timezone").raw, "+02:00");
	assert_slice(member(options, "log_descriptions").raw,
		     "[{\"name\":\"gate\",\"sha256\":\"00\"},{\"name\":\"b-2\",\"sha256\":\"ff\"}]");
	assert_int_equal(member(options, "pid").type, JSON_ABSENT);
	assert_int_equal(uname(&u), 0);
	assert_true(slice_is(member(member(all, "host").raw, "kernel").raw, u.release));
	hash_bytes(slice_of_string(f->options.policy), digest);
	hash_text(digest, text);
	assert_true(slice_is(member(member(all, "policy").raw, "sha256").raw, text));
	assert_int_equal(member(member(all, "tool").raw, "sha256").raw.size, 64);
	assert_int_equal(member(member(all, "clock").raw, "wall_ns").type, JSON_NUMBER);
	int64_t started = 0, parsed = 0;
	struct json_value v = member(all, "started_ns");
	assert_true(json_i64(&v, &started));
	assert_true(clock_parse(member(all, "started").raw, &parsed));
	assert_int_equal(parsed, started / CLOCK_MILLISECOND * CLOCK_MILLISECOND);
	free(bytes);
}

static void a_folder_that_takes_nothing(void **state)
{
	struct fake *f = *state;
	struct error err = {0};
	f->w.folder = open("/proc/self", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(f->w.folder >= 0);
	const struct invoker who = {.name = "root"};
	struct session s = {.w = f->w};
	s.w.invoker = &who;
	assert_int_not_equal(host_write_session(&s, "full", &err), OK);
	assert_contains(err.text, "session.json");
	close(f->w.folder);
}

static void addresses_are_told_when_they_change(void **state)
{
	struct fake *f = *state;
	struct json_member m[] = {{.key = "addresses"}, {.key = "interfaces"}};
	network_look(&f->w);
	assert_int_equal(fake_count(f, "network"), 1);
	assert_true(fake_record(f, "network", 0, m, LENGTH(m)));
	struct cursor c = json_array(&m[0].value);
	struct json_value entry;
	size_t count = 0;
	bool loopback = false;
	while (json_next(&c, &entry)) {
		struct address a;
		assert_true(address_parse(member(entry.raw, "address").raw, &a));
		assert_true(count < f->w.own_count && address_equal(&a, &f->w.own[count]));
		loopback = loopback || address_class(&a) == CLASS_LOOPBACK;
		count++;
	}
	assert_int_equal(count, f->w.own_count);
	assert_true(loopback || count == 0);
	assert_true(slice_search(m[1].value.raw, SLICE("\"interface\":\"lo\"")) <
		    m[1].value.raw.size);
	if (count == 0)
		skip();
	network_look(&f->w); /* nothing new */
	assert_int_equal(fake_count(f, "network"), 1);
	f->w.own[0].bytes[3] ^= 1;
	network_look(&f->w);
	assert_int_equal(fake_count(f, "network"), 2);
	f->w.own_count--;
	network_look(&f->w);
	assert_int_equal(fake_count(f, "network"), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fake_test(a_session_says_who_where_and_when),
		fake_test(a_folder_that_takes_nothing),
		fake_test(addresses_are_told_when_they_change),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
