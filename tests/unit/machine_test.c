/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is found in folders that look like /sys and /proc of machines that are not here,
 * and by a library that the test compiles itself in the place of NVIDIA's.
 */
#include "tests/unit/test.h"

#include "benchmark/machine.h"
#include "benchmark/machine_source.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"

#include <math.h>
#include <poll.h>
#include <sys/wait.h>

static char fixtures[512];

static struct machine look(const char *sys, const char *proc, struct text *notes)
{
	char sysfs[600], procfs[600];
	struct machine m;
	snprintf(sysfs, sizeof sysfs, "%s/%s/sys", fixtures, sys);
	snprintf(procfs, sizeof procfs, "%s/%s/proc", fixtures, proc);
	*notes = text_make(4096);
	machine_look(sysfs, procfs, &m, notes);
	return m;
}

static void cards_of_amd(void **state)
{
	(void)state;
	AUTO_TEXT struct text notes = {0};
	struct machine m = look("amd", "amd", &notes);
	assert_int_equal(m.gpu_count, 2);
	assert_string_equal(m.gpus[0].name, "Radeon RX 7600 XT");
	assert_string_equal(m.gpus[0].vendor, "amd");
	assert_true(strstr(m.gpus[0].source, "/class/drm/card0") || strlen(m.gpus[0].source) == sizeof m.gpus[0].source - 1);
	assert_true(m.gpus[0].total_bytes == 17163091968 && m.gpus[0].free_known);
	assert_true(m.gpus[0].free_bytes == 17163091968 - 4294967296);
	assert_string_equal(m.gpus[1].name, "AMD 1002:1681");
	assert_true(m.gpus[1].total_bytes == 536870912 && !m.gpus[1].free_known); /* more in use than there is: not believed */
	assert_ptr_equal(machine_largest(&m), &m.gpus[0]);
	assert_contains(text_string(&notes), "2 cards with 16.5 GiB together; the largest alone decides: Radeon RX 7600 XT\n");
	assert_contains(text_string(&notes), "AMD 1002:1681: it may use 15900 MiB of the machine's memory beside its own");
	assert_null(strstr(text_string(&notes), "Radeon RX 7600 XT: it may use"));
	assert_contains(text_string(&notes), "Radeon RX 7600 XT: only 12.0 GiB of 16.0 GiB are free now\n");
	assert_true(m.memory_bytes == UINT64_C(32768000) << 10 && m.memory_free_bytes == UINT64_C(20480000) << 10);
	assert_int_equal(m.processors, 2);
	assert_string_equal(m.processor, "AMD Ryzen 7 7700 8-Core Processor");
}

static void cards_of_intel(void **state)
{
	(void)state;
	AUTO_TEXT struct text notes = {0};
	struct machine m = look("intel", "amd", &notes);
	assert_int_equal(m.gpu_count, 2); /* in the order of their numbers */
	assert_string_equal(m.gpus[0].name, "Intel 8086:e20b");
	assert_true(m.gpus[0].total_bytes == UINT64_C(12) << 30 && !m.gpus[0].free_known);
	assert_string_equal(m.gpus[1].name, "Intel 8086:56a0");
	assert_true(m.gpus[1].total_bytes == 17079205888 && m.gpus[1].free_known && m.gpus[1].free_bytes == 17000000000);
	assert_contains(text_string(&notes), "card0: Intel's integrated graphics, without memory of its own\n");
	assert_contains(text_string(&notes), "card10: Intel, but its driver does not say how much memory it has");
	assert_ptr_equal(machine_largest(&m), &m.gpus[1]);
}

static void a_machine_that_tells_nothing(void **state)
{
	(void)state;
	AUTO_TEXT struct text notes = {0};
	struct machine m = look("nouveau", "nothing", &notes);
	assert_int_equal(m.gpu_count, 0);
	assert_null(machine_largest(&m));
	assert_contains(text_string(&notes), "card0: NVIDIA, but no driver here says how much memory it has");
	assert_true(m.memory_bytes == 0 && m.processors == 0);
	text_free(&notes);
	m = look("nothing", "nothing", &notes);
	assert_int_equal(m.gpu_count, 0);
	assert_int_equal(notes.size, 0);
}

