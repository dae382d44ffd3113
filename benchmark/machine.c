/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/machine.h"

#include "benchmark/machine_source.h"
#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>

enum { NUMBER_MAX = 4096 };

bool machine_file(const char *folder, const char *name, struct text *ret)
{
	char path[MACHINE_PATH_MAX];
	*ret = text_make(MACHINE_FILE_MAX);
	if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path ||
	    file_read(AT_FDCWD, path, MACHINE_FILE_MAX, ret, NULL))
		return false;
	if (slice_ends(text_slice(ret), "\n"))
		ret->at[--ret->size] = 0;
	return true;
}

bool machine_file_u64(const char *folder, const char *name, uint64_t *ret)
{
	AUTO_TEXT struct text text = {0};
	return machine_file(folder, name, &text) && slice_u64(text_slice(&text), UINT64_MAX, ret);
}

/* The number behind the prefix, and nothing behind that: "card0", not "card0-HDMI-A-1". */
static bool is_numbered(const char *name, const char *prefix, uint64_t *ret)
{
	struct slice s = slice_of_string(name);
	return slice_starts(s, prefix) && slice_u64(slice_part(s, strlen(prefix), s.size), NUMBER_MAX, ret);
}

void machine_each(const char *folder, const char *prefix, void (*each)(void *context, const char *path, const char *name),
		  void *context)
{
	bool there[NUMBER_MAX + 1] = {false};
	char path[MACHINE_PATH_MAX], name[64];
	uint64_t number;
	const struct dirent *entry;
	AUTO_DIR DIR *dir = opendir(folder);
	while (dir && (entry = readdir(dir)))
		if (is_numbered(entry->d_name, prefix, &number))
			there[number] = true;
	for (number = 0; dir && number <= NUMBER_MAX; number++) {
		snprintf(name, sizeof name, "%s%u", prefix, (unsigned)number);
		if (there[number] && snprintf(path, sizeof path, "%s/%s", folder, name) < (int)sizeof path)
			each(context, path, name);
	}
}

struct machine_gpu *machine_add(struct machine *m)
{
	if (m->gpu_count == MACHINE_GPUS_MAX)
		return NULL;
	m->gpus[m->gpu_count] = (struct machine_gpu){0};
	return &m->gpus[m->gpu_count++];
}

bool machine_has_nvidia(const char *proc)
{
	AUTO_TEXT struct text text = {0}, release = {0};
	char path[MACHINE_PATH_MAX];
	snprintf(path, sizeof path, "%s/sys/kernel", proc);
	if (machine_file(proc, "driver/nvidia/version", &text))
		return true;
	/* under WSL the driver is the one of Windows */
	return machine_file(path, "osrelease", &release) &&
	       slice_search(text_slice(&release), SLICE("microsoft")) < release.size;
}

/* True where NVIDIA's own software told of its cards. */
static bool look_nvidia(const char *proc, struct machine *m, struct text *notes)
{
	AUTO_TEXT struct text printed = {0};
	char why[256];
	size_t before = m->gpu_count;
	if (!machine_has_nvidia(proc))
		return false;
	struct machine_nvml *n = machine_nvml_open(MACHINE_NVML, why);
	if (n)
		machine_nvml_look(n, m, notes);
	machine_nvml_close(n);
	if (n && m->gpu_count > before)
		return true;
	if (machine_run_smi(&printed) && machine_nvidia_smi(text_slice(&printed), m))
		return true;
	text_addf(notes, "NVIDIA: %s, and nvidia-smi tells nothing either\n", n ? "NVML knows of no card" : why);
	return false;
}

void machine_share_memory(struct machine *m)
{
	uint64_t bytes = m->unified_bytes && m->unified_bytes < m->memory_bytes ? m->unified_bytes : m->memory_bytes;
	for (size_t i = 0; i < m->gpu_count; i++) {
		struct machine_gpu *g = &m->gpus[i];
		if (!g->unified)
			continue;
		g->total_bytes = bytes;
		g->free_bytes = m->memory_free_bytes < bytes ? m->memory_free_bytes : bytes;
		g->free_known = m->memory_free_bytes > 0;
	}
}

const struct machine_gpu *machine_largest(const struct machine *m)
{
	const struct machine_gpu *largest = NULL;
	for (size_t i = 0; i < m->gpu_count; i++)
		if (m->gpus[i].total_bytes > (largest ? largest->total_bytes : 0))
			largest = &m->gpus[i];
	return largest;
}

/* "7.9 GiB", without asking the locale for its point. */
static void add_gib(struct text *to, uint64_t bytes)
{
	uint64_t tenths = (bytes / 1024 * 10 + (1 << 19)) >> 20;
	text_addf(to, "%llu.%llu GiB", (unsigned long long)(tenths / 10), (unsigned long long)(tenths % 10));
}

void machine_note_sum(const struct machine *m, struct text *notes)
{
	const struct machine_gpu *largest = machine_largest(m);
	uint64_t sum = 0;
	if (!largest)
		return;
	for (size_t i = 0; i < m->gpu_count; i++)
		sum += m->gpus[i].unified ? 0 : m->gpus[i].total_bytes;
	if (m->gpu_count > 1) {
		text_addf(notes, "%zu cards with ", m->gpu_count);
		add_gib(notes, sum);
		text_addf(notes, " together; the largest alone decides: %s\n", largest->name);
	}
	if (largest->free_known && largest->free_bytes < largest->total_bytes / 10 * 9) {
		text_addf(notes, "%s: only ", largest->name);
		add_gib(notes, largest->free_bytes);
		text_add_string(notes, " of ");
		add_gib(notes, largest->total_bytes);
		text_add_string(notes, " are free now\n");
	}
}

void machine_look(const char *sysfs, const char *proc, struct machine *ret, struct text *notes)
{
	AUTO_TEXT struct text meminfo = {0}, cpuinfo = {0};
	*ret = (struct machine){0};
	if (machine_file(proc, "meminfo", &meminfo))
		machine_meminfo(text_slice(&meminfo), ret);
	if (machine_file(proc, "cpuinfo", &cpuinfo))
		machine_cpuinfo(text_slice(&cpuinfo), ret);
	machine_drm(sysfs, look_nvidia(proc, ret, notes), ret, notes);
	machine_share_memory(ret);
	machine_note_sum(ret, notes);
}
