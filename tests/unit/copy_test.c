/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "core/auto.h"
#include "core/chain.h"
#include "core/json.h"
#include "redact/copy.h"

static const unsigned char key[SECRET_SIZE] = "of copies";

#define MANIFEST "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static const char session[] =
	"{\"format\":\"airgap-verify session\",\"version\":1,\"id\":\"ab12\",\"command\":[\"python3\",\"/home/jane/run-smith.py\"],"
	"\"folder\":\"/home/jane\",\"user\":{\"uid\":1000,\"name\":\"jane\"},\"host\":{\"name\":\"ward7\",\"os\":\"Debian\"},"
	"\"options\":{\"scope\":\"session\",\"log_timezone\":\"Europe/Berlin\"},\"secret_plan\":\"oncology\","
	"\"policy\":{\"sha256\":\"aa\",\"text\":\"[policy]\\nrequired = kernel, packets\\n[allow 10.1.2.3:443/tcp]\\n"
	"reason = for doctor smith\\n[organisation]\\nname = Oncology Lab\\nmarking = CUI\\n[signing]\\nkey = /home/jane/k\\n[audit]\\nduration = 3s\\nexe = /opt/oncology\\n\"}}\n";

/* Each line is chained; "checkpoint" and "last" stand for those. */
static void put_evidence(const struct scratch *s, const char *const lines[], size_t count)
{
	AUTO_TEXT struct text out = text_make(1 << 20), line = text_make(1 << 16);
	unsigned char public[KEY_PUBLIC_SIZE];
	struct chain_writer *w = chain_writer_new();
	chain_first_key(w, public);
	text_add_string(&line, "{\"kind\":\"open\",\"t\":1,\"session\":\"ab12\",\"next_key\":\"");
	text_add_hex(&line, public, sizeof public);
	text_add_string(&line, "\"}\n");
	chain_add(w, text_slice(&line));
	text_add(&out, text_slice(&line));
	for (size_t i = 0; i < count; i++) {
		bool last = !strcmp(lines[i], "last");
		if (last || !strcmp(lines[i], "checkpoint")) {
			chain_checkpoint(w, (struct clock_pair){(int64_t)i, 7}, SLICE("{\"kernel\":3}"), last, &out);
			continue;
		}
		text_clear(&line);
		text_addf(&line, "%s\n", lines[i]);
		chain_add(w, text_slice(&line));
		text_add(&out, text_slice(&line));
	}
	chain_writer_free(w);
	scratch_put(s, "in/evidence.ndjson", text_slice(&out));
}

/* Both rounds from in/ to out/. */
static struct copy copied(const struct scratch *s, struct secret **ret_secret)
{
	struct error err = {0};
	*ret_secret = secret_new(key);
	struct copy c = {.p = pseudonyms_new(*ret_secret), .to = -1, .derived_from = MANIFEST, .arena = arena_new(1 << 20)};
	assert_int_equal(mkdirat(s->fd, "out", 0700), 0);
	assert_int_equal(file_open_folder(s->fd, "in", &c.from, &err), OK);
	if (copy_session(&c, &err)) {
		print_error("%s\n", err.text);
		assert_true(false);
	}
	pseudonyms_settle(c.p);
	assert_int_equal(file_open_folder(s->fd, "out", &c.to, &err), OK);
	if (copy_session(&c, &err)) {
		print_error("%s\n", err.text);
		assert_true(false);
	}
	return c;
}

static void done(struct copy *c, struct secret *secret)
{
	close(c->from);
	close(c->to);
	pseudonyms_free(c->p);
	secret_free(secret);
	arena_free(c->arena);
}

static struct chain_reader chain_of(const char *text, size_t size)
{
	struct chain_reader r = chain_reader_start();
	struct cursor lines = cursor_over(slice_of(text, size));
	struct slice line;
	bool whole;
	while (cursor_line(&lines, &line, &whole))
		chain_read(&r, line, whole);
	return r;
}

