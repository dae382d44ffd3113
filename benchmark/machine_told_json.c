/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What machines tell of themselves in JSON:
 *
 *	session.json of a collector (airgap-verify-formats(5))
 *	    {"host":{"memory_bytes":…,"gpus":[{"name":"…","total_bytes":…}]}}           Windows
 *	    {"host":{"memory_bytes":…,"memory_unified":true,"model":"Mac14,2",          macOS
 *	             "graphics_limit_bytes":…}}
 *	system_profiler SPDisplaysDataType SPHardwareDataType -json
 *	    {"SPDisplaysDataType":[{"sppci_model":"Apple M2"}],                         shares the memory
 *	     "SPHardwareDataType":[{"physical_memory":"16 GB"}]}
 *	    {"SPDisplaysDataType":[{"sppci_model":"AMD Radeon Pro 560X","spdisplays_vram":"4 GB"}]}
 *	Get-CimInstance Win32_VideoController | ConvertTo-Json
 *	    {"Name":"NVIDIA GeForce RTX 4060 Ti","AdapterRAM":4293918720}               32 bits: 4 GiB or more
 *	Get-ItemProperty 'HKLM:\SYSTEM\CurrentControlSet\Control\Class\{4d36e968-…}\0*' |
 *	  Select-Object DriverDesc, HardwareInformation.qwMemorySize | ConvertTo-Json
 *	    {"DriverDesc":"…","HardwareInformation.qwMemorySize":8585740288}            also as 8 bytes
 *
 * The last two are an object, or an array of them where there are several adapters.
 */
#include "benchmark/machine_source.h"

#include "core/json.h"

#include <stdio.h>

enum {
	NAME_BYTES = 512,
	BYTES = 8, /* of a REG_BINARY that is a number */
};

static const uint64_t memory_max = UINT64_C(1) << 50;
static const uint64_t adapter_ram_end = UINT64_C(4095) << 20; /* where AdapterRAM may mean anything more */

static void set_name(struct machine_gpu *g, const struct json_value *name, const char *otherwise, const char *source)
{
	char buffer[NAME_BYTES];
	struct slice text;
	if (!json_string(name, buffer, sizeof buffer, &text) || text.size == 0)
		text = slice_of_string(otherwise);
	machine_told_name(g, text, source);
}

static uint64_t bytes_of(const struct json_value *v)
{
	uint64_t bytes;
	return json_u64(v, memory_max, &bytes) ? bytes : 0;
}

/* "16 GB", "1536 MB": of memory, so in powers of two. */
static uint64_t size_of(const struct json_value *v)
{
	struct slice text = v->type == JSON_STRING ? v->raw : slice_of(NULL, 0);
	size_t blank = slice_find(text, ' ');
	struct slice unit = slice_trim(slice_part(text, blank, text.size));
	uint64_t number;
	if (!slice_u64(slice_part(text, 0, blank), UINT64_C(1) << 20, &number))
		return 0;
	return slice_is(unit, "TB") ? number << 40 : slice_is(unit, "GB") ? number << 30 : slice_is(unit, "MB") ? number << 20 : 0;
}

static void read_displays(const struct json_value *list, struct machine *m)
{
	struct cursor elements = json_array(list);
	struct json_value element;
	struct machine_gpu *g;
	while (json_next(&elements, &element)) {
		struct json_member w[] = {{"sppci_model", {0}}, {"spdisplays_vram", {0}}, {"_spdisplays_vram", {0}},
					  {"spdisplays_vram_shared", {0}}};
		if (element.type != JSON_OBJECT || json_read_object(element.raw, w, LENGTH(w), NULL) || !(g = machine_add(m)))
			continue;
		set_name(g, &w[0].value, "Mac graphics", "system_profiler");
		for (size_t i = 1; i < LENGTH(w) && !g->total_bytes; i++)
			g->total_bytes = size_of(&w[i].value);
		g->unified = !g->total_bytes && !strcmp(g->vendor, "apple");
	}
}

static void read_hardware(const struct json_value *list, struct machine *m)
{
	struct cursor elements = json_array(list);
	struct json_value element;
	struct json_member w[] = {{"physical_memory", {0}}};
	if (json_next(&elements, &element) && element.type == JSON_OBJECT && !json_read_object(element.raw, w, 1, NULL))
		m->memory_bytes = size_of(&w[0].value);
}

static void read_gpus(const struct json_value *list, struct machine *m)
{
	struct cursor elements = json_array(list);
	struct json_value element;
	struct machine_gpu *g;
	while (json_next(&elements, &element)) {
		struct json_member w[] = {{"name", {0}}, {"total_bytes", {0}}};
		if (element.type != JSON_OBJECT || json_read_object(element.raw, w, LENGTH(w), NULL) || !(g = machine_add(m)))
			continue;
		set_name(g, &w[0].value, "an adapter without a name", "session.json");
		g->total_bytes = bytes_of(&w[1].value);
	}
}

