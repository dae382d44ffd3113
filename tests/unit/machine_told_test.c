/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What machines that are not here told of themselves.
 */
#include "tests/unit/test.h"

#include "benchmark/machine.h"
#include "core/auto.h"
#include "core/file.h"

static char fixtures[512];
static const uint64_t gib = 1 << 30;

static enum status told(const char *name, struct machine *m, struct error *err)
{
	char path[600];
	AUTO_TEXT struct text text = text_make(MACHINE_TOLD_MAX);
	snprintf(path, sizeof path, "%s/%s", fixtures, name);
	assert_int_equal(file_read(AT_FDCWD, path, MACHINE_TOLD_MAX, &text, err), OK);
	return machine_told(text_slice(&text), m, err);
}

/* All files, NULL behind the last, and the end. */
static enum status all(const char *const *names, struct machine *m, struct text *notes, struct error *err)
{
	enum status status = OK;
	*m = (struct machine){0};
	*notes = text_make(4096);
	for (; *names && !status; names++)
		status = told(*names, m, err);
	return status ? status : machine_told_end(m, notes, err);
}

#define FILES(...) ((const char *const[]){__VA_ARGS__, NULL})

static void one_card(const char *const *names, const char *name, const char *vendor, uint64_t bytes, const char *note)
{
	AUTO_TEXT struct text notes = {0};
	struct machine m;
	struct error err = {0};
	if (all(names, &m, &notes, &err))
		print_error("%s\n", err.text), assert_true(false);
	const struct machine_gpu *g = machine_largest(&m);
	assert_non_null(g);
	assert_string_equal(g->name, name);
	assert_string_equal(g->vendor, vendor);
	assert_int_equal(g->total_bytes, bytes);
	assert_contains(text_string(&notes), note);
	assert_int_equal(notes.size > 0, *note != 0);
}

static void macs(void **state)
{
	(void)state;
	one_card(FILES("system_profiler-m2.json"), "Apple M2", "apple", 16 * gib / 3 * 2, "two thirds of the machine's memory");
	one_card(FILES("sysctl-m3.txt"), "Apple M3 Max", "apple", 48 * gib, "three quarters of the machine's memory");
	one_card(FILES("session-macos.json"), "Apple graphics of MacBookAir10,1", "apple", 8 * gib / 3 * 2, "two thirds");
	/* it was told what graphics may take: nothing is assumed */
	one_card(FILES("system_profiler-m2.json", "sysctl-limit.txt"), "Apple M2", "apple", 14 * gib, "");
	one_card(FILES("sysctl-limit.txt", "session-macos.json"), "Apple graphics of MacBookAir10,1", "apple", 8 * gib, "");
	one_card(FILES("system_profiler-intel.json"), "AMD Radeon Pro 5500M", "amd", 8 * gib, "2 cards with 9.5 GiB together");
}

static void one_mac_is_one(void **state)
{
	(void)state;
	AUTO_TEXT struct text notes = {0};
	struct machine m;
	struct error err = {0};
	assert_int_equal(all(FILES("system_profiler-m2.json", "sysctl-m3.txt"), &m, &notes, &err), OK);
	assert_int_equal(m.gpu_count, 1);
	assert_string_equal(m.gpus[0].name, "Apple M3 Max");
	assert_int_equal(m.memory_bytes, 64 * gib);
}

/* As its collector tells a limit that was set. */
static void a_limit_in_session_json(void **state)
{
	(void)state;
	AUTO_TEXT struct text notes = text_make(1024);
	struct machine m = {0};
	struct error err = {0};
	static const char text[] = "{\"host\":{\"memory_bytes\":17179869184,\"memory_unified\":true,\"graphics_limit_bytes\":15032385536}}";
	assert_int_equal(machine_told(slice_of_string(text), &m, &err), OK);
	assert_int_equal(machine_told_end(&m, &notes, &err), OK);
	assert_int_equal(machine_largest(&m)->total_bytes, 14 * gib);
	assert_int_equal(notes.size, 0);
}

static void windows(void **state)
{
	(void)state;
	static const char *const orders[][3] = {
		{"registry.json", NULL}, {"video-controller.json", "registry.json", NULL}, {"registry.json", "video-controller.json", NULL}};
	for (size_t i = 0; i < LENGTH(orders); i++)
		one_card(orders[i], "NVIDIA GeForce RTX 4060 Ti", "nvidia", 8585740288, "the largest alone decides");
	one_card(FILES("registry-utf16.json"), "AMD Radeon RX 7900 XTX", "amd", 25753026560, "");
	one_card(FILES("session-windows.json"), "NVIDIA GeForce RTX 3090", "nvidia", 25753026560,
		 "Microsoft Basic Display Adapter: how much memory it has is not told");
	/* what nvidia-smi.exe tells, and what is free of it */
	one_card(FILES("registry.json", "nvidia-smi.csv"), "NVIDIA GeForce RTX 3090", "nvidia", 24 * gib, "3 cards");
}

