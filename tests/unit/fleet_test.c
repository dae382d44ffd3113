/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Bundles of three hosts over twelve nights, taken in as a user would, once into each engine:
 * what was planted is found on its night and nothing else is, and the views say the same on
 * both.
 */
#include "tests/unit/fleet_hosts.h"

#include "cli/fleet_status.h"

/* The 32 digits of a session. */
static const char *session_of(unsigned host, unsigned night)
{
	static char id[64];
	snprintf(id, sizeof id, "%08x%08x%016x", night, host, 0);
	return id;
}

static void change_a_byte(const char *path)
{
	struct stat st;
	unsigned char byte;
	AUTO_FD int fd = open(path, O_RDWR | O_CLOEXEC);
	assert_int_equal(fstat(fd, &st), 0);
	assert_int_equal(pread(fd, &byte, 1, st.st_size / 2), 1);
	byte ^= 1;
	assert_int_equal(pwrite(fd, &byte, 1, st.st_size / 2), 1);
}

static void copy_to(const char *from, const char *to)
{
	AUTO_FD int in = open(from, O_RDONLY | O_CLOEXEC);
	AUTO_FD int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	char buffer[65536];
	for (ssize_t got; (got = read(in, buffer, sizeof buffer)) > 0;)
		assert_int_equal(write(out, buffer, (size_t)got), got);
}

static void make_nights(void)
{
	static const char step[] = "INSERT INTO finding (severity, effect, check_id, title, detail, evidence, remedy) VALUES "
				   "('medium', 'INCONCLUSIVE', 'clock_step', 'stepped', 'stepped', '{}', '')";
	static const char lookup[] = "INSERT INTO dns (source, time_ns, client, server, sport, dport, transport, query_id, qname, qtype, rcode, "
				     "answers, dir, packet, in_session) VALUES (1, 7, '10.0.0.7', '10.0.0.1', 40000, 53, 'udp', 9, 'a.example', "
				     "'A', 'NOERROR', '[\"203.0.113.9\"]', 'out', 3, 1)";
	for (unsigned host = 0; host < HOSTS; host++)
		for (unsigned night = 1; night <= NIGHTS; night++) {
			bool lossy = host == ALPHA && night == 8, stepped = host == BETA && night == 3;
			make(host, host == BETA && night >= 7 ? BETA_NEW : host, night, session_of(host, night),
			     lossy || stepped ? "INCONCLUSIVE" : host == GAMMA && night == 12 ? "FAIL" : "PASS", stepped ? step : night == 1 ? lookup : NULL,
			     all.paths[host][night]);
		}
	/* the same session, told otherwise */
	char kept[FILE_PATH_MAX], other[FILE_PATH_MAX];
	snprintf(kept, sizeof kept, "%s.kept", all.paths[GAMMA][11]);
	assert_int_equal(rename(all.paths[GAMMA][11], kept), 0);
	make(GAMMA, GAMMA, 11, session_of(GAMMA, 11), "PASS", "UPDATE attempt SET outcome = 'denied'", all.again);
	snprintf(other, sizeof other, "%s/other.zip", all.scratch->path);
	assert_int_equal(rename(all.again, other), 0);
	snprintf(all.again, sizeof all.again, "%s", other);
	assert_int_equal(rename(kept, all.paths[GAMMA][11]), 0);
	change_a_byte(all.paths[GAMMA][4]);
	/* an older one in the place of the ninth */
	assert_int_equal(unlink(all.paths[GAMMA][9]), 0);
	copy_to(all.paths[GAMMA][2], all.paths[GAMMA][9]);
}

static int set_up(void **state)
{
	if (hosts_set_up(state))
		return -1;
	make_nights();
	return 0;
}

/* A key that an authority vouches for is that of the host from then on. */
static void an_authority_vouches(void **state)
{
	(void)state;
	static const char *const certificates[] = {"/alpha.pem", "/new.pem"};
	struct signing *const keys[] = {all.keys[ALPHA], all.keys[BETA_NEW]};
	char store[128], path[FILE_PATH_MAX], key[256], certificate[2][256];
	struct error err = {0};
	snprintf(store, sizeof store, "%s/authority.db", all.scratch->path);
	for (size_t i = 0; i < LENGTH(keys); i++) {
		snprintf(certificate[i], sizeof certificate[i], "%s%s", all.scratch->path, certificates[i]);
		snprintf(key, sizeof key, "%s.key", certificate[i]);
		fleet_must(signing_save(keys[i], key, certificate[i], NULL, &err), &err);
	}
	make(ALPHA, BETA_NEW, 2, "ffffffffffffffffffffffffffffffff", "PASS", NULL, path);
	const struct {
		const char *path, *ca;
		int wanted;
	} steps[] = {
		{all.paths[ALPHA][1], NULL, 0}, {path, NULL, 1}, {path, certificate[0], 1}, {path, certificate[1], 0}, {all.paths[ALPHA][3], NULL, 1},
	};
	for (size_t i = 0; i < LENGTH(steps); i++) {
		char *names[] = {(char *)steps[i].path};
		const struct fleet_settings settings = {.common = {.quiet = true}, .store = store, .ca = steps[i].ca};
		assert_int_equal(fleet_add(&settings, names, 1, &err), steps[i].wanted);
		assert_int_equal(err.status, OK);
	}
}

