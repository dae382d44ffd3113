/* SPDX-License-Identifier: Apache-2.0 */
/* Earlier sessions of a host: which are found, what is taken of them, what is not trusted. */
#include "tests/unit/fake_store.h"

#include "cli/past.h"
#include "core/auto.h"
#include "core/file.h"

#include <sys/stat.h>

/* A session folder of that name: its session.json, and its report where one is given. */
static void put_session(struct scratch *s, const char *name, const char *id, const char *host, int64_t started, const char *report)
{
	char path[128], text[512];
	snprintf(path, sizeof path, "%s", name);
	assert_int_equal(mkdirat(s->fd, path, 0700), 0);
	snprintf(path, sizeof path, "%s/session.json", name);
	snprintf(text, sizeof text, "{\"format\":\"airgap-verify session\",\"id\":\"%s\",\"started_ns\":%lld,\"host\":{\"name\":\"%s\"}}\n", id,
		 (long long)started, host);
	scratch_put(s, path, slice_of_string(text));
	if (!report)
		return;
	snprintf(path, sizeof path, "%s/report", name);
	assert_int_equal(mkdirat(s->fd, path, 0700), 0);
	snprintf(path, sizeof path, "%s/report/report.json", name);
	scratch_put(s, path, slice_of_string(report));
}

#define REPORT(id, verdict, egress, all) \
	"{\"format\":\"airgap-verify report\",\"tool_version\":\"0.1.0\",\"session_id\":\"" id "\",\"verdict\":\"" verdict "\",\"scope\":\"session\"," \
	"\"window\":{\"from_ns\":1000,\"to_ns\":2000},\"counts\":{\"attempts\":7,\"attempts_leaving\":3,\"lookups_leaving\":2,\"findings_fail\":1," \
	"\"findings_inconclusive\":0},\"egress_all\":" all ",\"egress\":[" egress "],\"witnesses\":[{\"name\":\"kernel\",\"required\":true}," \
	"{\"name\":\"packets\",\"required\":true},{\"name\":\"tools\",\"required\":false}],\"coverage\":[" \
	"{\"witness\":\"kernel\",\"from_ns\":900,\"to_ns\":2100,\"state\":\"seeing\"},{\"witness\":\"packets\",\"from_ns\":1000,\"to_ns\":1300,\"state\":\"seeing\"},{\"witness\":\"packets\",\"from_ns\":1200,\"to_ns\":1400,\"state\":\"seeing\"}," \
	"{\"witness\":\"packets\",\"from_ns\":1400,\"to_ns\":2000,\"state\":\"blind\"}]}\n"
#define TO(name, dst) "{\"name\":" name ",\"dst\":\"" dst "\"}"

static char *gathered(struct scratch *s)
{
	AUTO_FD int self = -1;
	struct error err = {0};
	size_t size;
	assert_int_equal(file_open_folder(s->fd, "self", &self, &err), OK);
	assert_int_equal(past_write(self, s->path, &err), OK);
	return scratch_get(s, "self/past.ndjson", &size);
}

static void those_of_the_host_that_came_before(void **state)
{
	struct scratch *s = *state;
	put_session(s, "self", "me", "a", 5000, NULL);
	put_session(s, "later", "later", "a", 5001, REPORT("later", "PASS", "", "0"));
	put_session(s, "other-host", "other", "b", 1, REPORT("other", "PASS", "", "0"));
	put_session(s, "second", "two", "a", 4000, REPORT("two", "FAIL", TO("\"x.example\"", "192.0.2.1") "," TO("null", "192.0.2.2") "," TO("\"x.example\"", "192.0.2.3"), "3"));
	put_session(s, "first", "one", "a", 3000, REPORT("one", "PASS", "", "0"));
	put_session(s, "writable", "evil", "a", 2000, REPORT("evil", "PASS", "", "0"));
	assert_int_equal(fchmodat(s->fd, "writable", 0777, 0), 0);
	assert_int_equal(symlinkat("first", s->fd, "link"), 0);
	scratch_put(s, "a file", SLICE("x"));
	assert_int_equal(mkdirat(s->fd, "empty", 0700), 0);
	char *text = gathered(s), wanted[512];
	snprintf(wanted, sizeof wanted, "\"host\":\"a\",\"place\":\"%s\",\"found\":2,\"left_out\":0,\"problem\":null}\n"
		 "{\"audit\":1,\"id\":\"one\",\"folder\":\"first\",\"started_ns\":3000,\"from_ns\":1000,\"to_ns\":2000,\"scope\":\"session\",\"verdict\":\"PASS\","
		 "\"attempts\":7,\"attempts_leaving\":3,\"lookups_leaving\":2,", s->path);
	assert_contains(text, wanted);
	assert_contains(text, "\"seen_permille\":400,\"destinations_more\":0,\"destinations_cut\":false,\"seal\":\"none\",\"fingerprint\":null,\"tool\":\"0.1.0\"}\n");
	assert_contains(text, "{\"audit\":2,\"destination\":\"x.example\",\"attempts\":2}\n{\"audit\":2,\"destination\":\"192.0.2.2\",\"attempts\":1}\n");
	assert_null(strstr(text, "evil"));
	assert_null(strstr(text, "later"));
	free(text);
}

