/* SPDX-License-Identifier: Apache-2.0 */
/*
 * NVIDIA's Management Library, whose names and layouts its API reference fixes. It is
 * loaded where it is installed, and what is wanted of it is little:
 *
 *	nvmlMemory_t    total, free, used: unsigned long long, bytes
 *	nvmlDeviceGetTotalEnergyConsumption    millijoules since the driver was loaded; cards
 *	                                       before Volta do not count them
 *	nvmlDeviceGetPowerUsage                milliwatts, now
 */
#include "benchmark/machine_source.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

enum { SUCCESS = 0, NOT_SUPPORTED = 3, NAME_BYTES = 96 };

struct memory {
	unsigned long long total, left, used;
};

typedef int call_plain(void);
typedef int call_count(unsigned *count);
typedef int call_device(unsigned index, void **device);
typedef int call_name(void *device, char *name, unsigned size);
typedef int call_memory(void *device, struct memory *memory);
typedef int call_energy(void *device, unsigned long long *millijoules);
typedef int call_power(void *device, unsigned *milliwatts);

struct machine_nvml {
	void *library; /* owned */
	call_plain *init, *shutdown;
	call_count *count;
	call_device *device;
	call_name *name;
	call_memory *memory;
	call_energy *energy; /* NULL: older than that */
	call_power *power;   /* likewise */
};

/* A function as dlsym() has it, which C does not let one cast. */
static bool find(void *library, const char *name, void *ret)
{
	void *found = dlsym(library, name);
	memcpy(ret, &found, sizeof found);
	return found != NULL;
}

struct machine_nvml *machine_nvml_open(const char *library, char ret_why[static 256])
{
	struct machine_nvml *n = must_alloc(1, sizeof *n);
	*n = (struct machine_nvml){.library = dlopen(library, RTLD_NOW | RTLD_LOCAL)};
	int code = SUCCESS;
	if (!n->library)
		snprintf(ret_why, 256, "%s is not here", library);
	else if (!find(n->library, "nvmlInit_v2", &n->init) || !find(n->library, "nvmlShutdown", &n->shutdown) ||
		 !find(n->library, "nvmlDeviceGetCount_v2", &n->count) ||
		 !find(n->library, "nvmlDeviceGetHandleByIndex_v2", &n->device) ||
		 !find(n->library, "nvmlDeviceGetName", &n->name) || !find(n->library, "nvmlDeviceGetMemoryInfo", &n->memory))
		snprintf(ret_why, 256, "%s lacks what is wanted of it", library);
	else if ((code = n->init()) != SUCCESS)
		snprintf(ret_why, 256, "%s does not begin: error %d", library, code);
	else {
		find(n->library, "nvmlDeviceGetTotalEnergyConsumption", &n->energy);
		find(n->library, "nvmlDeviceGetPowerUsage", &n->power);
		return n;
	}
	n->shutdown = NULL;
	machine_nvml_close(n);
	return NULL;
}

void machine_nvml_close(struct machine_nvml *n)
{
	if (!n)
		return;
	if (n->shutdown)
		n->shutdown();
	if (n->library)
		dlclose(n->library);
	free(n);
}

static void look_one(const struct machine_nvml *n, void *device, struct machine_gpu *g)
{
	char name[NAME_BYTES] = "";
	struct memory memory = {0};
	AUTO_TEXT struct text shown = text_make(sizeof g->name - 1);
	if (n->name(device, name, sizeof name - 1) != SUCCESS)
		snprintf(name, sizeof name, "NVIDIA");
	name[sizeof name - 1] = 0;
	text_add_printable(&shown, slice_of_string(name), 60);
	slice_to_string(text_slice(&shown), g->name, sizeof g->name);
	snprintf(g->vendor, sizeof g->vendor, "nvidia");
	snprintf(g->source, sizeof g->source, "NVML");
	int code = n->memory(device, &memory);
	if (code == SUCCESS) {
		g->total_bytes = memory.total;
		g->free_bytes = memory.left;
		g->free_known = memory.left <= memory.total;
	}
	g->unified = code == NOT_SUPPORTED; /* GB10 and its kind use the machine's */
}

void machine_nvml_look(struct machine_nvml *n, struct machine *m, struct text *notes)
{
	unsigned count = 0;
	if (n->count(&count) != SUCCESS)
		text_add_string(notes, "NVML does not say how many cards there are\n");
	for (unsigned i = 0; i < count && i < MACHINE_GPUS_MAX; i++) {
		void *device;
		struct machine_gpu *g;
		if (n->device(i, &device) != SUCCESS)
			text_addf(notes, "NVML does not give card %u\n", i);
		else if ((g = machine_add(m)))
			look_one(n, device, g);
	}
	if (count > MACHINE_GPUS_MAX)
		text_addf(notes, "NVML: more cards than %d\n", MACHINE_GPUS_MAX);
}

static bool counts(const struct machine_nvml *n, void *device, unsigned long long *ret_millijoules)
{
	return n->energy && n->energy(device, ret_millijoules) == SUCCESS;
}

bool machine_nvml_joules(struct machine_nvml *n, double *ret)
{
	unsigned count = 0;
	bool any = false;
	*ret = 0;
	if (n->count(&count) != SUCCESS)
		return false;
	for (unsigned i = 0; i < count && i < MACHINE_GPUS_MAX; i++) {
		void *device;
		unsigned long long millijoules;
		if (n->device(i, &device) != SUCCESS || !counts(n, device, &millijoules))
			continue;
		*ret += (double)millijoules / 1000;
		any = true;
	}
	return any;
}

bool machine_nvml_milliwatts(struct machine_nvml *n, uint64_t *ret)
{
	unsigned count = 0, milliwatts;
	bool any = false;
	*ret = 0;
	if (!n->power || n->count(&count) != SUCCESS)
		return false;
	for (unsigned i = 0; i < count && i < MACHINE_GPUS_MAX; i++) {
		void *device;
		unsigned long long millijoules;
		if (n->device(i, &device) != SUCCESS || counts(n, device, &millijoules) || n->power(device, &milliwatts) != SUCCESS)
			continue;
		*ret += milliwatts;
		any = true;
	}
	return any;
}
