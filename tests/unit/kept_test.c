/* SPDX-License-Identifier: Apache-2.0 */
/* A session keeps the site's descriptions of its logs: another machine reads by them. */
#include "tests/unit/fake_store.h"

#include "collectors/evidence.h"
#include "core/hash.h"
#include "ingest/ingest.h"
#include "ingest/kept.h"

#define DESCRIPTION(order) \
	"[log]\nname = gate\nformat = line\ntime_layout = iso\nsure = 90\n[event e]\npattern = " order "\n"

static const char GATE[] = DESCRIPTION("{time} > {host:endpoint} {disposition}");
static const char OTHER[] = DESCRIPTION("{time} > {disposition} {host:endpoint}");
static const char LOG[] = "2026-11-23T12:00:00 > api.example:443 denied\n";

static void sum_of(const char *text, char ret[static HASH_TEXT_MAX])
{
	unsigned char digest[HASH_SIZE];
	hash_bytes(slice_of_string(text), digest);
	hash_text(digest, ret);
}

/* A folder whose session.json knows `text` as "gate". */
static void make_folder(struct scratch *s, const char *text)
{
	struct evidence *e = NULL;
	struct error err = {0};
	char session[512], sum[HASH_TEXT_MAX];
	sum_of(text, sum);
	snprintf(session, sizeof session,
		 "{\"format\":\"airgap-verify session\",\"id\":\"00\",\"options\":{\"log_timezone\":\"+02:00\",\"log_descriptions\":"
		 "[{\"name\":\"gate\",\"sha256\":\"%s\"}]}}\n", sum);
	assert_int_equal(mkdirat(s->fd, "applogs", 0700), 0);
	scratch_put(s, "session.json", slice_of_string(session));
	scratch_put(s, "applogs/1-gate.log", slice_of_string(LOG));
	assert_int_equal(evidence_open(s->fd, "evidence.ndjson", "00", &e, &err), OK);
	struct json *j = evidence_begin(e, "applog", 1);
	json_add_string(j, "app", "gate");
	json_add_string(j, "path", "/var/log/gate.log");
	json_add_string(j, "role", "audit");
	json_add_string(j, "change", "appended");
	json_add_string(j, "copy", "applogs/1-gate.log");
	json_add_u64(j, "copied_from", 0);
	json_add_u64(j, "before", 0);
	json_add_u64(j, "after", sizeof LOG - 1);
	evidence_end(e);
	evidence_checkpoint(e, SLICE("{}"), true);
	assert_int_equal(evidence_close(&e, &err), OK);
}

static struct descriptions *site_of(const char *text)
{
	struct descriptions *all = descriptions_new();
	struct error err = {0};
	assert_int_equal(descriptions_add(all, slice_of_string(text), "/site/gate.ini", &err), OK);
	return all;
}

static enum status build(struct scratch *s, const struct descriptions *site, const char *name, struct error *err)
{
	char db[160];
	snprintf(db, sizeof db, "%s/%s", s->path, name);
	*err = (struct error){0};
	return ingest_session_of(s->fd, db, &(struct ingest_logs){.known = site}, err);
}

static void another_machine_reads_by_it(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	AUTO_STORE struct store *store = NULL;
	char db[160];
	size_t first_size, second_size;
	struct descriptions *site = site_of(GATE), *changed = site_of(OTHER);
	make_folder(s, GATE);
	assert_int_equal(kept_write(s->fd, site, &err), OK);
	assert_int_equal(build(s, site, "first.db", &err), OK);
	assert_int_equal(build(s, NULL, "second.db", &err), OK);
	assert_int_equal(build(s, changed, "third.db", &err), OK);
	snprintf(db, sizeof db, "%s/second.db", s->path);
	assert_int_equal(store_open(db, STORE_READ, &store, &err), OK);
	assert_rows(store, "SELECT host, dport, disposition FROM app_event", "api.example|443|blocked;");
	assert_rows(store, "SELECT zone, zone_why, time_slack_ns FROM app_log", "+02:00|--timezone tells it|0;");
	assert_rows(store, "SELECT time_ns / 1000000000 FROM app_event", "1795428000;");
	assert_rows(store, "SELECT app, described GLOB 'logs.d/gate.ini (SHA-256 *)', problem FROM app_log", "gate|1|-;");
	assert_rows(store, "SELECT path, what FROM artifact WHERE path GLOB 'logs.d/*'",
		    "logs.d/gate.ini|description of a log's format;");
	char *first = scratch_get(s, "first.db", &first_size), *second = scratch_get(s, "second.db", &second_size);
	assert_int_equal(first_size, second_size);
	assert_memory_equal(first, second, first_size);
	free(second);
	second = scratch_get(s, "third.db", &second_size); /* what the site has under that name now does not matter */
	assert_int_equal(first_size, second_size);
	assert_memory_equal(first, second, first_size);
	free(first);
	free(second);
	assert_int_equal(kept_write(s->fd, site, &err), ERR_CREATE); /* never over what is there */
	descriptions_free(site);
	descriptions_free(changed);
}

