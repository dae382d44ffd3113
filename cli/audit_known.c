/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_known.h"

#include "core/intern.h"
#include "core/json.h"

#include <stdlib.h>
#include <string.h>

enum { INTERN_MAX = 64 << 20, TEXT_MAX = 4096, LINE_MAX_BYTES = 16 << 10 };

struct row {
	uint32_t kind, name, value; /* in the table of texts */
	int64_t first_ns, last_ns;
};

struct audit_known {
	struct intern *texts;
	struct row *rows; /* owned */
	size_t count, room;
};

struct audit_known *audit_known_new(void)
{
	struct audit_known *k = must_alloc(1, sizeof *k);
	k->texts = intern_new(INTERN_MAX);
	return k;
}

void audit_known_free(struct audit_known *k)
{
	if (!k)
		return;
	intern_free(k->texts);
	free(k->rows);
	free(k);
}

static void add_row(struct audit_known *k, struct row row)
{
	if (k->count == KNOWN_ROWS_MAX)
		return; /* what is not kept is called new again, never known */
	if (k->count == k->room) {
		k->room = k->room ? 2 * k->room : 256;
		k->rows = must_realloc(k->rows, k->room, sizeof *k->rows);
	}
	k->rows[k->count++] = row;
}

static void add_texts(struct audit_known *k, struct slice kind, struct slice name, struct slice value, int64_t first_ns, int64_t last_ns)
{
	struct row row = {intern_add(k->texts, kind), intern_add(k->texts, name), intern_add(k->texts, value), first_ns, last_ns};
	if (row.kind != INTERN_NONE && row.name != INTERN_NONE && row.value != INTERN_NONE)
		add_row(k, row);
}

static bool read_line(struct audit_known *k, struct slice line)
{
	struct json_member m[] = {{.key = "known"}, {.key = "name"}, {.key = "value"}, {.key = "first_ns"}, {.key = "last_ns"}};
	char buffers[3][TEXT_MAX];
	struct slice texts[3];
	int64_t first, last;
	if (line.size > LINE_MAX_BYTES || json_read_object(line, m, LENGTH(m), NULL))
		return false;
	for (size_t i = 0; i < LENGTH(texts); i++)
		if (!json_string(&m[i].value, buffers[i], TEXT_MAX, &texts[i]) || texts[i].size > TEXT_MAX)
			return false;
	if (!json_i64(&m[3].value, &first) || !json_i64(&m[4].value, &last) || first <= 0 || last < first)
		return false;
	add_texts(k, texts[0], texts[1], texts[2], first, last);
	return true;
}

const char *audit_known_parse(struct audit_known *k, struct slice text)
{
	struct cursor c = cursor_over(text);
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		if (k->count == KNOWN_ROWS_MAX)
			return "it holds more lines than are kept";
		if (!read_line(k, line))
			return "a line of it cannot be read";
	}
	return NULL;
}

enum status audit_known_load(struct audit_known *k, int folder, const char *sha256, const char **ret_why, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	char told[HASH_TEXT_MAX];
	AUTO_TEXT struct text text = text_make(KNOWN_BYTES_MAX);
	*ret_why = NULL;
	enum status status = file_read(folder, KNOWN_FILE, KNOWN_BYTES_MAX, &text, err);
	if (status == ERR_NO_INPUT) {
		*ret_why = KNOWN_FILE " is not there any more";
		return OK;
	}
	if (status)
		return status;
	hash_bytes(text_slice(&text), digest);
	hash_text(digest, told);
	if (strcmp(told, sha256) != 0)
		*ret_why = KNOWN_FILE " is not what the last audit left";
	else
		*ret_why = audit_known_parse(k, text_slice(&text));
	if (*ret_why)
		k->count = 0;
	return OK;
}

void audit_known_add(struct audit_known *k, struct slice kind, struct slice name, struct slice value, int64_t ended_ns)
{
	add_texts(k, kind, slice_part(name, 0, TEXT_MAX - 1), slice_part(value, 0, TEXT_MAX - 1), ended_ns, ended_ns);
}