static bool smi(const char *name, struct machine *ret)
{
	char path[600];
	struct error err = {0};
	AUTO_TEXT struct text printed = text_make(4096);
	snprintf(path, sizeof path, "%s/%s", fixtures, name);
	assert_int_equal(file_read(AT_FDCWD, path, 4096, &printed, &err), OK);
	*ret = (struct machine){0};
	return machine_nvidia_smi(text_slice(&printed), ret);
}

static void what_nvidia_smi_prints(void **state)
{
	(void)state;
	static const char *const others[] = {
		"", "\n\n", "No devices were found\n", "0, X, 8188\n", "0, X, 8188, \n", "0, X, -1, 2\n", "x, X, 1, 1\n", "0, X, 8188 MiB, 1 MiB\n",
		"0, X, 8188, 1\nFailed\n", "0, X, 99999999999999999999, 1\n", "index, name, memory.total [MiB], memory.free [MiB]\n",
	};
	struct machine m;
	assert_true(smi("nvidia-smi.csv", &m));
	assert_int_equal(m.gpu_count, 2);
	assert_string_equal(m.gpus[0].name, "NVIDIA GeForce RTX 4060 Ti");
	assert_true(m.gpus[0].total_bytes == UINT64_C(8188) << 20 && m.gpus[0].free_bytes == UINT64_C(7421) << 20);
	assert_true(m.gpus[0].free_known && !m.gpus[0].unified && !m.gpus[1].free_known);
	assert_true(smi("nvidia-smi-unified.csv", &m));
	assert_true(m.gpu_count == 1 && m.gpus[0].unified && m.gpus[0].total_bytes == 0);
	assert_false(smi("nvidia-smi-failed.txt", &m));
	for (size_t i = 0; i < LENGTH(others); i++) {
		m = (struct machine){.gpu_count = 1};
		assert_false(machine_nvidia_smi(slice_of_string(others[i]), &m));
		assert_int_equal(m.gpu_count, 1);
	}
	m = (struct machine){.gpu_count = MACHINE_GPUS_MAX - 1};
	assert_true(machine_nvidia_smi(SLICE("0, X, 1, 1\r\n1, Y, 1, 1\r\n"), &m));
	assert_int_equal(m.gpu_count, MACHINE_GPUS_MAX);
}