static void adapter_ram_ends_at_4_gib(void **state)
{
	(void)state;
	AUTO_TEXT struct text notes = {0};
	struct machine m;
	struct error err = {0};
	assert_int_equal(all(FILES("video-controller.json"), &m, &notes, &err), OK);
	assert_string_equal(machine_largest(&m)->name, "Intel(R) UHD Graphics 770");
	assert_contains(text_string(&notes), "NVIDIA GeForce RTX 4060 Ti: how much memory it has is not told");
	m = (struct machine){0};
	static const char alone[] = "{\"Name\":\"A card\",\"AdapterRAM\":4293918720}";
	assert_int_equal(machine_told(slice_of_string(alone), &m, &err), OK);
	assert_int_equal(machine_told_end(&m, &notes, &err), ERR_USAGE);
	assert_contains(err.text, "A card has is not told");
	assert_contains(err.text, "qwMemorySize");
	static const char negative[] = "{\"Name\":\"A card\",\"AdapterRAM\":-1048576}", small[] = "{\"Name\":\"A card\",\"AdapterRAM\":2147479552}";
	assert_int_equal(machine_told(slice_of_string(negative), &m, &err), OK);
	assert_int_equal(m.gpu_count, 1);
	assert_int_equal(m.gpus[0].total_bytes, 0);
	assert_int_equal(machine_told(slice_of_string(small), &m, &err), OK);
	assert_int_equal(m.gpus[0].total_bytes, 2147479552);
}

static void a_mac_whose_memory_is_not_told(void **state)
{
	(void)state;
	AUTO_TEXT struct text notes = text_make(1024);
	struct machine m = {0};
	struct error err = {0};
	assert_int_equal(machine_told(SLICE("{\"SPDisplaysDataType\":[{\"sppci_model\":\"Apple M1\"}]}"), &m, &err), OK);
	assert_int_equal(machine_told_end(&m, &notes, &err), ERR_USAGE);
	assert_contains(err.text, "sysctl hw.memsize");
	/* memory alone is a machine without graphics */
	m = (struct machine){0};
	assert_int_equal(machine_told(SLICE("hw.memsize: 17179869184\n"), &m, &err), OK);
	assert_int_equal(machine_told_end(&m, &notes, &err), OK);
	assert_null(machine_largest(&m));
	m = (struct machine){0};
	assert_int_equal(machine_told(SLICE("{\"SPDisplaysDataType\":[]}"), &m, &err), OK);
	assert_int_equal(machine_told_end(&m, &notes, &err), ERR_USAGE);
	assert_contains(err.text, "nothing is told");
}

static void what_is_something_else(void **state)
{
	(void)state;
	static const struct {
		const char *text, *wrong;
	} rows[] = {
		{"", "wanted session.json"}, {"hello\n", "wanted session.json"}, {"hw.memsize: x\n", "wanted session.json"},
		{"{}", "another kind"}, {"[]", "an empty list"}, {"[1]", "another kind"}, {"[{\"Name\":\"x\"}]", "another kind"},
		{"{\"host\":{}}", "the collectors of Windows and macOS do"}, {"{\"host\":7}", "another kind"}, {"{\"Name\":", ""},
		{"{\"host\":{\"memory_bytes\":1,\"memory_bytes\":2}}", "no object"},
	};
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct machine m = {.gpu_count = 1};
		struct error err = {0};
		assert_int_not_equal(machine_told(slice_of_string(rows[i].text), &m, &err), OK);
		assert_contains(err.text, rows[i].wrong);
		assert_int_equal(m.gpu_count, 1);
	}
}

static void in_any_coding(void **state)
{
	(void)state;
	static const unsigned char big[] = {0xfe, 0xff, 0, 'h', 0, 'w', 0, '.', 0, 'm', 0, 'e', 0, 'm', 0, 's', 0, 'i', 0, 'z', 0, 'e',
					    0, ':', 0, ' ', 0, '8', 0};
	struct machine m = {0};
	struct error err = {0};
	assert_int_equal(machine_told(slice_of(big, sizeof big), &m, &err), OK);
	assert_int_equal(m.memory_bytes, 8);
	assert_int_equal(machine_told(SLICE("\xef\xbb\xbf\r\n {\"host\":{\"memory_bytes\":9}}\r\n"), &m, &err), OK);
	assert_int_equal(m.memory_bytes, 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(macs),
		cmocka_unit_test(one_mac_is_one),
		cmocka_unit_test(a_limit_in_session_json),
		cmocka_unit_test(windows),
		cmocka_unit_test(adapter_ram_ends_at_4_gib),
		cmocka_unit_test(a_mac_whose_memory_is_not_told),
		cmocka_unit_test(what_is_something_else),
		cmocka_unit_test(in_any_coding),
	};
	const char *srcdir = getenv("SRCDIR");
	snprintf(fixtures, sizeof fixtures, "%s/fixtures/machine", srcdir ? srcdir : ".");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