static const char *reason_of(const struct copy *c, const char *path)
{
	for (size_t i = 0; i < c->count; i++)
		if (!strcmp(c->files[i].path, path))
			return c->files[i].reason;
	return NULL;
}

static void start(const struct scratch *s)
{
	assert_int_equal(mkdirat(s->fd, "in", 0700), 0);
	assert_int_equal(mkdirat(s->fd, "in/tools", 0700), 0);
	scratch_put(s, "in/session.json", slice_of_string(session));
}

/* A folder that we named holds nothing but what its id tells; one of the user's is a name. */
static void test_past(void **state)
{
	const struct scratch *s = *state;
	struct secret *secret;
	size_t size;
	start(s);
	put_evidence(s, (const char *const[]){"last"}, 1);
	scratch_put(s, "in/past.ndjson", SLICE("{\"audit\":1,\"id\":\"0123abcdef\",\"folder\":\"20261128T023000Z-0123abcd\",\"started_ns\":1}\n"
					       "{\"audit\":2,\"id\":\"99999999ef\",\"folder\":\"oncology-jane\",\"started_ns\":2}\n"));
	struct copy c = copied(s, &secret);
	AUTO_FREE char *text = scratch_get(s, "out/past.ndjson", &size);
	assert_contains(text, "\"folder\":\"20261128T023000Z-0123abcd\"");
	assert_null(strstr(text, "jane"));
	done(&c, secret);
}

static void test_session(void **state)
{
	const struct scratch *s = *state;
	struct secret *secret;
	size_t size;
	start(s);
	put_evidence(s, (const char *const[]){"last"}, 1);
	struct copy c = copied(s, &secret);
	AUTO_FREE char *text = scratch_get(s, "out/session.json", &size);
	static const char *const gone[] = {"jane", "smith", "ward7", "secret_plan", "ncology", "Berlin", "signing", "audit]", "duration", "10.1.2.3", "doctor"};
	for (size_t i = 0; i < LENGTH(gone); i++)
		if (strstr(text, gone[i])) {
			print_error("%s is left in %s\n", gone[i], text);
			assert_true(false);
		}
	assert_contains(text, "\"python3\",\"/home/");
	assert_contains(text, "[allow 10.");
	assert_contains(text, ":443/tcp]\\nreason = for ");
	assert_contains(text, "marking = CUI");
	assert_contains(text, "\"derived\":{\"from\":\"" MANIFEST "\"");
	assert_int_equal(c.left_out, 1);
	/* its policy has the hash that it says */
	struct json_member m = {.key = "policy"}, inner[] = {{.key = "text"}, {.key = "sha256"}};
	unsigned char digest[HASH_SIZE], told[HASH_SIZE];
	char plain[1024];
	struct slice policy;
	assert_null(json_read_object(slice_of(text, size - 1), &m, 1, NULL));
	assert_null(json_read_object(m.value.raw, inner, 2, NULL));
	assert_true(json_string(&inner[0].value, plain, sizeof plain, &policy));
	hash_bytes(policy, digest);
	assert_true(slice_hex_bytes(inner[1].value.raw, HASH_SIZE, told));
	assert_memory_equal(digest, told, HASH_SIZE);
	done(&c, secret);
}

