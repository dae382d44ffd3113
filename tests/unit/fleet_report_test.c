/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents of two hosts over five nights, out of each engine: they tell what was planted, and
 * are the same bytes from both.
 */
#include "tests/unit/fleet_bundles.h"
#include "tests/unit/postgres.h"

#include "cli/fleet_add.h"
#include "cli/fleet_period.h"
#include "cli/fleet_report.h"
#include "report/signing.h"
#include "report/verify.h"

#include <sys/mman.h>

enum { ALPHA_NIGHTS = 5, BETA_NIGHTS = 3, ATTEMPTS = 20, DOCUMENT_MAX = 16 << 20 };

static struct {
	struct scratch *scratch; /* owned */
	struct postgres postgres;
	bool have_postgres;
} all;

typedef enum status writer(const struct fleet *f, int fd, struct error *err);

static const char *place_of(enum engine engine)
{
	static char path[256];
	snprintf(path, sizeof path, "%s/fleet.db", all.scratch->path);
	return engine == ENGINE_SQLITE ? path : all.postgres.place;
}

static void add_bundle(struct signing *key, const char *host, unsigned night, const char *verdict, bool broken)
{
	char path[FILE_PATH_MAX], id[64];
	char *names[] = {path};
	snprintf(id, sizeof id, "%08x%02x%06x%016x", night, (unsigned char)*host, 0, 0);
	const struct fleet_bundle b = {host, id, verdict, FLEET_FIRST + (night - 1) * FLEET_DAY, ATTEMPTS, NULL};
	fleet_bundle_make(all.scratch->path, &b, key, path);
	if (broken)
		assert_int_equal(truncate(path, 1000), 0);
	for (enum engine e = ENGINE_SQLITE; e <= (all.have_postgres ? ENGINE_POSTGRESQL : ENGINE_SQLITE); e++) {
		struct error err = {0};
		const struct fleet_settings settings = {.common = {.quiet = true}, .store = place_of(e)};
		assert_int_equal(fleet_add(&settings, names, 1, &err), broken);
	}
}

static int set_up(void **state)
{
	struct error err = {0};
	struct signing *keys[2];
	void *scratch = NULL;
	(void)state;
	if (postgres_scratch(&scratch))
		return -1;
	all.scratch = scratch;
	all.have_postgres = postgres_begin(&all.postgres);
	for (size_t i = 0; i < LENGTH(keys); i++)
		fleet_must(signing_generate(PUBLIC_KEY_P256, "Test", FLEET_FIRST, &keys[i], &err), &err);
	for (unsigned night = 1; night <= ALPHA_NIGHTS; night++)
		add_bundle(keys[0], "alpha", night, night == 3 ? "FAIL" : "PASS", false);
	for (unsigned night = 1; night <= BETA_NIGHTS + 1; night++)
		add_bundle(keys[1], "beta", night, night == 2 ? "INCONCLUSIVE" : "PASS", night > BETA_NIGHTS);
	signing_free(keys[0]);
	signing_free(keys[1]);
	return 0;
}

static int tear_down(void **state)
{
	void *scratch = all.scratch;
	(void)state;
	postgres_end(&all.postgres);
	return scratch_teardown(&scratch);
}

/* The nights from `first` to `last`, counted from 1; `last` 0: all there is. `every`: VALUE_NULL, or so far should they lie apart. */
static struct fleet read_nights(enum engine engine, unsigned first, unsigned last, struct value every)
{
	struct fleet f = fleet_new();
	struct error err = {0};
	AUTO_DEPOT struct depot *d = NULL;
	const struct depot_options options = {.place = place_of(engine)};
	const int64_t from = FLEET_FIRST + (first - 1) * FLEET_DAY, to = FLEET_FIRST + last * FLEET_DAY;
	const struct fleet_period period = {last ? &from : NULL, last ? &to : NULL, every};
	fleet_must(depot_open(&options, DEPOT_READ, &d, &err), &err);
	fleet_must(fleet_period_read(d, &period, &f, &err), &err);
	f.facts.value[FACT_ORGANISATION] = "name = Example & Sons\n";
	f.facts.value[FACT_MARKING] = "CUI";
	return f;
}

static struct fleet read_period(enum engine engine, unsigned nights)
{
	return read_nights(engine, 1, nights, (struct value){.type = VALUE_NULL});
}

