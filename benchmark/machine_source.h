/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_MACHINE_SOURCE_H
#define BENCHMARK_MACHINE_SOURCE_H

/*
 * Where machine.c looks, one file each.
 */

#include "benchmark/machine.h"

enum { MACHINE_FILE_MAX = 1 << 20, MACHINE_PATH_MAX = 512 };

/* A file of sysfs or procfs without its last LF; false where it cannot be read. */
bool machine_file(const char *folder, const char *name, struct text *ret);
bool machine_file_u64(const char *folder, const char *name, uint64_t *ret);

/* Steps through the entries of a folder whose names are `prefix` and digits, in the order
 * of their numbers; calls each() with the path and the name. */
void machine_each(const char *folder, const char *prefix, void (*each)(void *context, const char *path, const char *name),
		  void *context);

/* The next card of the list, emptied; NULL past MACHINE_GPUS_MAX. */
struct machine_gpu *machine_add(struct machine *m);

/* Of AMD and Intel, by the drivers of the kernel; NVIDIA's are noted where the driver is
 * one that does not tell. `nvidia`: NVIDIA's own has told of them. */
void machine_drm(const char *sysfs, bool nvidia, struct machine *m, struct text *notes);

/* NVIDIA's management library, from where the loader finds `library`. */
struct machine_nvml;
struct machine_nvml *machine_nvml_open(const char *library, char ret_why[static 256]); /* NULL: not to be had */
void machine_nvml_close(struct machine_nvml *n); /* NULL-safe */
void machine_nvml_look(struct machine_nvml *n, struct machine *m, struct text *notes);
bool machine_nvml_joules(struct machine_nvml *n, double *ret); /* of all cards that tell, since the driver was loaded */
bool machine_nvml_milliwatts(struct machine_nvml *n, uint64_t *ret); /* now, of the cards that tell no joules */

/* Whether there is a driver of NVIDIA's: without one, nothing of theirs is loaded. */
bool machine_has_nvidia(const char *proc);

/* Runs nvidia-smi, where it is installed, and hands out what it printed. */
bool machine_run_smi(struct text *ret);

void machine_meminfo(struct slice text, struct machine *m);

/* What sysctl(8) of macOS printed; false where it is nothing like that. */
bool machine_sysctl(struct slice text, struct machine *m);

/* One JSON value that machine_told() was given. */
enum status machine_told_json(struct slice text, struct machine *ret, struct error *err) MUST_CHECK;

/* Name, vendor as far as the name tells it, and source. */
void machine_told_name(struct machine_gpu *g, struct slice name, const char *source);

/* The machine's own memory for a card that has none. */
void machine_share_memory(struct machine *m);

/* Several cards, and what of the largest is taken already. */
void machine_note_sum(const struct machine *m, struct text *notes);

void machine_cpuinfo(struct slice text, struct machine *m);

#endif