/* Checkpoints where there were some, that verify by themselves; hashes of the files beside. */
static void test_evidence(void **state)
{
	static const char *const lines[] = {
		"{\"kind\":\"session\",\"t\":2,\"sha256\":\"00\"}",
		"{\"kind\":\"posture\",\"t\":2,\"path\":\"posture.ndjson\",\"size\":1,\"sha256\":\"00\"}",
		"{\"kind\":\"exec\",\"t\":3,\"pid\":17,\"comm\":\"oncology-runner\",\"exe\":\"/opt/oncology-runnerman\",\"tree\":true}",
		"checkpoint",
		"{\"kind\":\"attempt\",\"t\":4,\"comm\":\"oncology-runner\",\"dst\":\"93.184.216.34\",\"dport\":443,\"patient\":\"smith\"}",
		"{\"kind\":\"etw\",\"t\":5,\"data\":\"00ff736d697468\"}",
		"last",
	};
	const struct scratch *s = *state;
	struct secret *secret;
	size_t size, session_size, posture_size;
	start(s);
	put_evidence(s, lines, LENGTH(lines));
	scratch_put(s, "in/posture.ndjson",
		    SLICE("{\"what\":\"resolv-conf\",\"path\":\"/etc/resolv.conf\",\"text\":\"nameserver 93.184.216.34\\nsearch ward7.example\\n\"}\n"
			  "{\"what\":\"process\",\"path\":\"/proc/7\",\"text\":\"pid=7\\ncomm=smith\\nargs=smith serve\\nenvironment=read\\n\"}\n"));
	struct copy c = copied(s, &secret);
	AUTO_FREE char *text = scratch_get(s, "out/evidence.ndjson", &size),
		       *session_copy = scratch_get(s, "out/session.json", &session_size),
		       *posture = scratch_get(s, "out/posture.ndjson", &posture_size);
	struct chain_reader chain = chain_of(text, size);
	assert_null(chain.problem);
	assert_true(chain.closed);
	assert_int_equal(chain.checkpoints, 2);
	assert_int_equal(chain.sealed_bytes, size);
	chain_reader_end(&chain);
	assert_contains(text, "\"derived_from\":\"" MANIFEST "\"");
	assert_contains(text, "\"lost\":{\"kernel\":3}");
	static const char *const gone[] = {"oncology", "93.184", "smith", "736d69", "patient"};
	for (size_t i = 0; i < LENGTH(gone); i++)
		assert_null(strstr(text, gone[i]));
	assert_int_equal(c.left_out, 3); /* secret_plan, patient, data */
	char digest[HASH_TEXT_MAX];
	unsigned char bytes[HASH_SIZE];
	hash_bytes(slice_of(session_copy, session_size), bytes);
	hash_text(bytes, digest);
	assert_contains(text, digest);
	hash_bytes(slice_of(posture, posture_size), bytes);
	hash_text(bytes, digest);
	assert_contains(text, digest);
	assert_null(strstr(posture, "ward7"));
	/* the names of the fields stay, or nobody reads it */
	assert_contains(posture, "pid=7\\ncomm=");
	assert_contains(posture, "\\nargs=");
	assert_contains(posture, "\\nenvironment=read\\n");
	/* what the kernel cut off is the beginning of the same pseudonym */
	const char *exe = strstr(text, "\"exe\":\"/opt/") + 12, *comm = strstr(text, "\"comm\":\"") + 8;
	assert_memory_equal(exe, comm, 15);
	done(&c, secret);
}

/* Broken off: the tail stays unsealed, as it was. */
static void test_unclosed(void **state)
{
	static const char *const lines[] = {"checkpoint", "{\"kind\":\"exit\",\"t\":9,\"pid\":1}"};
	const struct scratch *s = *state;
	struct secret *secret;
	size_t size;
	start(s);
	put_evidence(s, lines, LENGTH(lines));
	struct copy c = copied(s, &secret);
	AUTO_FREE char *text = scratch_get(s, "out/evidence.ndjson", &size);
	struct chain_reader chain = chain_of(text, size);
	assert_null(chain.problem);
	assert_false(chain.closed);
	assert_int_equal(chain.checkpoints, 1);
	assert_int_equal(chain.records - chain.sealed_records, 1);
	chain_reader_end(&chain);
	done(&c, secret);
}

