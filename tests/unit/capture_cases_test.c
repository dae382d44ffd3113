/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Real captures against what tshark saw in them: CASES names the folder with
 * CATEGORY/pcap/FILE and CATEGORY/tshark/FILE.json. Without it nothing is tested.
 *
 * Not all can agree: what is not read is counted, and said with its reason.
 */
#include "tests/unit/capture_build.h"

#include "core/arena.h"
#include "core/file.h"
#include "core/json.h"

#include <time.h>

enum { CAPTURE_MAX = 64 << 20, ANSWERS_MAX = 16 << 20, SECONDS_MAX = 20 };

struct tally {
	const char *what;
	unsigned least; /* of a hundred */
	unsigned found, missing;
};

enum { CONVERSATIONS, LOOKUPS, SNI, HOSTS, TALLIES };

struct cases {
	int fd;
	struct arena *arena;
	struct file_entry *entries;
	size_t count;
	struct tally tallies[TALLIES];
};

static const struct reader *reader_for(struct slice bytes)
{
	return reader_pcapng.sniff(bytes) ? &reader_pcapng
	       : reader_pcap.sniff(bytes) ? &reader_pcap
					  : NULL;
}

static bool has_row(struct store *store, const char *sql, const char *const values[], int count)
{
	sqlite3_stmt *q = NULL;
	assert_int_equal(sqlite3_prepare_v2(handle_of(store), sql, -1, &q, NULL), SQLITE_OK);
	for (int i = 0; i < count; i++)
		assert_int_equal(sqlite3_bind_text(q, i + 1, values[i], -1, SQLITE_STATIC),
				 SQLITE_OK);
	bool found = sqlite3_step(q) == SQLITE_ROW;
	sqlite3_finalize(q);
	return found;
}

static void count(struct tally *t, const char *file, const char *name, bool found)
{
	if (found) {
		t->found++;
		return;
	}
	t->missing++;
	print_message("%s: %s %s is not there\n", file, t->what, name);
}

static void text_of(const struct json_value *v, char *ret, size_t capacity)
{
	char buffer[4096];
	struct slice plain;
	ret[0] = 0;
	if (json_string(v, buffer, sizeof buffer, &plain))
		(void)slice_to_string(plain, ret, capacity);
}

/* The `at`-th of the addresses that a tunnel has, as we write it. */
static bool usual(const char *addresses, unsigned at, char ret[static ADDRESS_TEXT_MAX])
{
	struct address a;
	while (at-- > 0) {
		addresses += strcspn(addresses, "|+");
		addresses += *addresses != 0;
	}
	size_t size = strcspn(addresses, "|+");
	bool good = address_parse(slice_of(addresses, size), &a);
	if (good)
		address_text(&a, ret);
	return good;
}

static void check_conversation(struct cases *k, struct store *store, const char *file,
			       const struct json_value *v)
{
	struct json_member m[] = {
		{.key = "proto"}, {.key = "a"}, {.key = "a_port"}, {.key = "b"}, {.key = "b_port"}};
	char text[5][256];
	const char *values[5];
	assert_null(json_read_object(v->raw, m, LENGTH(m), NULL));
	for (size_t i = 0; i < LENGTH(m); i++) {
		text_of(&m[i].value, text[i], sizeof text[i]);
		values[i] = text[i];
	}
	bool found = false;
	char ends[2][ADDRESS_TEXT_MAX];
	values[1] = ends[0];
	values[3] = ends[1];
	for (unsigned at = 0; !found && usual(text[1], at, ends[0]) && usual(text[3], at, ends[1]); at++)
		found = has_row(
			store,
			"SELECT 1 FROM flow WHERE proto = ?1 AND ((src = ?2 AND sport = +?3 AND dst "
			"= ?4 AND dport = +?5) "
			"OR (src = ?4 AND sport = +?5 AND dst = ?2 AND dport = +?3))",
			values, 5);
	count(&k->tallies[CONVERSATIONS], file, text[1], found);
}