/* Compiles `source` into a shared library of the scratch folder. */
static void compile(const struct scratch *s, struct slice source, char ret[static 128])
{
	char from[128];
	int status = -1;
	scratch_put(s, "fake.c", source);
	snprintf(from, sizeof from, "%s/fake.c", s->path);
	snprintf(ret, 128, "%s/fake.so", s->path);
	pid_t pid = fork();
	if (pid == 0) {
		execlp("cc", "cc", "-shared", "-fPIC", "-w", "-o", ret, from, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void put_number(const char *path, unsigned long long number)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file, "%llu\n", number);
	fclose(file);
}

static const char fake_nvml[] =
	"struct memory { unsigned long long total, left, used; };\n"
	"static int begun; static char cards[3];\n"
	"int nvmlInit_v2(void) { begun++; return BEGINS; }\n"
	"int nvmlShutdown(void) { begun--; return 0; }\n"
	"int nvmlDeviceGetCount_v2(unsigned *n) { *n = 4; return begun == 1 ? 0 : 1; }\n"
	"int nvmlDeviceGetHandleByIndex_v2(unsigned i, void **d) { *d = &cards[i]; return i < 3 ? 0 : 6; }\n"
	"int nvmlDeviceGetName(void *d, char *name, unsigned size) { name[0] = 'A' + ((char *)d - cards); name[1] = '\\n'; name[2] = 0; return d == &cards[2]; }\n"
	"int nvmlDeviceGetMemoryInfo(void *d, struct memory *m) { if (d == &cards[1]) return 3; if (d == &cards[2]) return 999;\n"
	"	m->total = 24ull << 30; m->left = 23ull << 30; m->used = 1ull << 30; return 0; }\n"
	"static unsigned long long spent = 5000;\n"
	"int nvmlDeviceGetTotalEnergyConsumption(void *d, unsigned long long *mj) { *mj = spent += 1000; return d == &cards[1] ? 3 : COUNTS; }\n"
	"int nvmlDeviceGetPowerUsage(void *d, unsigned *mw) { *mw = 50000; return 0; }\n";

static void nvidias_library(void **state)
{
	const struct scratch *s = *state;
	char library[128], why[256] = "";
	double joules = 0;
	struct machine m = {0};
	AUTO_TEXT struct text notes = text_make(1024), source = text_make(8192);
	text_add_string(&source, "#define BEGINS 0\n#define COUNTS 0\n");
	text_add_string(&source, fake_nvml);
	compile(s, text_slice(&source), library);
	struct machine_nvml *n = machine_nvml_open(library, why);
	assert_non_null(n);
	machine_nvml_look(n, &m, &notes);
	assert_int_equal(m.gpu_count, 3);
	assert_string_equal(m.gpus[0].name, "A\\x0a");
	assert_string_equal(m.gpus[0].source, "NVML");
	assert_true(m.gpus[0].total_bytes == UINT64_C(24) << 30 && m.gpus[0].free_bytes == UINT64_C(23) << 30 && m.gpus[0].free_known);
	assert_true(m.gpus[1].unified && m.gpus[1].total_bytes == 0);
	assert_string_equal(m.gpus[2].name, "NVIDIA");
	assert_true(!m.gpus[2].unified && m.gpus[2].total_bytes == 0);
	assert_string_equal(text_string(&notes), "NVML does not give card 3\n");
	assert_true(machine_nvml_joules(n, &joules));
	assert_true(fabs(joules - 14) < 1e-9); /* 6 and 8 of the two that tell */
	machine_nvml_close(n);
}

/* 50 W each, which are added up where no energy is counted. */
static void cards_that_tell_only_their_power(void **state)
{
	const struct scratch *s = *state;
	static const char *const folders[] = {"driver", "driver/nvidia"};
	static const char *const counting[] = {"0", "3"};
	char library[128], why[256], at[256];
	double joules = 0;
	uint64_t milliwatts = 0;
	for (size_t i = 0; i < LENGTH(folders); i++)
		assert_int_equal(mkdirat(s->fd, folders[i], 0700), 0);
	snprintf(at, sizeof at, "%s/driver/nvidia/version", s->path);
	put_number(at, 1);
	for (size_t i = 0; i < LENGTH(counting); i++) {
		AUTO_TEXT struct text source = text_make(8192);
		text_addf(&source, "#define BEGINS 0\n#define COUNTS %s\n%s", counting[i], fake_nvml);
		compile(s, text_slice(&source), library);
		struct machine_nvml *n = machine_nvml_open(library, why);
		assert_true(machine_nvml_milliwatts(n, &milliwatts));
		assert_int_equal(milliwatts, i ? 150000 : 50000);
		machine_nvml_close(n);
	}
	struct machine_meter *m = machine_meter_open("/nowhere", s->path, library);
	int64_t begun = clock_mono();
	assert_string_equal(machine_meter_source(m), "NVML power");
	poll(NULL, 0, 500);
	assert_true(machine_meter_read(m, &joules));
	double wanted = 150 * (double)(clock_mono() - begun) / 1e9;
	assert_true(joules > wanted * 0.9 && joules < wanted * 1.1);
	machine_meter_close(m);
}

static void libraries_that_are_none(void **state)
{
	const struct scratch *s = *state;
	char library[128], why[256] = "";
	AUTO_TEXT struct text source = text_make(8192);
	assert_null(machine_nvml_open("/nowhere/libnvidia-ml.so.1", why));
	assert_contains(why, "is not here");
	text_add_string(&source, "#define BEGINS 9\n#define COUNTS 0\n");
	text_add_string(&source, fake_nvml);
	compile(s, text_slice(&source), library);
	assert_null(machine_nvml_open(library, why));
	assert_contains(why, "does not begin: error 9");
	machine_nvml_close(NULL);
}

static void a_library_that_lacks_something(void **state)
{
	const struct scratch *s = *state;
	char library[128], why[256] = "";
	compile(s, SLICE("int nvmlInit_v2(void) { return 0; }\n"), library);
	assert_null(machine_nvml_open(library, why));
	assert_contains(why, "lacks what is wanted of it");
}

static void energy_of_packages(void **state)
{
	const struct scratch *s = *state;
	char at[256], path[300];
	double joules = -1;
	snprintf(at, sizeof at, "%s/class", s->path);
	assert_int_equal(mkdir(at, 0700), 0);
	snprintf(at, sizeof at, "%s/class/powercap", s->path);
	assert_int_equal(mkdir(at, 0700), 0);
	for (int i = 0; i < 2; i++) {
		snprintf(at, sizeof at, "%s/class/powercap/intel-rapl:%d", s->path, i);
		assert_int_equal(mkdir(at, 0700), 0);
		snprintf(path, sizeof path, "%s/name", at);
		FILE *file = fopen(path, "w");
		fputs(i ? "psys\n" : "package-0\n", file);
		fclose(file);
		snprintf(path, sizeof path, "%s/max_energy_range_uj", at);
		put_number(path, 1000000000);
		snprintf(path, sizeof path, "%s/energy_uj", at);
		put_number(path, 999000000);
	}
	struct machine_meter *m = machine_meter_open(s->path, s->path, "/nowhere");
	assert_string_equal(machine_meter_source(m), "intel-rapl package");
	snprintf(path, sizeof path, "%s/class/powercap/intel-rapl:0/energy_uj", s->path);
	assert_true(machine_meter_read(m, &joules) && fabs(joules) < 1e-9);
	put_number(path, 999500000);
	assert_true(machine_meter_read(m, &joules) && fabs(joules - 0.5) < 1e-9);
	put_number(path, 2500000); /* it began anew */
	assert_true(machine_meter_read(m, &joules) && fabs(joules - 3.5) < 1e-9);
	assert_int_equal(unlink(path), 0);
	assert_false(machine_meter_read(m, &joules));
	put_number(path, 3000000); /* what came meanwhile is not known */
	assert_false(machine_meter_read(m, &joules));
	machine_meter_close(m);
}

static void energy_of_cards(void **state)
{
	(void)state;
	char sysfs[600];
	double joules = -1;
	snprintf(sysfs, sizeof sysfs, "%s/intel/sys", fixtures);
	struct machine_meter *m = machine_meter_open(sysfs, "/nowhere", "/nowhere");
	assert_string_equal(machine_meter_source(m), "hwmon energy");
	assert_true(machine_meter_read(m, &joules) && fabs(joules) < 1e-9);
	machine_meter_close(m);
	snprintf(sysfs, sizeof sysfs, "%s/amd/sys", fixtures);
	m = machine_meter_open(sysfs, "/nowhere", "/nowhere"); /* 40 W, added up */
	int64_t begun = clock_mono();
	assert_string_equal(machine_meter_source(m), "hwmon power");
	poll(NULL, 0, 500);
	assert_true(machine_meter_read(m, &joules));
	double wanted = 40 * (double)(clock_mono() - begun) / 1e9;
	assert_true(joules > wanted * 0.9 && joules < wanted * 1.1);
	machine_meter_close(m);
	snprintf(sysfs, sizeof sysfs, "%s/nouveau/sys", fixtures);
	m = machine_meter_open(sysfs, "/nowhere", "/nowhere");
	assert_string_equal(machine_meter_source(m), "");
	assert_false(machine_meter_read(m, &joules));
	machine_meter_close(m);
}

static void of_the_packages_in_fixtures(void **state)
{
	(void)state;
	char sysfs[600];
	double joules;
	snprintf(sysfs, sizeof sysfs, "%s/rapl/sys", fixtures);
	struct machine_meter *m = machine_meter_open(sysfs, "/nowhere", "/nowhere");
	assert_string_equal(machine_meter_source(m), "intel-rapl package");
	assert_true(machine_meter_read(m, &joules) && fabs(joules) < 1e-9);
	machine_meter_close(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cards_of_amd),
		cmocka_unit_test(cards_of_intel),
		cmocka_unit_test(a_machine_that_tells_nothing),
		cmocka_unit_test(what_nvidia_smi_prints),
		scratch_test(nvidias_library),
		scratch_test(cards_that_tell_only_their_power),
		scratch_test(libraries_that_are_none),
		scratch_test(a_library_that_lacks_something),
		scratch_test(energy_of_packages),
		cmocka_unit_test(energy_of_cards),
		cmocka_unit_test(of_the_packages_in_fixtures),
	};
	const char *srcdir = getenv("SRCDIR");
	snprintf(fixtures, sizeof fixtures, "%s/fixtures/machine", srcdir ? srcdir : ".");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
