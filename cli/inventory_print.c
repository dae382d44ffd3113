/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/inventory_list.h"

#include "analysis/hardcoded.h"
#include "core/clock.h"
#include "core/idn.h"
#include "core/json.h"

#include <stdlib.h>
#include <string.h>

enum { HOST_SHOWN = 48, PATH_SHOWN = 60, ELSEWHERE_SHOWN = 20, NAME_ROOM = 1 << 11 };

static const char *how_name(const struct found_host *h)
{
	static const char *const names[] = {[SCAN_URL] = "url", [SCAN_NAME] = "name", [SCAN_ADDRESS] = "address"};
	return names[h->how];
}

/* What is written for people, or names a thing, or stays on this machine. */
static bool is_called(const struct inventory_row *r)
{
	return !r->host->documents && strcmp(r->vector, "reference") != 0 && strcmp(r->vector, "local") != 0;
}

static int by_rank(const void *a, const void *b)
{
	const struct inventory_row *const *left = a, *const *right = b;
	unsigned x = hardcoded_rank((*left)->vector), y = hardcoded_rank((*right)->vector);
	return x != y ? (x > y) - (x < y) : strcmp((*left)->host->name, (*right)->host->name);
}

static void add_cut(struct slice text, size_t width, size_t pad, struct text *ret)
{
	AUTO_TEXT struct text shown = text_make(8 * PATH_SHOWN);
	bool cut = text.size > width;
	/* the end of a long path, as of a long name, tells more than its beginning */
	text_add_printable(&shown, cut ? slice_part(text, text.size - width + 1, width) : text, width);
	if (cut)
		text_add_string(ret, "…");
	text_add(ret, text_slice(&shown));
	for (size_t i = shown.size + cut; i < pad; i++)
		text_add_char(ret, ' ');
}

static void add_place(const struct found_place *p, struct text *ret)
{
	AUTO_TEXT struct text path = text_make(1 << 14);
	if (!p)
		return;
	text_add_string(&path, p->file);
	if (*p->member)
		text_addf(&path, "!%s", p->member);
	add_cut(text_slice(&path), PATH_SHOWN, 0, ret);
}

static const char *seen_word(const struct inventory_row *r)
{
	return r->connections ? "connected" : r->lookups ? "looked up" : "never";
}

static void add_row(const struct inventory_list *l, const struct inventory_row *r, size_t width, struct text *ret)
{
	add_cut(slice_of_string(r->host->name), HOST_SHOWN, width, ret);
	text_addf(ret, "%c %-14s ", r->host->guessed ? '?' : ' ', r->vector);
	if (l->joined)
		text_addf(ret, "%-9s ", seen_word(r));
	text_addf(ret, "%7llu %6llu  ", (unsigned long long)r->host->count, (unsigned long long)r->host->files);
	add_place(r->host->first, ret);
	AUTO_TEXT struct text unicode = text_make(NAME_ROOM);
	if (idn_to_unicode(slice_of_string(r->host->name), &unicode))
		text_addf(ret, "  (%s)", text_string(&unicode));
	text_add_char(ret, '\n');
}

static void add_rows(const struct inventory_list *l, bool all, struct text *ret)
{
	size_t count = 0, width = 4, total = l->found->count;
	const struct inventory_row **rows = must_alloc(total + 1, sizeof *rows);
	for (size_t i = 0; i < total; i++)
		if (all || is_called(&l->rows[i])) {
			size_t size = strlen(l->rows[i].host->name);
			rows[count++] = &l->rows[i];
			size = size < HOST_SHOWN ? size : HOST_SHOWN;
			width = size > width ? size : width;
		}
	qsort(rows, count, sizeof *rows, by_rank);
	if (count)
		text_addf(ret, "%-*s  %-14s %s%7s %6s  %s\n", (int)width, "HOST", "VECTOR", l->joined ? "SEEN      " : "",
			  "TIMES", "FILES", "FIRST PLACE");
	for (size_t i = 0; i < count; i++)
		add_row(l, rows[i], width, ret);
	free(rows);
}