/* As they would come in: night by night, and one of alpha's late. */
static void take_in(enum engine engine)
{
	for (unsigned night = 1; night <= NIGHTS; night++)
		for (unsigned host = 0; host < HOSTS; host++) {
			if ((host == ALPHA && night == 5) || (host == BETA && night == 10))
				continue;
			bool refused = host == GAMMA && (night == 4 || night == 9);
			if (host == BETA && night == 7) {
				assert_int_equal(add(engine, NULL, all.paths[host][night]), 1);
				assert_int_equal(add(engine, NULL, all.paths[host][night]), 1);
				assert_int_equal(add(engine, all.fingerprint, all.paths[host][night]), 0);
			} else {
				assert_int_equal(add(engine, NULL, all.paths[host][night]), refused);
			}
			if (night == 2)
				assert_int_equal(add(engine, NULL, all.paths[host][night]), 0);
		}
	assert_int_equal(add(engine, NULL, all.again), 1);
	assert_int_equal(add(engine, NULL, all.paths[ALPHA][5]), 0);
}

/* "night kind host severity" of all that stands out as of the thirteenth night. */
static void list_alarms(enum engine engine, struct text *out)
{
	AUTO_DEPOT struct depot *d = opened(engine);
	AUTO_ANSWER struct answer *a = NULL;
	struct error err = {0};
	bool row = true;
	const struct value times[] = {value_number(FLEET_FIRST + NIGHTS * FLEET_DAY), {.type = VALUE_NULL}, value_number(0), value_number(INT64_MAX)};
	fleet_must(depot_ask(d, FLEET_STATUS_ALARMS, times, LENGTH(times), &a, &err), &err);
	while (!answer_step(a, &row, &err) && row) {
		static const size_t shown[] = {4, 1, 0, 2};
		for (size_t i = 0; i < LENGTH(shown); i++) {
			text_add(out, answer_text(a, shown[i]));
			text_add_char(out, i + 1 < LENGTH(shown) ? ' ' : '\n');
		}
	}
}

static void check_alarms(enum engine engine)
{
	AUTO_TEXT struct text found = text_make(OUTPUT_MAX);
	take_in(engine);
	list_alarms(engine, &found);
	assert_string_equal(text_string(&found), "2025-12-03 clock_changed beta INCONCLUSIVE\n"
						 "2025-12-04 refused gamma FAIL\n"
						 "2025-12-04 silent gamma INCONCLUSIVE\n"
						 "2025-12-05 rolled_back alpha FAIL\n"
						 "2025-12-07 key_changed beta NOTE\n"
						 "2025-12-09 rolled_back gamma FAIL\n"
						 "2025-12-09 silent gamma INCONCLUSIVE\n"
						 "2025-12-10 silent beta INCONCLUSIVE\n"
						 "2025-12-11 rolled_back gamma FAIL\n");
}

static void planted_on_sqlite(void **state)
{
	(void)state;
	check_alarms(ENGINE_SQLITE);
}

static void planted_on_postgresql(void **state)
{
	(void)state;
	if (!all.have_postgres)
		skip();
	check_alarms(ENGINE_POSTGRESQL);
}

/* "host|last night|its verdict|bundles|nights|…|refused" of the hosts as they were known up to then. */
static void list_hosts(enum engine engine, int64_t until_ns, struct text *out)
{
	enum { LAST_NS = 8, USUAL_NS, ATTEMPTS_SEEN, LEAVING, REFUSED, COLUMNS };
	AUTO_DEPOT struct depot *d = opened(engine);
	AUTO_ANSWER struct answer *a = NULL;
	struct error err = {0};
	bool row = true;
	const struct value until = value_number(until_ns);
	fleet_must(depot_ask(d, FLEET_STATUS_HOSTS, &until, 1, &a, &err), &err);
	while (!answer_step(a, &row, &err) && row)
		for (size_t i = 0; i < COLUMNS; i++) {
			if (i < 3)
				text_add(out, answer_text(a, i));
			else if (!answer_is_null(a, i))
				text_add_i64(out, answer_number(a, i));
			text_add_char(out, i + 1 < COLUMNS ? '|' : '\n');
		}
}

