/* SPDX-License-Identifier: Apache-2.0 */
/* Each log and table that the fuzz targets begin from is recognised by its own reader, and
 * by that one alone: no other is as sure. */
#include "tests/unit/test.h"

#include "core/clock.h"
#include "core/file.h"
#include "ingest/described.h"
#include "ingest/descriptions.h"
#include "ingest/reader.h"

#include <stdlib.h>

static struct descriptions *all;
static struct start *start;

struct sure {
	const char *name;
	unsigned sure;
};

static void keep(struct sure best[static 2], const char *name, unsigned sure)
{
	if (sure > best[0].sure) {
		best[1] = best[0];
		best[0] = (struct sure){name, sure};
	} else if (sure > best[1].sure) {
		best[1] = (struct sure){name, sure};
	}
}

static void assert_recognised(const char *path, const char *reader)
{
	struct sure best[2] = {{"", 0}, {"", 0}};
	struct error err = {0};
	AUTO_TEXT struct text whole = text_make(1 << 20);
	char full[FILE_PATH_MAX];
	const char *srcdir = getenv("SRCDIR");
	snprintf(full, sizeof full, "%s/tests/fuzz/corpus/%s", srcdir ? srcdir : ".", path);
	assert_int_equal(file_read(AT_FDCWD, full, 1 << 19, &whole, &err), OK);
	struct slice first = slice_part(text_slice(&whole), 0, INPUT_SNIFF);
	for (size_t i = 0; readers[i]; i++)
		keep(best, readers[i]->name, readers[i]->sniff(first));
	for (size_t i = 0; i < descriptions_count(all); i++)
		keep(best, descriptions_at(all, i)->name, described_sniff(descriptions_at(all, i), start, first));
	bool good = !strcmp(best[0].name, reader) && best[0].sure >= 50 && best[1].sure < best[0].sure;
	if (!good)
		print_error("%s: %s %u, %s %u\n", path, best[0].name, best[0].sure, best[1].name, best[1].sure);
	assert_true(good);
}

/* One file for each description, called as it is. */
static void described_logs(void **state)
{
	(void)state;
	for (size_t i = 0; i < descriptions_count(all); i++) {
		char path[128];
		snprintf(path, sizeof path, "described/%s", descriptions_at(all, i)->name);
		assert_recognised(path, descriptions_at(all, i)->name);
	}
}

static void tables_and_plain_logs(void **state)
{
	(void)state;
	static const struct {
		const char *path, *reader;
	} files[] = {
		{"app_plain/good", "app-plain"},
		{"app_plain/utf16", "app-plain"},
		{"app_jsonl/good", "app-jsonl"},
		{"app_jsonl/utf16", "app-jsonl"},
		{"benchmark/begin", "benchmark"},
		{"described/utf16", "netfilter"},
		{"past/two", "past"},
		{"sockets_lsof/columns", "lsof"},
		{"sockets_lsof_fields/both", "lsof-fields"},
		{"sockets_netstat/bsd", "netstat"},
		{"sockets_netstat/linux", "netstat"},
		{"sockets_nettop/one", "nettop"},
		{"sockets_nettop/plain", "nettop"},
		{"sockets_osquery/one", "osquery-sockets"},
		{"sockets_osquery/pretty", "osquery-sockets"},
		{"sockets_proc/both", "proc-net"},
		{"sockets_ss/netid", "ss"},
		{"sockets_ss/plain", "ss"},
		{"sockets_ss/utf16", "ss"},
		{"sockets_windows/german", "netstat-windows"},
		{"sockets_windows/utf16", "netstat-windows"},
	};
	for (size_t i = 0; i < LENGTH(files); i++)
		assert_recognised(files[i].path, files[i].reader);
}

static int begin(void **state)
{
	(void)state;
	all = descriptions_new();
	start = must_alloc(1, sizeof *start);
	memset(start, 0, sizeof *start);
	zone_unknown(&start->zone);
	start->reference_ns = INT64_C(1795435385) * CLOCK_SECOND;
	return 0;
}

static int end(void **state)
{
	(void)state;
	descriptions_free(all);
	free(start);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(described_logs),
		cmocka_unit_test(tables_and_plain_logs),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
