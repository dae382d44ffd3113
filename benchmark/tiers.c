/* SPDX-License-Identifier: Apache-2.0 */
/*
 * schema/tiers.tsv, and a site's own file like it: a heading and a tab between fields.
 *
 *	tier     model      from_gib  below_gib  about
 *	6-8 GB   qwen3:8b   5.5       8          Qwen3-8B Q4_K_M
 *
 * A tier is for more than from_gib and up to below_gib: a card of 8 GB fills 6-8 GB, and
 * the few MiB that it keeps for itself change nothing. One that begins with 0 is also for
 * a machine without graphics memory; from 0 to 0 is for none, and is only named.
 */
#include "benchmark/machine.h"

enum { LINE_BYTES = 1024, GIB_MAX = 1 << 20, FIELDS = 5 };

static const char heading[] = "tier\tmodel\tfrom_gib\tbelow_gib\tabout";
static const double gib_bytes = 1024.0 * 1024 * 1024;

/* "8", "5.5": at most three digits behind the point. */
static bool read_gib(struct slice text, double *ret)
{
	struct slice whole = slice_part(text, 0, slice_find(text, '.'));
	struct slice behind = slice_part(text, whole.size + 1, text.size);
	uint64_t number, part = 0;
	if (!slice_u64(whole, GIB_MAX, &number) || behind.size > 3 || (behind.size == 0 && whole.size != text.size) ||
	    (behind.size && !slice_u64(behind, 999, &part)))
		return false;
	*ret = (double)part;
	for (size_t i = 0; i < behind.size; i++)
		*ret /= 10;
	*ret += (double)number;
	return true;
}

/* A field that is shown: whole, and fit for a terminal. */
static bool read_text(struct slice text, char *ret, size_t capacity)
{
	AUTO_TEXT struct text shown = text_make(LINE_BYTES * 8);
	text_add_printable(&shown, text, text.size);
	return slice_equal(text_slice(&shown), text) && slice_to_string(text, ret, capacity);
}

static enum status read_line(struct slice line, struct tier *t, struct error *err)
{
	struct slice fields[FIELDS];
	struct cursor c = cursor_over(line);
	for (size_t i = 0; i + 1 < FIELDS; i++)
		if (!cursor_until(&c, '\t', LINE_BYTES, &fields[i]))
			return fail(err, ERR_CONFIG, "wanted five fields with a tab between");
	fields[FIELDS - 1] = cursor_rest(&c);
	if (fields[0].size == 0 || !read_text(fields[0], t->name, sizeof t->name))
		return fail(err, ERR_CONFIG, "the tier's name is not 1-%zu plain characters", sizeof t->name - 1);
	if (fields[1].size == 0 || !read_text(fields[1], t->model, sizeof t->model))
		return fail(err, ERR_CONFIG, "the model's name is not 1-%zu plain characters", sizeof t->model - 1);
	if (!read_gib(fields[2], &t->from_gib) || !read_gib(fields[3], &t->below_gib))
		return fail(err, ERR_CONFIG, "from_gib and below_gib are not numbers of GiB like 8 or 5.5");
	if (t->below_gib < t->from_gib)
		return fail(err, ERR_CONFIG, "it ends below where it begins");
	if (!read_text(fields[4], t->about, sizeof t->about))
		return fail(err, ERR_CONFIG, "what is said about it is not at most %zu plain characters", sizeof t->about - 1);
	return OK;
}

enum status tiers_read(struct slice text, struct tiers *ret, struct error *err)
{
	struct cursor lines = cursor_over(text);
	struct slice line;
	*ret = (struct tiers){0};
	for (size_t number = 1; cursor_line(&lines, &line, NULL); number++) {
		if (number == 1 && !slice_is(line, heading))
			return fail(err, ERR_CONFIG, "line 1: wanted the heading tier, model, from_gib, below_gib, about");
		if (number == 1 || line.size == 0 || slice_starts(line, "#"))
			continue;
		if (ret->count == TIERS_MAX)
			return fail(err, ERR_LIMIT, "line %zu: more than %d tiers", number, TIERS_MAX);
		struct tier *t = &ret->at[ret->count++];
		if (read_line(line, t, err))
			return fail_in(err, "line %zu", number);
	}
	return ret->count ? OK : fail(err, ERR_CONFIG, "there is no tier in it");
}

/* Billions of parameters as one word tells them: "8b", "30B", "8.2B"; 0: it does not. */
static double billions_of(struct slice word)
{
	double number;
	if ((!slice_ends(word, "b") && !slice_ends(word, "B")) || !read_gib(slice_part(word, 0, word.size - 1), &number))
		return 0;
	return number;
}

/* In a name: "qwen3:8b", "qwen2.5-coder:32b-instruct-q4_K_M". Behind the colon, for "qwen2.5"
 * is a version. */
static double billions_named(const char *model)
{
	struct slice tag = slice_of_string(model);
	tag = slice_part(tag, slice_find(tag, ':') + 1, tag.size);
	return billions_of(slice_part(tag, 0, slice_find(tag, '-')));
}