static void add_sums(const struct inventory_list *l, bool all, struct text *ret)
{
	size_t called = 0, documents = 0, reference = 0, local = 0, seen = 0;
	for (size_t i = 0; i < l->found->count; i++) {
		const struct inventory_row *r = &l->rows[i];
		bool is_ref = !strcmp(r->vector, "reference"), is_local = !strcmp(r->vector, "local");
		called += is_called(r);
		reference += is_ref;
		local += is_local;
		documents += r->host->documents && !is_ref && !is_local;
		seen += is_called(r) && (r->connections || r->lookups);
	}
	text_addf(ret, "%zu %s that it could call", called, text_plural(called, "host", "hosts"));
	if (l->joined)
		text_addf(ret, ", %zu of them seen, %zu never", seen, called - seen);
	text_addf(ret, "; %s%zu only in documents, %zu %s (namespaces, schemas, licences), %zu of this machine or a "
		       "private network\n", all ? "" : "not listed (--all): ", documents, reference,
		  text_plural(reference, "reference", "references"), local);
	text_addf(ret, "%llu %s, %llu %s of archives, %.1f MB searched\n", (unsigned long long)l->found->files,
		  text_plural(l->found->files, "file", "files"), (unsigned long long)l->found->members,
		  text_plural(l->found->members, "member", "members"), (double)l->found->bytes / 1e6);
}

static void add_notes(const struct inventory_list *l, struct text *ret)
{
	for (size_t i = 0; i < l->found->note_count; i++) {
		const struct found_note *n = &l->found->notes[i];
		text_addf(ret, "%llu × %s (first: ", (unsigned long long)n->count, n->reason);
		add_cut(slice_of_string(n->example), PATH_SHOWN, 0, ret);
		text_add_string(ret, ")\n");
	}
}

static void add_elsewhere(const struct inventory_list *l, struct text *ret)
{
	if (!l->joined || l->elsewhere_count == 0)
		return;
	text_addf(ret, "%zu %s seen that %s in none of these files:", l->elsewhere_count,
		  text_plural(l->elsewhere_count, "name was", "names were"), text_plural(l->elsewhere_count, "stands", "stand"));
	for (size_t i = 0; i < l->elsewhere_count && i < ELSEWHERE_SHOWN; i++) {
		text_add_char(ret, ' ');
		text_add_printable(ret, slice_of_string(l->elsewhere[i]), HOST_SHOWN);
	}
	text_add_string(ret, l->elsewhere_count > ELSEWHERE_SHOWN ? " …\n" : "\n");
}

void inventory_list_table(const struct inventory_list *l, bool all, struct text *ret)
{
	add_rows(l, all, ret);
	add_sums(l, all, ret);
	add_elsewhere(l, ret);
	add_notes(l, ret);
}

static void json_row(struct json *j, const struct inventory_list *l, const struct inventory_row *r)
{
	const struct found_host *h = r->host;
	AUTO_TEXT struct text unicode = text_make(NAME_ROOM);
	json_begin_object(j, NULL);
	json_add_string(j, "host", h->name);
	if (idn_to_unicode(slice_of_string(h->name), &unicode))
		json_add_string(j, "host_unicode", text_string(&unicode));
	json_add_string(j, "vector", r->vector);
	json_add_string(j, "how", how_name(h));
	json_add_bool(j, "guessed", h->guessed);
	json_add_bool(j, "documents_only", h->documents);
	json_add_string(j, "example", h->example);
	json_add_u64(j, "count", h->count);
	json_add_u64(j, "files", h->files);
	if (l->joined) {
		json_add_u64(j, "lookups_seen", r->lookups);
		json_add_u64(j, "connections_seen", r->connections);
		json_add_time(j, "first_seen_ns", r->first_ns);
		json_add_time(j, "last_seen_ns", r->last_ns);
	}
	json_add_u64(j, "place_count", h->places);
	json_begin_array(j, "places");
	for (const struct found_place *p = h->first; p; p = p->next) {
		json_begin_object(j, NULL);
		json_add_string(j, "file", p->file);
		json_add_string(j, "member", *p->member ? p->member : NULL);
		json_add_u64(j, "offset", p->offset);
		json_add_u64(j, "count", p->count);
		json_end_object(j);
	}
	json_end_array(j);
	json_end_object(j);
}

