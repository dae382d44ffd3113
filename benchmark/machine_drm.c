/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Cards as the kernel shows them in /sys/class/drm/cardN:
 *
 *	device/vendor                           0x1002 AMD, 0x8086 Intel, 0x10de NVIDIA (PCI)
 *	device/mem_info_vram_total, …_used      amdgpu (Documentation/gpu/amdgpu/driver-misc.rst)
 *	device/mem_info_gtt_total               amdgpu: of the machine's memory, what it may use too
 *	device/product_name                     amdgpu, of some cards
 *	device/tileN/physical_vram_size_bytes   xe, a tile each; what is free it does not tell
 *	lmem_total_bytes, lmem_avail_bytes      i915 of Intel's own packages; the one of the
 *	                                        kernel tells nothing here
 *	device -> …/0000:00:02.0                where Intel's integrated graphics always are
 */
#include "benchmark/machine_source.h"

#include <stdio.h>
#include <unistd.h>

enum { AMD = 0x1002, INTEL = 0x8086, NVIDIA = 0x10de };

static const uint64_t small = UINT64_C(4) << 30; /* less than a card for models has */

struct look {
	struct machine *machine;
	struct text *notes;
	bool nvidia;
};

static bool read_hex(const char *folder, const char *name, uint64_t *ret)
{
	AUTO_TEXT struct text text = {0};
	if (!machine_file(folder, name, &text) || !slice_starts(text_slice(&text), "0x"))
		return false;
	return slice_hex_u64(slice_part(text_slice(&text), 2, text.size), 0xffff, ret);
}

/* By its product name, else by its numbers: "AMD 1002:744c". */
static void set_name(struct machine_gpu *g, const char *device, const char *vendor, uint64_t number)
{
	AUTO_TEXT struct text product = {0}, shown = text_make(sizeof g->name - 1);
	uint64_t id = 0;
	read_hex(device, "device", &id);
	if (machine_file(device, "product_name", &product) && product.size > 0)
		text_add_printable(&shown, text_slice(&product), 60);
	else
		text_addf(&shown, "%s %04x:%04x", vendor, (unsigned)number, (unsigned)id);
	slice_to_string(text_slice(&shown), g->name, sizeof g->name);
}

static struct machine_gpu *add(struct look *l, const char *path, const char *vendor)
{
	struct machine_gpu *g = machine_add(l->machine);
	if (!g) {
		text_addf(l->notes, "%s: more cards than %d\n", path, MACHINE_GPUS_MAX);
		return NULL;
	}
	snprintf(g->vendor, sizeof g->vendor, "%s", vendor);
	snprintf(g->source, sizeof g->source, "%s", path);
	return g;
}

static void set_memory(struct machine_gpu *g, uint64_t total, bool free_known, uint64_t left)
{
	g->total_bytes = total;
	g->free_known = free_known && left <= total;
	g->free_bytes = g->free_known ? left : 0;
}

static void look_amd(struct look *l, const char *path, const char *device)
{
	uint64_t total, used = 0, shared;
	if (!machine_file_u64(device, "mem_info_vram_total", &total)) {
		text_addf(l->notes, "%s: AMD, but its driver does not say how much memory it has\n", path);
		return;
	}
	struct machine_gpu *g = add(l, path, "amd");
	if (!g)
		return;
	bool known = machine_file_u64(device, "mem_info_vram_used", &used) && used <= total;
	set_memory(g, total, known, total - used);
	set_name(g, device, "AMD", AMD);
	/* a processor's graphics, whose own memory is a share that the firmware sets */
	if (machine_file_u64(device, "mem_info_gtt_total", &shared) && shared > total && total < small)
		text_addf(l->notes, "%s: it may use %llu MiB of the machine's memory beside its own; where the model server does, "
				    "--vram tells so\n", g->name, (unsigned long long)(shared >> 20));
}

static void add_tile(void *context, const char *path, const char *name)
{
	uint64_t bytes, *sum = context;
	(void)name;
	if (machine_file_u64(path, "physical_vram_size_bytes", &bytes) && bytes <= UINT64_MAX - *sum)
		*sum += bytes;
}

static bool is_integrated(const char *device)
{
	char to[MACHINE_PATH_MAX];
	ssize_t size = readlink(device, to, sizeof to);
	return size > 0 && slice_ends(slice_of(to, (size_t)size), "0000:00:02.0");
}

static void look_intel(struct look *l, const char *path, const char *device)
{
	uint64_t total = 0, left = 0;
	machine_each(device, "tile", add_tile, &total);
	bool known = total == 0 && machine_file_u64(path, "lmem_total_bytes", &total) &&
		     machine_file_u64(path, "lmem_avail_bytes", &left);
	if (total == 0 && is_integrated(device)) {
		text_addf(l->notes, "%s: Intel's integrated graphics, without memory of its own\n", path);
		return;
	}
	if (total == 0) {
		text_addf(l->notes, "%s: Intel, but its driver does not say how much memory it has (--vram does)\n", path);
		return;
	}
	struct machine_gpu *g = add(l, path, "intel");
	if (!g)
		return;
	set_memory(g, total, known, left);
	set_name(g, device, "Intel", INTEL);
}

static void look_card(void *context, const char *path, const char *name)
{
	struct look *l = context;
	char device[MACHINE_PATH_MAX];
	uint64_t vendor;
	(void)name;
	if (snprintf(device, sizeof device, "%s/device", path) >= (int)sizeof device || !read_hex(device, "vendor", &vendor))
		return;
	if (vendor == AMD)
		look_amd(l, path, device);
	else if (vendor == INTEL)
		look_intel(l, path, device);
	else if (vendor == NVIDIA && !l->nvidia)
		text_addf(l->notes, "%s: NVIDIA, but no driver here says how much memory it has (--vram does)\n", path);
}

void machine_drm(const char *sysfs, bool nvidia, struct machine *m, struct text *notes)
{
	struct look l = {m, notes, nvidia};
	char path[MACHINE_PATH_MAX];
	if (snprintf(path, sizeof path, "%s/class/drm", sysfs) < (int)sizeof path)
		machine_each(path, "card", look_card, &l);
}