/* What has no form here is not copied, and it is said. */
static void test_not_copied(void **state)
{
	const struct scratch *s = *state;
	struct secret *secret;
	start(s);
	put_evidence(s, (const char *const[]){"last"}, 1);
	scratch_put(s, "in/trace.etl", SLICE("smith"));
	scratch_put(s, "in/smith-notes.txt", SLICE("smith"));
	assert_int_equal(mkdirat(s->fd, "in/bench", 0700), 0);
	scratch_put(s, "in/bench/run.ndjson", SLICE("{\"answer\":\"smith\"}\n"));
	scratch_put(s, "in/capture.pcapng", SLICE("not a capture of smith"));
	scratch_put(s, "in/tools/ss-before.txt", SLICE("tcp ESTAB 93.184.216.34:443 users:((\"smith\",pid=17,fd=3))\n"));
	scratch_put(s, "in/tools/log-after.txt", SLICE("s\0m\0i\0t\0h\0"));
	scratch_put(s, "in/audit.db", SLICE("smith"));
	struct copy c = copied(s, &secret);
	static const char *const left[] = {"trace.etl", "smith-notes.txt", "bench/run.ndjson", "capture.pcapng", "tools/log-after.txt"};
	for (size_t i = 0; i < LENGTH(left); i++) {
		char path[64];
		snprintf(path, sizeof path, "out/%s", left[i]);
		assert_non_null(reason_of(&c, left[i]));
		assert_string_not_equal(reason_of(&c, left[i]), "");
		assert_false(scratch_has(s, path));
	}
	assert_null(reason_of(&c, "audit.db")); /* derived: made anew */
	assert_false(scratch_has(s, "out/audit.db"));
	assert_string_equal(reason_of(&c, "tools/ss-before.txt"), "");
	size_t size;
	AUTO_FREE char *text = scratch_get(s, "out/tools/ss-before.txt", &size);
	assert_true(!strncmp(text, "tcp ESTAB ", 10) && strstr(text, ":443 users:((\"") && strstr(text, ",pid=17,fd=3))"));
	assert_null(strstr(text, "smith"));
	done(&c, secret);
}

/* Whoever holds only the copy reads in it what is missing; of a copy of it, what both left out. */
static void test_left_out(void **state)
{
	const struct scratch *s = *state;
	struct secret *secret;
	size_t size;
	start(s);
	put_evidence(s, (const char *const[]){"last"}, 1);
	scratch_put(s, "in/smith-trace.etl", SLICE("smith"));
	scratch_put(s, "in/capture.pcapng", SLICE("not a capture of smith"));
	scratch_put(s, "in/left_out.ndjson", SLICE("{\"kind\":\"file\",\"path\":\"bench/smith.ndjson\",\"reason\":\"for mr smith\"}\n"
						   "{\"kind\":\"lines\",\"number\":7,\"reason\":\"smith\"}\n{\"kind\":\"smith\",\"number\":7}\n"));
	struct copy c = copied(s, &secret);
	AUTO_FREE char *text = scratch_get(s, "out/left_out.ndjson", &size);
	assert_null(strstr(text, "smith"));
	assert_non_null(strstr(text, "\",\"reason\":\"an event trace of Windows: "));
	assert_non_null(strstr(text, "\"path\":\"capture.pcapng\",\"reason\":\"it is not what its name says\"}"));
	assert_non_null(strstr(text, ".ndjson\",\"reason\":\"it is not what its name says\"}"));
	assert_non_null(strstr(text, "{\"kind\":\"lines\",\"number\":7,\"reason\":\"lines of logs that were not understood\"}"));
	for (const char *line = text; line < text + size; line = strchr(line, '\n') + 1) {
		struct json_value object;
		const char *end = strchr(line, '\n');
		assert_non_null(end);
		assert_null(json_read(slice_of(line, (size_t)(end - line)), &object, NULL));
	}
	done(&c, secret);
}