/* --at: what came later is not known yet, and no verdict of it counts. */
static void as_of_an_earlier_night(enum engine engine)
{
	static const struct {
		unsigned nights;
		const char *wanted; /* in front of the times */
	} then[] = {
		{0, ""},
		{2, "alpha|2025-12-02|PASS|2|2|2|0|0|\nbeta|2025-12-02|PASS|2|2|2|0|0|\ngamma|2025-12-02|PASS|2|2|2|0|0|\n"},
		{4, "alpha|2025-12-04|PASS|4|4|4|0|0|\nbeta|2025-12-04|PASS|4|4|3|0|1|\ngamma|2025-12-03|PASS|3|3|3|0|0|\n"},
	};
	for (size_t i = 0; i < LENGTH(then); i++) {
		AUTO_TEXT struct text known = text_make(OUTPUT_MAX), shown = text_make(OUTPUT_MAX);
		struct slice line;
		list_hosts(engine, FLEET_FIRST + then[i].nights * FLEET_DAY - 1, &known);
		for (struct cursor c = cursor_over(text_slice(&known)); cursor_line(&c, &line, NULL); text_add_char(&shown, '\n'))
			for (size_t at = 0, bars = 0; at < line.size && bars < 8; bars += line.at[at++] == '|')
				text_add_char(&shown, (char)line.at[at]);
		assert_string_equal(text_string(&shown), then[i].wanted);
	}
	AUTO_TEXT struct text all_of_it = text_make(OUTPUT_MAX);
	list_hosts(engine, INT64_MAX, &all_of_it);
	AUTO_FREE char *view = sqlite_says("SELECT host, last_night, last_verdict, bundles, nights, nights_pass, nights_fail, nights_inconclusive, "
					   "last_ns, usual_ns, attempts, leaving, refused FROM v_fleet_host ORDER BY host");
	assert_string_equal(text_string(&all_of_it), view);
}

/* Beside a host whose last night was no PASS stands why, and beside no other. */
static void reasons(enum engine engine)
{
	enum { VERDICT = 2, REASON = 15 };
	unsigned given = 0, none = 0;
	struct error err = {0};
	for (unsigned nights = 1; nights <= 13; nights++) {
		AUTO_DEPOT struct depot *d = opened(engine);
		AUTO_ANSWER struct answer *a = NULL;
		bool row = true;
		const struct value until = value_number(FLEET_FIRST + nights * FLEET_DAY - 1);
		fleet_must(depot_ask(d, FLEET_STATUS_HOSTS, &until, 1, &a, &err), &err);
		while (!answer_step(a, &row, &err) && row) {
			bool pass = slice_is(answer_text(a, VERDICT), "PASS");
			assert_string_equal(answer_name(a, REASON), "reason");
			assert_int_equal(answer_is_null(a, REASON), pass);
			if (!pass)
				assert_slice(answer_text(a, REASON), "made up");
			given += !pass;
			none += pass;
		}
	}
	assert_true(given > 0 && none > 0);
}

static void then_and_now(void **state)
{
	struct error err = {0};
	(void)state;
	const struct fleet_settings then = {.common = {.quiet = true}, .store = place_of(ENGINE_SQLITE), .at = "2020-01-01"};
	assert_int_equal(fleet_status(&then, NULL, 0, &err), 0);
	const struct fleet_settings now = {.common = {.quiet = true}, .store = place_of(ENGINE_SQLITE)};
	assert_int_equal(fleet_status(&now, NULL, 0, &err), 1);
	assert_int_equal(err.status, OK);
	as_of_an_earlier_night(ENGINE_SQLITE);
	reasons(ENGINE_SQLITE);
	if (!all.have_postgres)
		return;
	as_of_an_earlier_night(ENGINE_POSTGRESQL);
	reasons(ENGINE_POSTGRESQL);
}

static const char *const views[] = {
	"SELECT * FROM v_attempt", "SELECT * FROM v_dns", "SELECT * FROM v_finding", "SELECT * FROM v_coverage", "SELECT * FROM v_control",
	"SELECT * FROM v_fleet_host", "SELECT * FROM v_fleet_night", "SELECT * FROM v_fleet_destination", "SELECT * FROM v_fleet_vector",
	"SELECT * FROM v_fleet_finding", "SELECT * FROM v_fleet_control", "SELECT * FROM v_fleet_alarm",
};