static enum status read_host(const struct json_value *host, struct machine *m, struct error *err)
{
	struct json_member w[] = {{"gpus", {0}}, {"memory_bytes", {0}}, {"memory_unified", {0}}, {"model", {0}},
				  {"graphics_limit_bytes", {0}}};
	bool unified = false;
	char name[NAME_BYTES] = "Apple graphics", model[NAME_BYTES];
	struct slice text;
	if (json_read_object(host->raw, w, LENGTH(w), NULL))
		return fail(err, ERR_MALFORMED, "its \"host\" is no object");
	m->memory_bytes = bytes_of(&w[1].value);
	m->unified_bytes = bytes_of(&w[4].value);
	read_gpus(&w[0].value, m);
	if (!m->memory_bytes && !m->gpu_count)
		return fail(err, ERR_USAGE, "this session.json tells nothing of graphics or memory: the collectors of Windows and "
			    "macOS do");
	if (!json_bool(&w[2].value, &unified) || !unified)
		return OK;
	if (json_string(&w[3].value, model, sizeof model, &text) && text.size > 0 && text.size < 64)
		snprintf(name, sizeof name, "Apple graphics of %.*s", (int)text.size, (const char *)text.at);
	struct machine_gpu *g = machine_add(m);
	if (g) {
		machine_told_name(g, slice_of_string(name), "session.json");
		g->unified = true;
	}
	return OK;
}

/* A QWORD as a number, and REG_BINARY as the numbers of its bytes, the lowest first. */
static uint64_t qword(const struct json_value *v)
{
	struct cursor elements = json_array(v);
	struct json_value element;
	uint64_t value = 0, byte;
	if (v->type != JSON_ARRAY)
		return bytes_of(v);
	for (unsigned i = 0; json_next(&elements, &element); i++) {
		if (i == BYTES || !json_u64(&element, UINT8_MAX, &byte))
			return 0;
		value |= byte << 8 * i;
	}
	return value <= memory_max ? value : 0;
}

/* One adapter, by WMI or by the registry; false where it is neither. */
static bool read_adapter(const struct json_value *v, struct machine *m)
{
	struct json_member w[] = {{"Name", {0}}, {"AdapterRAM", {0}}, {"DriverDesc", {0}},
				  {"HardwareInformation.qwMemorySize", {0}}};
	struct machine_gpu *g;
	if (v->type != JSON_OBJECT || json_read_object(v->raw, w, LENGTH(w), NULL))
		return false;
	bool registry = w[2].value.type == JSON_STRING, wmi = w[1].value.type != JSON_ABSENT && w[0].value.type == JSON_STRING;
	if (!registry && !wmi)
		return w[3].value.type != JSON_ABSENT; /* a key of the class that is none of an adapter */
	uint64_t bytes = registry ? qword(&w[3].value) : bytes_of(&w[1].value);
	if (!registry && bytes >= adapter_ram_end)
		bytes = 0;
	if (!(g = machine_add(m)))
		return true;
	set_name(g, registry ? &w[2].value : &w[0].value, "an adapter without a name",
		 registry ? "registry" : "Win32_VideoController");
	g->total_bytes = bytes;
	return true;
}

static enum status read_adapters(const struct json_value *root, struct machine *m, struct error *err)
{
	struct cursor elements = json_array(root);
	struct json_value element;
	size_t count = 0;
	if (root->type == JSON_OBJECT)
		return read_adapter(root, m) ? OK : fail(err, ERR_MALFORMED, "JSON of another kind");
	while (json_next(&elements, &element)) {
		if (!read_adapter(&element, m))
			return fail(err, ERR_MALFORMED, "JSON of another kind");
		count++;
	}
	return count ? OK : fail(err, ERR_MALFORMED, "an empty list");
}

enum status machine_told_json(struct slice text, struct machine *ret, struct error *err)
{
	struct json_member w[] = {{"host", {0}}, {"SPDisplaysDataType", {0}}, {"SPHardwareDataType", {0}}};
	struct json_value root;
	const char *wrong = json_read(text, &root, NULL);
	if (!wrong && root.type == JSON_OBJECT)
		wrong = json_read_object(root.raw, w, LENGTH(w), NULL);
	if (wrong)
		return fail(err, ERR_MALFORMED, "%s", wrong);
	if (w[0].value.type == JSON_OBJECT)
		return read_host(&w[0].value, ret, err);
	if (w[1].value.type != JSON_ARRAY && w[2].value.type != JSON_ARRAY)
		return read_adapters(&root, ret, err);
	read_displays(&w[1].value, ret);
	read_hardware(&w[2].value, ret);
	return OK;
}