static void one_that_was_changed_is_refused(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	make_folder(s, GATE);
	assert_int_equal(mkdirat(s->fd, "logs.d", 0700), 0);
	scratch_put(s, "logs.d/gate.ini", slice_of_string(OTHER));
	assert_int_equal(build(s, NULL, "a.db", &err), ERR_MALFORMED);
	assert_contains(err.text, "logs.d/gate.ini: not the description that the session was started with");
	scratch_put(s, "logs.d/gate.ini", SLICE("[log]\nnonsense\n"));
	assert_int_equal(build(s, NULL, "b.db", &err), ERR_CONFIG);
	assert_contains(err.text, "logs.d/gate.ini: line 2, column 1");
	scratch_put(s, "logs.d/gate.ini", slice_of_string(GATE));
	scratch_put(s, "logs.d/more.ini", slice_of_string(GATE));
	assert_int_equal(build(s, NULL, "c.db", &err), ERR_MALFORMED);
	assert_contains(err.text, "logs.d/more.ini: session.json knows no such description");
	assert_int_equal(unlinkat(s->fd, "logs.d/more.ini", 0), 0);
	scratch_put(s, "logs.d/readme", SLICE("x"));
	assert_int_equal(build(s, NULL, "d.db", &err), ERR_MALFORMED);
	assert_contains(err.text, "logs.d/readme: no description of a log");
	assert_int_equal(unlinkat(s->fd, "logs.d/readme", 0), 0);
	assert_int_equal(build(s, NULL, "e.db", &err), OK);
}

/* As when the session broke off before it could be kept. */
static void one_that_is_missing_may_be_named(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct descriptions *right = site_of(GATE), *wrong = site_of(OTHER);
	make_folder(s, GATE);
	assert_int_equal(build(s, NULL, "a.db", &err), ERR_MALFORMED);
	assert_contains(err.text, "logs.d/gate.ini is not there");
	assert_contains(err.text, "--log-description");
	assert_int_equal(build(s, wrong, "b.db", &err), ERR_MALFORMED);
	assert_int_equal(build(s, right, "c.db", &err), OK);
	descriptions_free(right);
	descriptions_free(wrong);
}

/* Another machine's user may know better. */
static void a_zone_that_is_named_comes_first(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	AUTO_STORE struct store *store = NULL;
	char db[160];
	struct descriptions *site = site_of(GATE);
	struct zone *zone = must_alloc(1, sizeof *zone);
	make_folder(s, GATE);
	snprintf(db, sizeof db, "%s/a.db", s->path);
	assert_int_equal(zone_find("UTC", zone, &err), OK);
	assert_int_equal(ingest_session_of(s->fd, db, &(struct ingest_logs){site, zone}, &err), OK);
	assert_int_equal(store_open(db, STORE_READ, &store, &err), OK);
	assert_rows(store, "SELECT zone FROM app_log", "UTC;");
	descriptions_free(site);
	free(zone);
}

static void a_name_within_must_be_its_own(void **state)
{
	static const char liar[] = "[log]\nname = liar\nformat = line\n[event e]\npattern = x\n";
	struct scratch *s = *state;
	struct error err = {0};
	make_folder(s, liar);
	assert_int_equal(mkdirat(s->fd, "logs.d", 0700), 0);
	scratch_put(s, "logs.d/gate.ini", slice_of_string(liar));
	assert_int_equal(build(s, NULL, "a.db", &err), ERR_MALFORMED);
	assert_contains(err.text, "calls itself liar");
}

static void a_site_without_its_own_keeps_nothing(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct descriptions *all = descriptions_new();
	assert_int_equal(kept_write(s->fd, all, &err), OK);
	assert_int_equal(kept_write(s->fd, NULL, &err), OK);
	assert_false(scratch_has(s, "logs.d"));
	descriptions_free(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(another_machine_reads_by_it),
		scratch_test(one_that_was_changed_is_refused),
		scratch_test(one_that_is_missing_may_be_named),
		scratch_test(a_zone_that_is_named_comes_first),
		scratch_test(a_name_within_must_be_its_own),
		scratch_test(a_site_without_its_own_keeps_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
