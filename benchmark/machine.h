/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_MACHINE_H
#define BENCHMARK_MACHINE_H

/*
 * What this machine has for models: graphics memory, all of it and what is free, and the
 * tier that this makes.
 */

#include "core/error.h"
#include "core/text.h"

enum { MACHINE_GPUS_MAX = 32 };

struct machine_gpu {
	char name[128], vendor[16]; /* "nvidia", "amd", "intel", "apple" */
	char source[64];            /* "NVML", "nvidia-smi", "/sys/class/drm/card0" */
	uint64_t total_bytes, free_bytes; /* free: 0 with `free_known` false */
	bool free_known;
	bool unified; /* it has no memory of its own: this is the machine's */
};

struct machine {
	struct machine_gpu gpus[MACHINE_GPUS_MAX];
	size_t gpu_count;
	uint64_t memory_bytes, memory_free_bytes;
	uint64_t unified_bytes; /* of the memory, what cards without their own may take; 0: all of it */
	unsigned processors;
	char processor[128];
};

/* Looks. `sysfs` and `proc` are "/sys" and "/proc" but for tests. A source that is there
 * and cannot be read is named in `notes` (a line each). */
void machine_look(const char *sysfs, const char *proc, struct machine *ret, struct text *notes);

/* What `nvidia-smi --query-gpu=index,name,memory.total,memory.free --format=csv,noheader,nounits`
 * printed. False where it is something else. */
bool machine_nvidia_smi(struct slice printed, struct machine *ret);

/* What a machine told of itself, as it was recorded there: session.json of a collector, or
 * what its own tools printed; called for each such file. Of a card that two of them tell of
 * by the same name the later one counts. ERR_MALFORMED where it is something else. */
enum status machine_told(struct slice text, struct machine *ret, struct error *err) MUST_CHECK;

/* After the last of them: what follows from all. ERR_USAGE where they do not say how much
 * memory there is. */
enum status machine_told_end(struct machine *m, struct text *notes, struct error *err) MUST_CHECK;

enum { MACHINE_TOLD_MAX = 8 << 20 }; /* bytes of one */

/* The largest one, by which the tier is chosen: a model is rarely spread well. NULL: none
 * tells how much memory it has. */
const struct machine_gpu *machine_largest(const struct machine *m);

/* Energy, from counters that begin anew at a maximum of theirs: read it at least every few
 * minutes. Where a card tells only its power, a thread of the meter's adds it up. */
struct machine_meter;

/* `nvml` is MACHINE_NVML but for tests. Never NULL. */
struct machine_meter *machine_meter_open(const char *sysfs, const char *proc, const char *nvml);
#define MACHINE_NVML "libnvidia-ml.so.1"
void machine_meter_close(struct machine_meter *m);

/* Joules drawn since it was opened; false where this machine does not tell. */
bool machine_meter_read(struct machine_meter *m, double *ret_joules);

/* "intel-rapl package, NVML"; "": nothing tells. */
const char *machine_meter_source(const struct machine_meter *m);

/* A row of schema/tiers.tsv, or of a site's file of the same columns. */
struct tier {
	char name[32], model[128], about[160];
	double from_gib, below_gib;
};

enum { TIERS_MAX = 64, TIER_WARNING_MAX = 512 };

struct tiers {
	struct tier at[TIERS_MAX];
	size_t count;
};

enum status tiers_read(struct slice text, struct tiers *ret, struct error *err) MUST_CHECK;

/* The tier of so many bytes: 8 GB belong to the tier that they fill (6–8), a card's few
 * reserved MiB less do not make it a smaller one. NULL: there is none for it. `warning`
 * gets what should be known ("the 32B at exactly 16 GB leaves no room for context"), or "". */
const struct tier *tiers_for(const struct tiers *t, uint64_t bytes, char warning[static TIER_WARNING_MAX]);

/* A model as its server tells of it; what it does not is 0 or "". */
struct tier_model {
	const char *name, *parameters, *quantisation; /* "8.2B", "Q4_K_M" */
	uint64_t size_bytes;                          /* of the weights */
};

/* Is it too large for that much graphics memory, or, where there is none (0), for the
 * machine's? `warning` gets what should be known then, or "". */
void tiers_weigh(const struct tier_model *m, uint64_t graphics_bytes, uint64_t memory_bytes,
		 char warning[static TIER_WARNING_MAX]);

#endif
