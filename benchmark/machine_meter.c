/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Energy, from all that tells it here:
 *
 *	/sys/class/powercap/intel-rapl:N/energy_uj    µJ, of a whole package, also of AMD's;
 *	        max_energy_range_uj                   at which it begins anew
 *	        name                                  "package-0"; "psys" would count it twice
 *	/sys/class/drm/cardN/device/hwmon/hwmonM/
 *	        energy1_input                         µJ (i915, xe)
 *	        power1_average, power1_input          µW (amdgpu)
 *	NVML                                          mJ since the driver was loaded, or mW
 *
 * Documentation: power/powercap/powercap.rst, hwmon/sysfs-interface.rst of the kernel.
 */
#include "benchmark/machine_source.h"
#include "core/clock.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

enum { SOURCES_MAX = 32, SAMPLE_MS = 100, GAP_S = 5 };

struct source {
	char path[MACHINE_PATH_MAX];
	const char *file;   /* NULL: NVML's cards that tell only their power */
	bool power;         /* µW to be added up, not µJ */
	uint64_t last, max; /* of a counter; max 0: it never begins anew */
	uint64_t sum_uj;
	bool lost;          /* it could not be read once: its sum is not known any more */
};

struct machine_meter {
	struct source sources[SOURCES_MAX];
	size_t count;
	struct machine_nvml *nvml; /* owned; NULL: none */
	bool nvml_counts;          /* some of its cards tell joules */
	double nvml_first;
	int64_t read_ns;           /* when the powers were last added up */
	char told[128];
	pthread_t thread;
	pthread_mutex_t lock; /* over the sources, where there is a thread */
	bool threaded;
	atomic_bool stop;
};

static bool read_source(const struct machine_meter *m, const struct source *s, uint64_t *ret)
{
	if (s->file)
		return machine_file_u64(s->path, s->file, ret);
	bool told = machine_nvml_milliwatts(m->nvml, ret);
	*ret *= 1000;
	return told;
}

/* Adds what came since the last time. */
static void advance(const struct machine_meter *m, struct source *s, int64_t gap_ns)
{
	uint64_t now = 0;
	if (s->lost || !read_source(m, s, &now) || (s->power && gap_ns > GAP_S * CLOCK_SECOND)) {
		s->lost = true;
	} else if (s->power) {
		s->sum_uj += (s->last + now) / 2 * (uint64_t)(gap_ns / 1000) / 1000000;
	} else if (now >= s->last) {
		s->sum_uj += now - s->last;
	} else if (s->max >= s->last) {
		s->sum_uj += s->max - s->last + now;
	} else {
		s->lost = true;
	}
	s->last = now;
}

static void advance_all(struct machine_meter *m)
{
	int64_t now = clock_mono();
	for (size_t i = 0; i < m->count; i++)
		advance(m, &m->sources[i], now - m->read_ns);
	m->read_ns = now;
}

static void add(struct machine_meter *m, const char *path, const char *file, bool power, uint64_t max)
{
	struct source s = {.file = file, .power = power, .max = max};
	snprintf(s.path, sizeof s.path, "%s", path);
	if (m->count == SOURCES_MAX || !read_source(m, &s, &s.last))
		return; /* powercap is root's alone */
	m->sources[m->count++] = s;
}

static void tell(struct machine_meter *m, const char *source)
{
	size_t used = strlen(m->told);
	if (!strstr(m->told, source))
		snprintf(m->told + used, sizeof m->told - used, "%s%s", used ? ", " : "", source);
}

static void add_package(void *context, const char *path, const char *name)
{
	struct machine_meter *m = context;
	AUTO_TEXT struct text zone = {0};
	uint64_t max = 0;
	size_t before = m->count;
	(void)name;
	if (!machine_file(path, "name", &zone) || !slice_starts(text_slice(&zone), "package"))
		return;
	machine_file_u64(path, "max_energy_range_uj", &max);
	add(m, path, "energy_uj", false, max);
	if (m->count > before)
		tell(m, "intel-rapl package");
}

static void add_sensor(void *context, const char *path, const char *name)
{
	static const char *const powers[] = {"power1_average", "power1_input"};
	struct machine_meter *m = context;
	size_t before = m->count;
	(void)name;
	add(m, path, "energy1_input", false, 0);
	if (m->count > before)
		tell(m, "hwmon energy");
	for (size_t i = 0; i < LENGTH(powers) && m->count == before; i++) {
		add(m, path, powers[i], true, 0);
		if (m->count > before) {
			tell(m, "hwmon power");
			m->threaded = true;
		}
	}
}

static void add_card(void *context, const char *path, const char *name)
{
	char sensors[MACHINE_PATH_MAX];
	(void)name;
	if (snprintf(sensors, sizeof sensors, "%s/device/hwmon", path) < (int)sizeof sensors)
		machine_each(sensors, "hwmon", add_sensor, context);
}

static void *sample(void *context)
{
	struct machine_meter *m = context;
	while (!atomic_load(&m->stop)) {
		poll(NULL, 0, SAMPLE_MS);
		pthread_mutex_lock(&m->lock);
		advance_all(m);
		pthread_mutex_unlock(&m->lock);
	}
	return NULL;
}

static void open_nvml(struct machine_meter *m, const char *library)
{
	char why[256];
	size_t before = m->count;
	m->nvml = machine_nvml_open(library, why);
	if (!m->nvml)
		return;
	m->nvml_counts = machine_nvml_joules(m->nvml, &m->nvml_first);
	if (m->nvml_counts)
		tell(m, "NVML");
	add(m, "", NULL, true, 0);
	if (m->count > before) {
		tell(m, "NVML power");
		m->threaded = true;
	}
}

struct machine_meter *machine_meter_open(const char *sysfs, const char *proc, const char *nvml)
{
	struct machine_meter *m = must_alloc(1, sizeof *m);
	char path[MACHINE_PATH_MAX];
	*m = (struct machine_meter){.read_ns = clock_mono()};
	pthread_mutex_init(&m->lock, NULL);
	if (snprintf(path, sizeof path, "%s/class/powercap", sysfs) < (int)sizeof path)
		machine_each(path, "intel-rapl:", add_package, m);
	if (snprintf(path, sizeof path, "%s/class/drm", sysfs) < (int)sizeof path)
		machine_each(path, "card", add_card, m);
	if (machine_has_nvidia(proc))
		open_nvml(m, nvml);
	if (m->threaded && pthread_create(&m->thread, NULL, sample, m))
		m->threaded = false;
	return m;
}

void machine_meter_close(struct machine_meter *m)
{
	if (!m)
		return;
	atomic_store(&m->stop, true);
	if (m->threaded)
		pthread_join(m->thread, NULL);
	machine_nvml_close(m->nvml);
	pthread_mutex_destroy(&m->lock);
	free(m);
}

bool machine_meter_read(struct machine_meter *m, double *ret_joules)
{
	double nvml = 0;
	bool good = m->told[0] != 0;
	*ret_joules = 0;
	pthread_mutex_lock(&m->lock);
	advance_all(m);
	for (size_t i = 0; i < m->count; i++) {
		good = good && !m->sources[i].lost;
		*ret_joules += (double)m->sources[i].sum_uj / 1e6;
	}
	pthread_mutex_unlock(&m->lock);
	if (m->nvml_counts) {
		good = good && machine_nvml_joules(m->nvml, &nvml) && nvml >= m->nvml_first;
		*ret_joules += nvml - m->nvml_first;
	}
	return good;
}

const char *machine_meter_source(const struct machine_meter *m)
{
	return m->told;
}