/* The first in what is said about it: "GLM-4.7-Flash 30B-A3B Q4". */
static double billions_said(const char *about)
{
	struct slice rest = slice_of_string(about);
	double number = 0;
	while (rest.size > 0 && number <= 0) {
		size_t blank = slice_find(rest, ' '), dash = slice_find(rest, '-'), end = blank < dash ? blank : dash;
		number = billions_of(slice_part(rest, 0, end));
		rest = slice_part(rest, end + 1, rest.size);
	}
	return number;
}

/* A context of 8,192 tokens with what is computed beside it. */
static const double context_gib = 2.5;

/* Bits a parameter, of what is called so; those of Q4_K_M where it is not known. */
static double bits_of(const char *quantisation)
{
	static const struct {
		const char *begins;
		double bits;
	} rows[] = {{"Q2", 3.2}, {"Q3", 3.9}, {"Q5", 5.7}, {"Q6", 6.6}, {"Q8", 8.5}, {"F16", 16}, {"BF16", 16}, {"F32", 32}};
	for (size_t i = 0; i < LENGTH(rows); i++)
		if (slice_starts(slice_of_string(quantisation), rows[i].begins))
			return rows[i].bits;
	return 4.85;
}

static double weights_gib(double parameters_billions, const char *quantisation)
{
	return parameters_billions * 1e9 * bits_of(quantisation) / 8 / gib_bytes;
}

/* What a tier's model needs, in Q4_K_M; 0: nothing tells its size. */
static double needed_gib(const struct tier *t)
{
	double parameters = billions_named(t->model);
	if (parameters <= 0)
		parameters = billions_said(t->about);
	return parameters > 0 ? weights_gib(parameters, "") + context_gib : 0;
}

static const struct tier *find_next(const struct tiers *t, const struct tier *this)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->at[i].from_gib >= this->below_gib && t->at[i].below_gib > t->at[i].from_gib)
			return &t->at[i];
	return NULL;
}

static void add_gib(struct text *to, double gib)
{
	uint64_t tenths = (uint64_t)(gib * 10 + 0.5);
	text_addf(to, tenths % 10 ? "%llu.%llu GiB" : "%llu GiB", (unsigned long long)(tenths / 10),
		  (unsigned long long)(tenths % 10));
}

/* Models of this tier, or of the next where this card stands right at its door, that are
 * too large for it. */
static void warn(const struct tiers *t, const struct tier *this, double gib, char warning[static TIER_WARNING_MAX])
{
	const struct tier *next = find_next(t, this);
	double needed = needed_gib(this);
	AUTO_TEXT struct text text = text_make(TIER_WARNING_MAX - 1);
	if (this->from_gib > 0 && needed > gib) {
		text_addf(&text, "%s in Q4 with 8,192 tokens of context needs about ", this->model);
		add_gib(&text, needed);
		text_add_string(&text, ", more than the ");
		add_gib(&text, gib);
		text_add_string(&text, " here: parts of it will run on the processor, slowly");
	}
	if (next && gib > this->below_gib - 0.5 && needed_gib(next) > gib) {
		text_add_string(&text, text.size ? "; " : "");
		add_gib(&text, gib);
		text_addf(&text, " fill %s: %s, of %s, leaves no room for context here", this->name, next->model, next->name);
	}
	slice_to_string(text_slice(&text), warning, TIER_WARNING_MAX);
}

void tiers_weigh(const struct tier_model *m, uint64_t graphics_bytes, uint64_t memory_bytes,
		 char warning[static TIER_WARNING_MAX])
{
	double here = (double)(graphics_bytes ? graphics_bytes : memory_bytes) / gib_bytes;
	double weights = m->size_bytes ? (double)m->size_bytes / gib_bytes
				       : weights_gib(billions_of(slice_of_string(m->parameters)), m->quantisation);
	AUTO_TEXT struct text text = text_make(TIER_WARNING_MAX - 1);
	warning[0] = 0;
	if (here <= 0 || weights <= 0 || weights + context_gib <= here)
		return;
	text_addf(&text, "%s: its weights of ", m->name);
	add_gib(&text, weights);
	text_add_string(&text, ", and about 2.5 GiB for a context of 8,192 tokens, are more than the ");
	add_gib(&text, here);
	text_add_string(&text, graphics_bytes ? " here: parts of it will run on the processor, slowly"
					      : " of memory here: it may not load, or be read from the disk again and again");
	slice_to_string(text_slice(&text), warning, TIER_WARNING_MAX);
}

const struct tier *tiers_for(const struct tiers *t, uint64_t bytes, char warning[static TIER_WARNING_MAX])
{
	double gib = (double)bytes / gib_bytes;
	warning[0] = 0;
	for (size_t i = 0; i < t->count; i++) {
		const struct tier *this = &t->at[i];
		bool from = gib > this->from_gib || (bytes == 0 && this->from_gib == 0 && this->below_gib > 0);
		if (!from || gib > this->below_gib)
			continue;
		warn(t, this, gib, warning);
		return this;
	}
	return NULL;
}