static void tells_what_was_planted(enum engine engine)
{
	AUTO_FLEET struct fleet f = read_period(engine, 0);
	assert_string_equal(f.facts.verdict, "FAIL");
	assert_int_equal(f.rows[FLEET_HOSTS].count, 2);
	assert_string_equal(fleet_at(&f, FLEET_HOSTS, 0)[HOSTS_NAME].text, "alpha");
	assert_int_equal(f.total_nights, ALPHA_NIGHTS + BETA_NIGHTS);
	assert_int_equal(f.total_fail, 1);
	assert_int_equal(f.total_open, 1);
	assert_int_equal(f.days, ALPHA_NIGHTS);
	assert_int_equal(f.attempts, (ALPHA_NIGHTS + BETA_NIGHTS) * ATTEMPTS);
	assert_int_equal(f.leaving, (ALPHA_NIGHTS + BETA_NIGHTS) * ATTEMPTS / 5);
	assert_int_equal(f.rows[FLEET_REFUSED].count, 1);
	assert_int_equal(f.rows[FLEET_BUNDLES].count, ALPHA_NIGHTS + BETA_NIGHTS);
	assert_int_equal(f.rows[FLEET_TREND].count, ALPHA_NIGHTS);
	assert_int_equal(f.rows[FLEET_CONTROLS].count, 1);
	assert_int_equal(fleet_at(&f, FLEET_CONTROLS, 0)[6].number, 2);
	/* beta went silent, and what came in its place was broken */
	assert_int_equal(f.rows[FLEET_ALARMS].count, 2);
	assert_string_equal(fleet_at(&f, FLEET_ALARMS, 0)[3].text, "refused");
	assert_string_equal(fleet_at(&f, FLEET_ALARMS, 1)[3].text, "silent");
}

static void planted_on_sqlite(void **state)
{
	(void)state;
	tells_what_was_planted(ENGINE_SQLITE);
}

static void planted_on_postgresql(void **state)
{
	(void)state;
	if (!all.have_postgres)
		skip();
	tells_what_was_planted(ENGINE_POSTGRESQL);
}

/* Only what began in it counts; the first night was good on both hosts. */
static void period_ends_before_its_end(void **state)
{
	static const char *const verdicts[] = {"PASS", "INCONCLUSIVE", "FAIL"};
	(void)state;
	for (unsigned i = 0; i < LENGTH(verdicts); i++) {
		AUTO_FLEET struct fleet f = read_period(ENGINE_SQLITE, i + 1);
		assert_string_equal(f.facts.verdict, verdicts[i]);
		assert_int_equal(f.rows[FLEET_BUNDLES].count, 2 * (i + 1));
		assert_int_equal(f.rows[FLEET_REFUSED].count, 0);
	}
}

static void write_of(const struct fleet *f, writer *write, struct text *out)
{
	struct error err = {0};
	char block[65536];
	AUTO_FD int fd = memfd_create("document", MFD_CLOEXEC);
	fleet_must(write(f, fd, &err), &err);
	assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
	for (ssize_t got; (got = read(fd, block, sizeof block)) > 0;)
		text_add(out, slice_of(block, (size_t)got));
	assert_true(out->size > 1000);
}

static void write_into(enum engine engine, writer *write, struct text *out)
{
	AUTO_FLEET struct fleet f = read_period(engine, 0);
	/* by the clock of whoever takes in, which is another for each engine */
	f.rows[FLEET_REFUSED].cells[6].number = 0;
	write_of(&f, write, out);
}

/* What a bundle calls itself is text, in whatever it is shown. */
static void names_are_no_mark_up(void **state)
{
	static const char name[] = "<b>&\"\n=1+1\xff";
	static writer *const writers_of[] = {fleet_pdf_write, fleet_xlsx_write, fleet_html_write};
	(void)state;
	AUTO_FLEET struct fleet f = read_period(ENGINE_SQLITE, 0);
	for (size_t part = 0; part < FLEET_PARTS; part++)
		for (size_t i = 0; i < f.rows[part].count * f.rows[part].columns; i++)
			if (f.rows[part].cells[i].text)
				f.rows[part].cells[i].text = name;
	for (size_t i = 0; i < LENGTH(writers_of); i++) {
		AUTO_TEXT struct text out = text_make(DOCUMENT_MAX);
		write_of(&f, writers_of[i], &out);
		/* the others are compressed; a workbook is read again by what wrote it */
		if (writers_of[i] != fleet_html_write)
			continue;
		assert_true(slice_search(text_slice(&out), SLICE("<b>")) == out.size);
		assert_true(slice_search(text_slice(&out), SLICE("&lt;b&gt;&amp;&quot;")) < out.size);
	}
}