/* A capture is read in a process without rights; the words that it meets come back. */
static void test_capture(void **state)
{
	const struct scratch *s = *state;
	const char *srcdir = getenv("SRCDIR");
	char path[512];
	struct secret *secret;
	size_t size, copy_size;
	AUTO_TEXT struct text original = text_make(1 << 20);
	snprintf(path, sizeof path, "%s/fixtures/lab-dns.pcapng", srcdir ? srcdir : ".");
	assert_int_equal(file_read(AT_FDCWD, path, 1 << 20, &original, NULL), OK);
	start(s);
	put_evidence(s, (const char *const[]){"last"}, 1);
	scratch_put(s, "in/capture.pcapng", text_slice(&original));
	struct copy c = copied(s, &secret);
	AUTO_FREE char *text = scratch_get(s, "out/capture.pcapng", &copy_size), *in = scratch_get(s, "in/capture.pcapng", &size);
	assert_string_equal(reason_of(&c, "capture.pcapng"), "");
	assert_int_equal(c.packets_dropped, 0);
	assert_true(c.packets > 2 && copy_size <= size && copy_size + 200 > size);
	assert_true(slice_search(slice_of(in, size), SLICE("example")) < size);
	assert_true(slice_search(slice_of(text, copy_size), SLICE("example")) == copy_size);
	assert_true(pseudonyms_hid_word(c.p, SLICE("example")));
	assert_true(pseudonyms_addresses(c.p) > 1);
	/* each packet is as long as it was: read again, it has the same blocks */
	AUTO_TEXT struct text cut = text_make(1 << 20);
	text_add(&cut, slice_of(text, copy_size / 2));
	scratch_put(s, "in/capture.pcapng", text_slice(&cut)); /* broken off */
	close(c.to);
	c.to = -1;
	assert_int_equal(copy_session(&c, NULL), OK);
	assert_string_equal(reason_of(&c, "capture.pcapng"), "");
	done(&c, secret);
}

/* A log is written anew from what was read of it. */
static void test_log(void **state)
{
	const struct scratch *s = *state;
	char path[80];
	struct secret *secret = secret_new(key);
	struct error err = {0};
	AUTO_STORE struct store *store = NULL;
	snprintf(path, sizeof path, "%s/a.db", s->path);
	assert_int_equal(store_open(path, STORE_NEW, &store, &err), OK);
	sqlite3 *db;
	assert_int_equal(store_close(&store, &err), OK);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
		"INSERT INTO app_log (id, app, path, copy, role, copied_from, before_bytes, after_bytes, change, lines, events, other, unread)"
		" VALUES (1, 'app', '/x', 'applogs/1-smith.log', 'audit', 0, 12, 90, 'appended', 4, 1, 2, 1);"
		"INSERT INTO app_event (log, line, time_ns, process, host, dst, dport, proto, disposition, text, dir)"
		" VALUES (1, 5, 1706961600123000000, 'oncology', 'ward7.example', '93.184.216.34', 443, 'tcp', 'blocked', 'smith was here', 'out')",
		NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(store_open(path, STORE_READ, &store, &err), OK);
	assert_int_equal(mkdirat(s->fd, "in", 0700), 0);
	assert_int_equal(mkdirat(s->fd, "in/applogs", 0700), 0);
	assert_int_equal(mkdirat(s->fd, "out", 0700), 0);
	scratch_put(s, "in/session.json", slice_of_string(session));
	scratch_put(s, "in/applogs/1-smith.log", SLICE("before\nthat\n\nsmith\nsmith\nsmith\n"));
	put_evidence(s, (const char *const[]){"{\"kind\":\"applog\",\"t\":1,\"app\":\"app\",\"path\":\"/home/jane/l\",\"copy\":\"applogs/1-smith.log\","
					      "\"copied_from\":0,\"before\":12,\"after\":90}", "last"}, 2);
	struct copy c = {.p = pseudonyms_new(secret), .to = -1, .derived_from = MANIFEST, .arena = arena_new(1 << 20), .store = store};
	assert_int_equal(file_open_folder(s->fd, "in", &c.from, &err), OK);
	assert_int_equal(copy_session(&c, &err), OK);
	pseudonyms_settle(c.p);
	assert_int_equal(file_open_folder(s->fd, "out", &c.to, &err), OK);
	assert_int_equal(copy_session(&c, &err), OK);
	size_t size, evidence_size;
	AUTO_FREE char *log = scratch_get(s, "out/applogs/1.ndjson", &size),
		       *evidence = scratch_get(s, "out/evidence.ndjson", &evidence_size);
	assert_true(!strncmp(log, "\n\n{\"redacted\":\"other\"}\n{\"redacted\":\"other\"}\n{\"redacted\":\"event\",\"time\":\"2024-02-03T12:00:00.123", 90));
	assert_contains(log, "\"port\":443,\"proto\":\"tcp\",\"disposition\":\"blocked\",\"direction\":\"out\"}\nnot understood\n");
	assert_null(strstr(log, "smith"));
	assert_null(strstr(log, "oncology"));
	assert_null(strstr(log, "93.184"));
	char wanted[128];
	snprintf(wanted, sizeof wanted, "\"copy\":\"applogs/1.ndjson\",\"copied_from\":0,\"before\":2,\"after\":%zu", size);
	assert_contains(evidence, wanted);
	assert_true(scratch_has(s, "out/logs.d/redacted.ini"));
	assert_int_equal(c.lines_unread, 1);
	done(&c, secret);
}

