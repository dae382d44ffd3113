/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a machine told of itself, in files that were recorded on it: session.json of a
 * collector, or what one of the machine's own tools printed (machine_told_json.c, and
 * sysctl and nvidia-smi). PowerShell writes what it redirects in UTF-16 (RFC 2781).
 */
#include "benchmark/machine_source.h"

#include "core/auto.h"

#include <stdio.h>

enum { HIGH = 0xd800, LOW = 0xdc00, SURROGATES_END = 0xe000, REPLACEMENT = 0xfffd, BEYOND = 0x10000 };

static const char wanted[] =
	"wanted session.json of a collector, or what was printed by system_profiler -json, sysctl, ConvertTo-Json of "
	"Win32_VideoController, or nvidia-smi --query-gpu (airgap-verify-formats(5))";

static uint32_t next_character(struct cursor *c, bool little)
{
	uint32_t unit = little ? cursor_le16(c) : cursor_be16(c);
	if (unit < HIGH || unit >= SURROGATES_END)
		return unit;
	struct cursor ahead = *c;
	uint32_t low = little ? cursor_le16(&ahead) : cursor_be16(&ahead);
	if (unit >= LOW || low < LOW || low >= SURROGATES_END)
		return REPLACEMENT;
	*c = ahead;
	return BEYOND + ((unit - HIGH) << 10) + (low - LOW);
}

/* Without its byte order mark, and in UTF-8: `keep` holds it where it was in UTF-16. */
static struct slice as_utf8(struct slice text, struct text *keep)
{
	bool little = slice_starts(text, "\xff\xfe");
	if (slice_starts(text, "\xef\xbb\xbf"))
		return slice_part(text, 3, text.size);
	if (!little && !slice_starts(text, "\xfe\xff"))
		return text;
	struct cursor c = cursor_over(slice_part(text, 2, text.size));
	while (cursor_left(&c) >= 2) {
		unsigned char bytes[4];
		text_add(keep, slice_of(bytes, text_put_utf8(next_character(&c, little), bytes)));
	}
	return text_slice(keep);
}

void machine_told_name(struct machine_gpu *g, struct slice name, const char *source)
{
	static const struct {
		const char *word, *vendor;
	} makers[] = {{"Apple", "apple"}, {"NVIDIA", "nvidia"}, {"GeForce", "nvidia"}, {"AMD", "amd"},
		      {"Radeon", "amd"},  {"Intel", "intel"}};
	AUTO_TEXT struct text shown = text_make(sizeof g->name - 1);
	text_add_printable(&shown, slice_trim(name), 60);
	slice_to_string(text_slice(&shown), g->name, sizeof g->name);
	for (size_t i = 0; i < LENGTH(makers) && !g->vendor[0]; i++)
		if (slice_search(name, slice_of_string(makers[i].word)) < name.size)
			snprintf(g->vendor, sizeof g->vendor, "%s", makers[i].vendor);
	snprintf(g->source, sizeof g->source, "%s", source);
}

static bool is_same(const struct machine_gpu *a, const struct machine_gpu *b)
{
	/* Apple's is one, whatever each source calls it */
	return !strcmp(a->name, b->name) || (a->unified && b->unified && !strcmp(a->vendor, b->vendor));
}

/* Is one like `g` among them, of which it is known how much memory it has (`telling`)? */
static bool has(const struct machine *m, const struct machine_gpu *g, bool telling)
{
	for (size_t i = 0; i < m->gpu_count; i++) {
		const struct machine_gpu *other = &m->gpus[i];
		if (is_same(other, g) && (!telling || other->total_bytes > 0 || other->unified))
			return true;
	}
	return false;
}

/* Two files tell of the same cards: the later one counts, unless it does not say how much
 * memory they have. */
static void merge(struct machine *to, const struct machine *from)
{
	struct machine before = *to;
	struct machine_gpu *g;
	to->gpu_count = 0;
	for (size_t i = 0; i < before.gpu_count; i++)
		if (!has(from, &before.gpus[i], true) && (g = machine_add(to)))
			*g = before.gpus[i];
	for (size_t i = 0; i < from->gpu_count; i++)
		if ((has(from, &from->gpus[i], true) || !has(&before, &from->gpus[i], false)) && (g = machine_add(to)))
			*g = from->gpus[i];
	if (from->memory_bytes)
		to->memory_bytes = from->memory_bytes;
	if (from->unified_bytes)
		to->unified_bytes = from->unified_bytes;
}

enum status machine_told(struct slice text, struct machine *ret, struct error *err)
{
	AUTO_TEXT struct text keep = text_make(MACHINE_TOLD_MAX * 2);
	struct machine one = {0};
	struct slice plain = as_utf8(text, &keep);
	struct slice rest = plain;
	while (rest.size > 0 && rest.at[0] && strchr(" \t\r\n", rest.at[0]))
		rest = slice_part(rest, 1, rest.size);
	if (slice_starts(rest, "{") || slice_starts(rest, "[")) {
		enum status status = machine_told_json(rest, &one, err);
		if (status)
			return status;
	} else if (!machine_sysctl(plain, &one) && !machine_nvidia_smi(plain, &one)) {
		return fail(err, ERR_MALFORMED, "%s", wanted);
	}
	merge(ret, &one);
	return OK;
}

/* What the system leaves to graphics unless it was told otherwise: two thirds of the
 * memory up to 32 GiB and three quarters of more have been seen, and never less. */
static void assume_share(struct machine *m, struct text *notes)
{
	const uint64_t small = UINT64_C(32) << 30;
	bool apple = false;
	for (size_t i = 0; i < m->gpu_count; i++)
		apple |= m->gpus[i].unified && !strcmp(m->gpus[i].vendor, "apple");
	if (!apple || m->unified_bytes || !m->memory_bytes)
		return;
	m->unified_bytes = m->memory_bytes <= small ? m->memory_bytes / 3 * 2 : m->memory_bytes / 4 * 3;
	text_addf(notes, "Apple: assumed is that graphics may take %s of the machine's memory; what sysctl iogpu.wired_limit_mb "
			 "prints, if it is not 0, would be taken instead\n",
		  m->memory_bytes <= small ? "two thirds" : "three quarters");
}

enum status machine_told_end(struct machine *m, struct text *notes, struct error *err)
{
	const char *silent = NULL;
	assume_share(m, notes);
	machine_share_memory(m);
	for (size_t i = 0; i < m->gpu_count; i++) {
		const struct machine_gpu *g = &m->gpus[i];
		if (g->total_bytes)
			continue;
		silent = g->name;
		text_addf(notes, "%s: how much memory it has is not told\n", g->name);
	}
	if (silent && !machine_largest(m))
		return fail(err, ERR_USAGE, "--machine: how much memory %s has is not told; of Windows, AdapterRAM ends at 4 GiB, and "
			    "the registry's HardwareInformation.qwMemorySize is wanted beside it; of a Mac, what sysctl hw.memsize "
			    "prints; or give --vram", silent);
	if (!m->gpu_count && !m->memory_bytes)
		return fail(err, ERR_USAGE, "--machine: nothing is told of graphics or memory; %s", wanted);
	machine_note_sum(m, notes);
	return OK;
}
