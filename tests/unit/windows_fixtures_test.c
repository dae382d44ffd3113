/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Sessions on Windows that the laboratory judges (fixtures/windows-NAME), for it has no
 * Windows to run one on. GOLDEN=write makes them anew: their times and keys are others
 * each time, so that the records are counted here, and what they show is compared.
 */
#include "tests/unit/windows_session.h"

#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { EVIDENCE_MAX = 1 << 20 };

static const char session_json[] =
	"{\"format\":\"airgap-verify session\",\"version\":1,\"id\":\"00\",\"started_ns\":%lld,\"command\":[\"agent.exe\"],"
	"\"host\":{\"name\":\"windows\",\"system\":\"Windows\"},\"clock\":{\"synchronised\":true},"
	"\"options\":{\"scope\":\"session\"},\"policy\":{\"text\":\"[policy]\\nrequired = etw\\n\"}}\n";

static void asked(struct windows *w)
{
	windows_start(w);
	windows_event(w, 12, guid_dns, 3006, 0, WINDOWS_COMMAND, payload_dns(3006, "telemetry.example", 1, 0, ""));
	windows_event(w, 12.1, guid_dns, 3010, 0, WINDOWS_OTHER, payload_dns(3010, "telemetry.example", 1, 0, "198.51.100.53"));
	windows_event(w, 13, guid_network, 12, 0, WINDOWS_OTHER, payload_tcp(WINDOWS_OTHER, 0, 50000, 443));
}

static void quiet(struct windows *w)
{
	windows_start(w);
	windows_event(w, 12, guid_dns, 3006, 0, WINDOWS_OTHER, payload_dns(3006, "update.example", 1, 0, ""));
	windows_event(w, 12.1, guid_dns, 3010, 0, WINDOWS_OTHER, payload_dns(3010, "update.example", 1, 0, "198.51.100.53"));
	windows_event(w, 14, guid_dns, 3006, 0, WINDOWS_COMMAND, payload_dns(3006, "localhost", 1, 0, ""));
	windows_event(w, 14, guid_dns, 3008, 0, WINDOWS_COMMAND, payload_dns(3008, "localhost", 1, 0, "127.0.0.1;"));
}

static void nobody(struct windows *w)
{
	struct json *j = windows_record(w, "witness", 2);
	json_add_string(j, "witness", "etw");
	json_add_string(j, "part", "lookups");
	json_add_string(j, "state", "missing");
	json_add_string(j, "detail", "access is denied");
	evidence_end(w->e);
	w->nobody = true;
	windows_start(w);
}

static const struct {
	const char *name, *findings;
	void (*tell)(struct windows *w);
} fixtures[] = {
	{"windows-asked", "FAIL|name_resolver;INCONCLUSIVE|service_peer;NOTE|other_egress;", asked},
	{"windows-quiet", "", quiet},
	{"windows-nobody", "INCONCLUSIVE|witness_part;INCONCLUSIVE|no_processes;", nobody},
};

static void write_fixture(const char *folder, const struct windows *w, const struct text *evidence)
{
	struct error err = {0};
	char json[sizeof session_json + 32];
	AUTO_FD int fd = -1;
	snprintf(json, sizeof json, session_json, (long long)w->base_ns);
	mkdir(folder, 0755);
	assert_int_equal(file_open_folder(AT_FDCWD, folder, &fd, &err), OK);
	assert_int_equal(file_write(fd, "evidence.ndjson", text_slice(evidence), &err), OK);
	assert_int_equal(file_write(fd, "session.json", slice_of_string(json), &err), OK);
}

static size_t lines_of(struct slice text)
{
	struct cursor c = cursor_over(text);
	struct slice line;
	size_t count = 0;
	while (cursor_line(&c, &line, NULL))
		count++;
	return count;
}

static void each_is_what_it_was_made_from(void **state)
{
	const char *srcdir = getenv("SRCDIR"), *mode = getenv("GOLDEN");
	(void)state;
	for (size_t i = 0; i < LENGTH(fixtures); i++) {
		struct windows w;
		struct error err = {0};
		void *own = NULL;
		char path[4096];
		AUTO_TEXT struct text made = text_make(EVIDENCE_MAX), kept = text_make(EVIDENCE_MAX);
		assert_int_equal(rows_setup(&own), 0);
		windows_begin(&w, own);
		fixtures[i].tell(&w);
		windows_judge(&w);
		assert_rows(w.r->store, "SELECT effect, check_id FROM finding ORDER BY id", fixtures[i].findings);
		assert_int_equal(file_read(w.r->s->fd, "evidence.ndjson", EVIDENCE_MAX, &made, &err), OK);
		snprintf(path, sizeof path, "%s/fixtures/%s", srcdir ? srcdir : ".", fixtures[i].name);
		if (mode && !strcmp(mode, "write"))
			write_fixture(path, &w, &made);
		strncat(path, "/evidence.ndjson", sizeof path - strlen(path) - 1);
		assert_int_equal(file_read(AT_FDCWD, path, EVIDENCE_MAX, &kept, &err), OK);
		assert_int_equal(lines_of(text_slice(&kept)), lines_of(text_slice(&made)));
		rows_teardown(&own);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_is_what_it_was_made_from)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