static char *postgresql_says(const char *sql)
{
	char command[1024], path[128];
	size_t size;
	struct scratch folder = {.fd = open(all.postgres.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
	snprintf(path, sizeof path, "%s/said", all.postgres.folder);
	snprintf(command, sizeof command, "%s/psql -h %s -U tester -d postgres -At -c '%s' >%s", all.postgres.programs, all.postgres.folder, sql, path);
	assert_true(postgres_do(&all.postgres, command));
	AUTO_FREE char *said = scratch_get(&folder, "said", &size);
	close(folder.fd);
	return sorted(said);
}

static void views_say_the_same(void **state)
{
	(void)state;
	if (!all.have_postgres)
		skip();
	for (size_t i = 0; i < LENGTH(views); i++) {
		AUTO_FREE char *a = sqlite_says(views[i]);
		AUTO_FREE char *b = postgresql_says(views[i]);
		if (strcmp(a, b) != 0)
			print_error("%s differs\n", views[i]);
		assert_string_equal(a, b);
		assert_true(a[0]);
	}
}

/* What is kept as sums is what the rows come to. */
static void sums_are_those_of_the_rows(void **state)
{
	static const char *const sums[][2] = {
		{"SELECT sum(attempts), sum(leaving) FROM bundle",
		 "SELECT count(*), sum(leaves) FROM v_attempt WHERE in_session = 1"},
		{"SELECT coalesce(vector, 'none'), sum(attempts) FROM target WHERE leaves = 1 GROUP BY 1",
		 "SELECT coalesce(vector, 'none'), count(*) FROM v_attempt WHERE leaves = 1 GROUP BY 1"},
		{"SELECT coalesce(name, dst), sum(attempts), min(first_ns), max(last_ns) FROM target GROUP BY 1",
		 "SELECT coalesce(name, dst), count(*), min(time_ns), max(time_ns) FROM v_attempt GROUP BY 1"},
	};
	(void)state;
	for (size_t i = 0; i < LENGTH(sums); i++) {
		AUTO_FREE char *kept = sqlite_says(sums[i][0]);
		AUTO_FREE char *counted = sqlite_says(sums[i][1]);
		assert_true(strlen(kept) > 3);
		assert_string_equal(kept, counted);
	}
}

/* As the manual says how to make it. */
static void a_role_that_only_reads(void **state)
{
	(void)state;
	char command[2048];
	const char *root = getenv("SRCDIR");
	if (!all.have_postgres)
		skip();
	AUTO_TEXT struct text psql = text_make(512);
	text_addf(&psql, "%s/psql -h %s -d postgres -v ON_ERROR_STOP=1 -q", all.postgres.programs, all.postgres.folder);
	AUTO_FREE char *page = NULL;
	char path[512];
	snprintf(path, sizeof path, "%s/man", root ? root : ".");
	struct scratch man = {.fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
	size_t size;
	page = scratch_get(&man, "airgap-verify-fleet.1", &size);
	close(man.fd);
	char *from = strstr(page, "CREATE ROLE"), *end = from ? strstr(from, ".Ed") : NULL;
	assert_non_null(end);
	*end = 0;
	snprintf(command, sizeof command, "%s -U tester <<'EOF'\n%s\nEOF", text_string(&psql), from);
	assert_true(postgres_do(&all.postgres, command));
	for (size_t i = 0; i < LENGTH(views); i++) {
		snprintf(command, sizeof command, "%s -U fleet_reader -c '%s'", text_string(&psql), views[i]);
		assert_true(postgres_do(&all.postgres, command));
	}
	static const char *const refused[] = {"SELECT * FROM attempt", "DELETE FROM v_finding", "CREATE TABLE mine (a int)", "SELECT * FROM refused"};
	for (size_t i = 0; i < LENGTH(refused); i++) {
		snprintf(command, sizeof command, "%s -U fleet_reader -c '%s'", text_string(&psql), refused[i]);
		assert_false(postgres_do(&all.postgres, command));
	}
}

/* A name that claims to be of a time to come does not hide until then what it stands for. */
static void a_claim_of_a_time_to_come(void **state)
{
	static const char name[] = "AGV_x_x_delta_20991201T020000Z_20991201T023000Z_0.zip";
	char path[FILE_PATH_MAX];
	(void)state;
	scratch_put(all.scratch, name, SLICE("no bundle"));
	snprintf(path, sizeof path, "%s/%s", all.scratch->path, name);
	for (enum engine e = ENGINE_SQLITE; e <= (all.have_postgres ? ENGINE_POSTGRESQL : ENGINE_SQLITE); e++) {
		AUTO_TEXT struct text found = text_make(OUTPUT_MAX);
		assert_int_equal(add(e, NULL, path), 1);
		list_alarms(e, &found);
		assert_contains(text_string(&found), "\n2099-12-01 refused delta FAIL\n");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_authority_vouches),
		cmocka_unit_test(planted_on_sqlite),
		cmocka_unit_test(planted_on_postgresql),
		cmocka_unit_test(then_and_now),
		cmocka_unit_test(views_say_the_same),
		cmocka_unit_test(sums_are_those_of_the_rows),
		cmocka_unit_test(a_role_that_only_reads),
		cmocka_unit_test(a_claim_of_a_time_to_come),
	};
	return cmocka_run_group_tests(tests, set_up, hosts_tear_down);
}