static void same_store_same_bytes(void **state)
{
	static writer *const writers_of[] = {fleet_pdf_write, fleet_xlsx_write, fleet_html_write};
	(void)state;
	for (size_t i = 0; i < LENGTH(writers_of); i++) {
		AUTO_TEXT struct text first = text_make(DOCUMENT_MAX), again = text_make(DOCUMENT_MAX), other = text_make(DOCUMENT_MAX);
		write_into(ENGINE_SQLITE, writers_of[i], &first);
		write_into(ENGINE_SQLITE, writers_of[i], &again);
		assert_true(slice_equal(text_slice(&again), text_slice(&first)));
		if (!all.have_postgres)
			continue;
		write_into(ENGINE_POSTGRESQL, writers_of[i], &other);
		assert_true(slice_equal(text_slice(&other), text_slice(&first)));
	}
}

static void folder_verifies(void **state)
{
	char out[256], home[256];
	struct error err = {0};
	struct verify_options nothing = {0};
	struct verify_result result = {0};
	(void)state;
	snprintf(out, sizeof out, "%s/out", all.scratch->path);
	snprintf(home, sizeof home, "%s/home", all.scratch->path);
	assert_int_equal(mkdir(home, 0700), 0);
	setenv("HOME", home, 1);
	setenv("XDG_CONFIG_HOME", home, 1);
	const struct fleet_settings settings = {.common = {.quiet = true}, .store = place_of(ENGINE_SQLITE), .output = out};
	assert_int_equal(fleet_report(&settings, NULL, 0, &err), 1);
	assert_string_equal(err.text, "");
	AUTO_FD int fd = open(out, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	fleet_must(verify_folder(fd, &nothing, &result, &err), &err);
	assert_int_equal(result.outcome, VERIFY_GOOD);
	assert_string_equal(result.session.verdict, "FAIL");
	verify_result_free(&result);
	/* what is there is not written over */
	assert_int_equal(fleet_report(&settings, NULL, 0, &err), error_exit(ERR_CREATE));
}

static void refuses(void **state)
{
	static const struct {
		const char *formats, *from, *to, *paper, *told;
	} slips[] = {
		{"pdf,doc", NULL, NULL, NULL, "--format takes"},
		{NULL, "yesterday", NULL, NULL, "--from is a day"},
		{NULL, "2025-12-03", "2025-12-02", NULL, "ends before it begins"},
		{NULL, NULL, NULL, "a3", "--paper takes"},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(slips); i++) {
		struct error err = {0};
		const struct fleet_settings s = {.common = {.quiet = true}, .store = place_of(ENGINE_SQLITE), .output = "/nonexistent/out",
						 .formats = slips[i].formats, .from = slips[i].from, .to = slips[i].to, .paper = slips[i].paper};
		assert_int_equal(fleet_report(&s, NULL, 0, &err), error_exit(ERR_USAGE));
		assert_non_null(strstr(err.text, slips[i].told));
	}
}

/* Of the alarms: "night host" of those that are silent. */
static void list_silent(const struct fleet *f, struct text *out)
{
	for (size_t i = 0; i < f->rows[FLEET_ALARMS].count; i++) {
		const struct fleet_cell *row = fleet_at(f, FLEET_ALARMS, i);
		if (!strcmp(row[3].text, "silent"))
			text_addf(out, "%s %s\n", row[1].text, row[0].text);
	}
}

/* A host that stopped before it could be told what is usual of it is held to the others, whether its
 * silence begins in the period or before it. */
static void stopped_early(enum engine engine)
{
	static const struct {
		unsigned first, last;
		int64_t every;
		const char *silent, *verdict;
	} periods[] = {
		{1, 2, 0, "2025-12-02 delta\n", "INCONCLUSIVE"},
		{1, 5, 0, "2025-12-04 beta\n2025-12-03 gamma\n2025-12-02 delta\n", "FAIL"},
		{5, 5, 0, "2025-12-04 beta\n2025-12-03 gamma\n2025-12-02 delta\n", "INCONCLUSIVE"},
		{1, 5, 3 * FLEET_DAY, "2025-12-04 delta\n", "FAIL"},
	};
	for (size_t i = 0; i < LENGTH(periods); i++) {
		AUTO_TEXT struct text silent = text_make(1000);
		const struct value every = periods[i].every ? value_number(periods[i].every) : (struct value){.type = VALUE_NULL};
		AUTO_FLEET struct fleet f = read_nights(engine, periods[i].first, periods[i].last, every);
		list_silent(&f, &silent);
		assert_string_equal(text_string(&silent), periods[i].silent);
		assert_string_equal(f.facts.verdict, periods[i].verdict);
	}
}

static void stopped_early_on_both(void **state)
{
	(void)state;
	struct error err = {0};
	struct signing *key;
	fleet_must(signing_generate(PUBLIC_KEY_P256, "Test", FLEET_FIRST, &key, &err), &err);
	add_bundle(key, "gamma", 1, "PASS", false);
	add_bundle(key, "gamma", 2, "PASS", false);
	add_bundle(key, "delta", 1, "PASS", false);
	signing_free(key);
	stopped_early(ENGINE_SQLITE);
	if (all.have_postgres)
		stopped_early(ENGINE_POSTGRESQL);
}

/* With nobody to be held to, a day, unless --every tells otherwise. */
static void stopped_early_alone(void **state)
{
	static const struct {
		const char *every;
		int wanted;
	} reports[] = {{NULL, 2}, {"10d", 0}};
	char store[256], path[FILE_PATH_MAX], *names[] = {path};
	struct error err = {0};
	struct signing *key;
	(void)state;
	const struct fleet_bundle b = {"lone", "00000000000000000000000000000001", "PASS", FLEET_FIRST, ATTEMPTS, NULL};
	fleet_must(signing_generate(PUBLIC_KEY_P256, "Test", FLEET_FIRST, &key, &err), &err);
	fleet_bundle_make(all.scratch->path, &b, key, path);
	signing_free(key);
	snprintf(store, sizeof store, "%s/lone.db", all.scratch->path);
	const struct fleet_settings add = {.common = {.quiet = true}, .store = store};
	struct fleet_settings s = {.common = {.quiet = true}, .store = store, .to = "2025-12-04"};
	assert_int_equal(fleet_add(&add, names, 1, &err), 0);
	for (size_t i = 0; i < LENGTH(reports); i++) {
		char out[256];
		snprintf(out, sizeof out, "%s/lone%zu", all.scratch->path, i);
		s.output = out;
		s.every = reports[i].every;
		assert_int_equal(fleet_report(&s, NULL, 0, &err), reports[i].wanted);
		assert_string_equal(err.text, "");
	}
}

/* Of the lone host above: what was refused behind its last bundle is part of all that there is, and not of what ended before. */
static void refused_behind_the_last(void **state)
{
	static const char *const ends[] = {NULL, "2025-12-02"};
	char store[256], path[FILE_PATH_MAX], *names[] = {path};
	struct error err = {0};
	(void)state;
	snprintf(store, sizeof store, "%s/lone.db", all.scratch->path);
	const struct fleet_settings add = {.common = {.quiet = true}, .store = store};
	struct fleet_settings s = add;
	scratch_put(all.scratch, "AGV_x_x_lone_20251202T020000Z_20251202T023000Z_0.zip", SLICE("no bundle"));
	snprintf(path, sizeof path, "%s/AGV_x_x_lone_20251202T020000Z_20251202T023000Z_0.zip", all.scratch->path);
	assert_int_equal(fleet_add(&add, names, 1, &err), 1);
	for (size_t i = 0; i < LENGTH(ends); i++) {
		char out[256];
		snprintf(out, sizeof out, "%s/behind%zu", all.scratch->path, i);
		s.output = out;
		s.to = ends[i];
		assert_int_equal(fleet_report(&s, NULL, 0, &err), i == 0);
		assert_string_equal(err.text, "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(planted_on_sqlite),	 cmocka_unit_test(planted_on_postgresql),
		cmocka_unit_test(period_ends_before_its_end), cmocka_unit_test(same_store_same_bytes),
		cmocka_unit_test(names_are_no_mark_up),
		cmocka_unit_test(folder_verifies),	 cmocka_unit_test(refuses),
		cmocka_unit_test(stopped_early_alone),	 cmocka_unit_test(refused_behind_the_last),
		cmocka_unit_test(stopped_early_on_both), /* the last: it adds to the stores */
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