#define CONTROL_HEADING "framework\tcontrol\trev3\ttitle\tobjective\tevidence\thelps\tstrength\tchecks\tlimit\tperson\texamine\n"

/* The site's words are gone, ours and the order of the files stay; the policy names it as it is called now. */
static void test_controls(void **state)
{
	const struct scratch *s = *state;
	struct secret *secret;
	size_t size;
	start(s);
	put_evidence(s, (const char *const[]){"last"}, 1);
	assert_int_equal(mkdirat(s->fd, "in/controls.d", 0700), 0);
	scratch_put(s, "in/controls.d/00-oncology.tsv",
		    SLICE(CONTROL_HEADING "# of smith\noncology-net\tNET-4\t-\tnothing leaves ward7\ta\tE2,E3\tE4\tsupporting\tegress\tone host"
					  "\task jane\tArtifact\n"));
	scratch_put(s, "in/controls.d/01-short.tsv", SLICE(CONTROL_HEADING "oncology\tfour\n"));
	scratch_put(s, "in/session.json", SLICE("{\"format\":\"airgap-verify session\",\"policy\":{\"text\":\"[policy]\\nframeworks = "
						"oncology-net, hipaa\\n\"}}\n"));
	struct copy c = copied(s, &secret);
	AUTO_FREE char *text = scratch_get(s, "out/controls.d/00-site.tsv", &size), *told = scratch_get(s, "out/session.json", &size);
	assert_contains(text, CONTROL_HEADING);
	assert_contains(text, "\ta\tE2,E3\tE4\tsupporting\tegress\tone host\t");
	static const char *const gone[] = {"oncology", "smith", "ward7", "jane"};
	for (size_t i = 0; i < LENGTH(gone); i++)
		assert_null(strstr(text, gone[i]));
	char name[64];
	struct slice row = slice_of_string(text + strlen(CONTROL_HEADING));
	snprintf(name, sizeof name, "frameworks = %.*s, hipaa", (int)slice_find(row, '\t'), (const char *)row.at);
	assert_contains(told, name);
	assert_contains(reason_of(&c, "controls.d/01-short.tsv"), "line 2: not 12 columns");
	assert_false(scratch_has(s, "out/controls.d/01-site.tsv"));
	done(&c, secret);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(test_session),
		scratch_test(test_past), scratch_test(test_evidence),   scratch_test(test_unclosed),
		scratch_test(test_not_copied), scratch_test(test_left_out), scratch_test(test_capture),  scratch_test(test_log),
		scratch_test(test_controls),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