enum status audit_known_add_store(struct audit_known *k, struct store *store, int64_t ended_ns, struct error *err)
{
	bool row = true;
	sqlite3_stmt *q = store_query(store, QUERY_AUDIT_FACTS);
	enum status status = OK;
	while (!status && !(status = store_step(q, &row, err)) && row)
		audit_known_add(k, store_slice(q, 0), store_slice(q, 1), store_slice(q, 2), ended_ns);
	sqlite3_reset(q);
	return status;
}

static int compare_texts(const struct audit_known *k, uint32_t a, uint32_t b)
{
	return a == b ? 0 : strcmp(intern_text(k->texts, a), intern_text(k->texts, b));
}

static int by_texts(const void *a, const void *b, void *context)
{
	const struct audit_known *k = context;
	const struct row *x = a, *y = b;
	int order = compare_texts(k, x->kind, y->kind);
	if (!order)
		order = compare_texts(k, x->name, y->name);
	return order ? order : compare_texts(k, x->value, y->value);
}

/* The same thing, found by several audits, is one row. */
static void merge(struct audit_known *k)
{
	size_t to = 0;
	if (k->count == 0)
		return;
	qsort_r(k->rows, k->count, sizeof *k->rows, by_texts, k);
	for (size_t i = 1; i < k->count; i++) {
		struct row *last = &k->rows[to], *row = &k->rows[i];
		if (by_texts(last, row, k) != 0) {
			k->rows[++to] = *row;
			continue;
		}
		last->first_ns = row->first_ns < last->first_ns ? row->first_ns : last->first_ns;
		last->last_ns = row->last_ns > last->last_ns ? row->last_ns : last->last_ns;
	}
	k->count = to + 1;
}

/* The later ones of all ends that stand in it, at most `audits`; how many. */
static size_t last_ends(const struct audit_known *k, unsigned audits, int64_t ends[static KNOWN_ENDS_MAX])
{
	size_t count = 0;
	for (size_t i = 0; i < k->count; i++) {
		int64_t end = k->rows[i].last_ns;
		size_t at = 0;
		while (at < count && ends[at] > end)
			at++;
		if (at == audits || (at < count && ends[at] == end))
			continue;
		size_t moved = (count < audits ? count : audits - 1) - at;
		memmove(&ends[at + 1], &ends[at], moved * sizeof *ends);
		ends[at] = end;
		count += count < audits;
	}
	return count;
}

void audit_known_forget(struct audit_known *k, unsigned audits)
{
	int64_t ends[KNOWN_ENDS_MAX];
	size_t to = 0;
	if (audits == 0 || audits > KNOWN_ENDS_MAX)
		return;
	merge(k);
	size_t count = last_ends(k, audits, ends);
	for (size_t i = 0; i < k->count; i++)
		if (count < audits || k->rows[i].last_ns >= ends[count - 1])
			k->rows[to++] = k->rows[i];
	k->count = to;
}

void audit_known_write(struct audit_known *k, struct text *ret)
{
	merge(k);
	for (size_t i = 0; i < k->count; i++) {
		const struct row *r = &k->rows[i];
		struct json j = json_on(ret);
		json_begin_object(&j, NULL);
		json_add_string(&j, "known", intern_text(k->texts, r->kind));
		json_add_string(&j, "name", intern_text(k->texts, r->name));
		json_add_string(&j, "value", intern_text(k->texts, r->value));
		json_add_i64(&j, "first_ns", r->first_ns);
		json_add_i64(&j, "last_ns", r->last_ns);
		json_end_object(&j);
		text_add_char(ret, '\n');
	}
}

enum status audit_known_save(struct audit_known *k, int folder, char ret_sha256[static HASH_TEXT_MAX], struct error *err)
{
	unsigned char digest[HASH_SIZE];
	AUTO_TEXT struct text text = text_make(KNOWN_BYTES_MAX);
	audit_known_write(k, &text);
	if (text.overflow)
		return fail(err, ERR_LIMIT, KNOWN_FILE " would be longer than %d bytes", KNOWN_BYTES_MAX);
	hash_bytes(text_slice(&text), digest);
	hash_text(digest, ret_sha256);
	return file_write(folder, KNOWN_FILE, text_slice(&text), err);
}