static void what_cannot_be_read_is_told(void **state)
{
	struct scratch *s = *state;
	put_session(s, "self", "me", "a", 5000, NULL);
	put_session(s, "s1", "one", "a", 1, NULL);
	put_session(s, "s2", "two", "a", 2, "{\"no\":");
	put_session(s, "s3", "three", "a", 3, REPORT("someone else", "PASS", "", "0"));
	put_session(s, "s4", "four", "a", 4, REPORT("four", "PASS", "", "0"));
	assert_int_equal(mkdirat(s->fd, "s4/seal", 0700), 0);
	scratch_put(s, "s4/seal/SHA256SUMS", SLICE("not signed\n"));
	put_session(s, "s6", "six", "a", 6, REPORT("six", "MET", "", "0"));
	put_session(s, "s5", "five", "a", 5, REPORT("five", "PASS", TO("\"cut\"", "192.0.2.1"), "4711"));
	char *text = gathered(s);
	assert_contains(text, "{\"audit\":1,\"id\":\"one\",\"folder\":\"s1\",\"started_ns\":1,\"problem\":\"it has no report.json that can be read\"}\n");
	assert_contains(text, "\"started_ns\":2,\"problem\":\"its report.json is none of this session\"}\n");
	assert_contains(text, "\"started_ns\":3,\"problem\":\"its report.json is none of this session\"}\n");
	assert_contains(text, "\"started_ns\":4,\"problem\":\"its report.json is not what was sealed\"}\n");
	assert_contains(text, "\"destinations_cut\":true");
	assert_contains(text, "\"started_ns\":6,\"problem\":\"its report.json is none of this session\"}\n");
	free(text);
}

static void none_and_many(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	AUTO_FD int self = -1;
	size_t size;
	put_session(s, "self", "me", "a", 5000, NULL);
	char *text = gathered(s);
	assert_contains(text, "\"found\":0,\"left_out\":0,\"problem\":null}\n");
	free(text);
	for (int i = 0; i < PAST_AUDITS_MAX + 3; i++) {
		char name[16];
		snprintf(name, sizeof name, "n%03d", i);
		put_session(s, name, name, "a", 1 + (i * 7) % 103, NULL); /* in another order than their names */
	}
	text = gathered(s);
	assert_contains(text, "\"found\":100,\"left_out\":3,\"problem\":null}\n");
	assert_contains(text, "{\"audit\":1,\"id\":\"n074\",\"folder\":\"n074\",\"started_ns\":4,");
	assert_contains(text, "{\"audit\":100,\"id\":\"n044\",\"folder\":\"n044\",\"started_ns\":103,");
	free(text);
	assert_int_equal(file_open_folder(s->fd, "self", &self, &err), OK);
	assert_int_equal(past_write(self, "/no/such/place", &err), OK);
	text = scratch_get(s, "self/past.ndjson", &size);
	assert_contains(text, "\"found\":0,\"left_out\":0,\"problem\":\"/no/such/place: ");
	free(text);
	scratch_put(s, "self/session.json", SLICE("{}"));
	assert_int_equal(past_write(self, s->path, &err), ERR_MALFORMED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(those_of_the_host_that_came_before),
		scratch_test(what_cannot_be_read_is_told),
		scratch_test(none_and_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