void inventory_list_json(const struct inventory_list *l, struct text *ret)
{
	struct json j = json_on(ret);
	json_begin_object(&j, NULL);
	json_add_u64(&j, "files", l->found->files);
	json_add_u64(&j, "members", l->found->members);
	json_add_u64(&j, "bytes", l->found->bytes);
	json_begin_array(&j, "hosts");
	for (size_t i = 0; i < l->found->count; i++)
		json_row(&j, l, &l->rows[i]);
	json_end_array(&j);
	json_begin_array(&j, "not_read");
	for (size_t i = 0; i < l->found->note_count; i++) {
		json_begin_object(&j, NULL);
		json_add_string(&j, "reason", l->found->notes[i].reason);
		json_add_u64(&j, "count", l->found->notes[i].count);
		json_add_string(&j, "first", l->found->notes[i].example);
		json_end_object(&j);
	}
	json_end_array(&j);
	if (l->joined) {
		json_begin_array(&j, "seen_elsewhere");
		for (size_t i = 0; i < l->elsewhere_count; i++)
			json_add_string(&j, NULL, l->elsewhere[i]);
		json_end_array(&j);
	}
	json_end_object(&j);
	text_add_char(ret, '\n');
}

/* RFC 4180, section 2. A field that a spreadsheet would take for a formula gets an
 * apostrophe in front: names of members are chosen by whoever made the archive. */
static void csv_field(struct text *ret, const char *value, char end)
{
	AUTO_TEXT struct text plain = text_make(1 << 16);
	text_add_printable(&plain, slice_of_string(value), 1 << 13);
	text_add_char(ret, '"');
	if (*value && strchr("=+-@", *value))
		text_add_char(ret, '\'');
	for (const char *c = text_string(&plain); *c; c++) {
		if (*c == '"')
			text_add_char(ret, '"');
		text_add_char(ret, *c);
	}
	text_add_char(ret, '"');
	text_add_char(ret, end);
}

static void csv_row(const struct inventory_list *l, const struct inventory_row *r, struct text *ret)
{
	const struct found_host *h = r->host;
	char first[CLOCK_TEXT_MAX] = "";
	AUTO_TEXT struct text unicode = text_make(NAME_ROOM);
	if (r->first_ns)
		clock_text(r->first_ns, 0, first);
	csv_field(ret, h->name, ',');
	csv_field(ret, r->vector, ',');
	csv_field(ret, how_name(h), ',');
	text_addf(ret, "%d,%d,%llu,%llu,", h->guessed, h->documents, (unsigned long long)h->count,
		  (unsigned long long)h->files);
	csv_field(ret, l->joined ? seen_word(r) : "", ',');
	csv_field(ret, first, ',');
	csv_field(ret, h->example, ',');
	csv_field(ret, h->first ? h->first->file : "", ',');
	csv_field(ret, h->first ? h->first->member : "", ',');
	text_addf(ret, "%llu,", (unsigned long long)(h->first ? h->first->offset : 0));
	(void)idn_to_unicode(slice_of_string(h->name), &unicode);
	csv_field(ret, text_string(&unicode), '\r');
	text_add_char(ret, '\n');
}

void inventory_list_csv(const struct inventory_list *l, struct text *ret)
{
	text_add_string(ret, "host,vector,how,guessed,documents_only,count,files,seen,first_seen,example,file,member,offset,host_unicode\r\n");
	for (size_t i = 0; i < l->found->count; i++)
		csv_row(l, &l->rows[i], ret);
}