/* Lists: the element at `at` is the name. */
static void check_names(struct tally *t, struct store *store, const char *file,
			const struct json_value *list, int at, const char *sql)
{
	struct cursor elements = json_array(list);
	struct json_value one, part;
	while (json_next(&elements, &one)) {
		struct cursor parts = json_array(&one);
		char name[1024] = "", kind[16] = "";
		for (int i = 0; json_next(&parts, &part); i++)
			text_of(&part, i == at ? name : kind, i == at ? sizeof name : sizeof kind);
		if (!strcmp(kind, "quic") || !name[0])
			continue;
		/* a port, and further names of the same message */
		name[strcspn(name, t->what[0] == 'h' ? ":" : "|")] = 0;
		if (!strcmp(name, "<Root>"))
			strcpy(name, ".");
		const char *values[] = {name};
		count(t, file, name, has_row(store, sql, values, 1));
	}
}

static void compare(struct cases *k, const char *file, struct slice capture, struct slice answers)
{
	enum { CONVERSATION_LIST, DNS_LIST, SNI_LIST, HOST_LIST };
	struct json_member m[] = {
		{.key = "conversations"}, {.key = "dns"}, {.key = "sni"}, {.key = "http_hosts"}};
	struct store *store = store_in_memory();
	struct json_value one;
	(void)read_into(store, reader_for(capture), capture);
	assert_null(json_read_object(answers, m, LENGTH(m), NULL));
	struct cursor elements = json_array(&m[CONVERSATION_LIST].value);
	while (json_next(&elements, &one))
		check_conversation(k, store, file, &one);
	check_names(&k->tallies[LOOKUPS], store, file, &m[DNS_LIST].value, 2,
		    "SELECT 1 FROM dns WHERE qname = ?1 COLLATE NOCASE");
	check_names(&k->tallies[SNI], store, file, &m[SNI_LIST].value, 1,
		    "SELECT 1 FROM name WHERE how = 'sni' AND name = ?1");
	check_names(&k->tallies[HOSTS], store, file, &m[HOST_LIST].value, 1,
		    "SELECT 1 FROM name WHERE how LIKE 'http%' AND name = ?1");
	store_abandon(&store);
}

static bool load(struct cases *k, const char *path, size_t max, struct text *ret)
{
	struct error err = {0};
	*ret = text_make(max);
	return file_read(k->fd, path, max, ret, &err) == OK;
}

/* Every capture is read to its end; those with answers are compared. */
static void real_captures(void **state)
{
	struct cases *k = *state;
	if (!k->entries)
		skip();
	for (size_t i = 0; i < k->count; i++) {
		const char *path = k->entries[i].path, *folder = strstr(path, "/pcap/");
		char beside[FILE_PATH_MAX];
		struct text capture, answers;
		if (!folder)
			continue;
		snprintf(beside, sizeof beside, "%.*s/tshark/%s.json", (int)(folder - path), path,
			 folder + 6);
		assert_true(load(k, path, CAPTURE_MAX, &capture));
		time_t begun = time(NULL);
		if (!reader_for(text_slice(&capture))) {
			print_message("%s: no capture file\n", path);
		} else if (load(k, beside, ANSWERS_MAX, &answers) &&
			   strncmp(path, "malformed/", 10)) {
			compare(k, path, text_slice(&capture), text_slice(&answers));
			text_free(&answers);
		} else {
			struct store *store = store_in_memory();
			(void)read_into(store, reader_for(text_slice(&capture)),
					text_slice(&capture));
			store_abandon(&store);
			text_free(&answers);
		}
		assert_true(time(NULL) - begun <= SECONDS_MAX);
		text_free(&capture);
	}
	for (size_t i = 0; i < TALLIES; i++) {
		const struct tally *t = &k->tallies[i];
		print_message("%s: %u found, %u missing\n", t->what, t->found, t->missing);
		assert_true(t->found * 100 >= t->least * (t->found + t->missing));
	}
}

int main(void)
{
	const char *folder = getenv("CASES");
	struct error err = {0};
	struct cases k = {
		.fd = -1,
		.arena = arena_new(64 << 20),
		.tallies = {{"conversation", 85, 0, 0},
			    {"lookup", 90, 0, 0},
			    {"sni", 95, 0, 0},
			    {"host", 85, 0, 0}},
	};
	if (folder && (file_open_folder(AT_FDCWD, folder, &k.fd, &err) ||
		       file_list(k.fd, k.arena, &k.entries, &k.count, &err))) {
		fprintf(stderr, "%s: %s\n", folder, err.text);
		return 1;
	}
	const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(real_captures, &k)};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(k.arena);
	if (k.fd >= 0)
		close(k.fd);
	return failed;
}
