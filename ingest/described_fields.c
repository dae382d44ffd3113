/* SPDX-License-Identifier: Apache-2.0 */
/*
 * URLs by RFC 3986 (3.1, 3.2): scheme "://" [user "@"] host [":" port] …
 */
#include "ingest/described_fields.h"

#include "core/address.h"

static enum app_kind unread(struct app_line *ret, const char *problem)
{
	ret->problem = problem;
	return APP_UNREAD;
}

/* Where, in ASCII letters of any case, `part` begins in `all`; or its size. */
static bool holds_nocase(struct slice all, struct slice part)
{
	for (size_t i = 0; i + part.size <= all.size; i++) {
		size_t n = 0;
		while (n < part.size && (all.at[i + n] | 0x20) == (part.at[n] | 0x20))
			n++;
		if (n == part.size)
			return true;
	}
	return false;
}

static bool is_word(const struct word *w, struct slice text)
{
	if (text.size < w->text.size)
		return false;
	size_t more = text.size - w->text.size;
	if (w->open_front && w->open_back)
		return holds_nocase(text, w->text);
	if (more > 0 && !w->open_front && !w->open_back)
		return false;
	return holds_nocase(slice_part(text, w->open_front ? more : 0, w->text.size), w->text);
}

static const struct word *find_word(const struct word words[], size_t count, struct slice text)
{
	for (size_t i = 0; i < count; i++)
		if (is_word(&words[i], text))
			return &words[i];
	return NULL;
}

bool described_url(struct slice url, struct slice *ret_host, uint64_t *ret_port)
{
	static const struct {
		const char *scheme;
		uint64_t port;
	} schemes[] = {{"https", 443}, {"http", 80}, {"wss", 443}, {"ws", 80}, {"ftp", 21}};
	size_t colon = slice_search(url, SLICE("://"));
	struct slice scheme = slice_part(url, 0, colon), rest = slice_part(url, colon + 3, url.size);
	size_t end = 0;
	while (end < rest.size && rest.at[end] != '/' && rest.at[end] != '?' && rest.at[end] != '#')
		end++;
	rest = slice_part(rest, 0, end);
	for (size_t at = slice_find(rest, '@'); at < rest.size; at = slice_find(rest, '@'))
		rest = slice_part(rest, at + 1, rest.size);
	*ret_port = 0;
	*ret_host = rest;
	app_split_port(ret_host, ret_port);
	if (*ret_port == 0)
		for (size_t i = 0; i < LENGTH(schemes); i++)
			if (slice_is_nocase(scheme, schemes[i].scheme))
				*ret_port = schemes[i].port;
	if (slice_starts(*ret_host, "[") && slice_ends(*ret_host, "]"))
		*ret_host = slice_part(*ret_host, 1, ret_host->size - 2);
	return app_is_host(*ret_host);
}

/* Without the interface of a link-local address, and the full stop of a whole name. */
static struct slice plain_host(struct slice host)
{
	size_t zone = slice_find(host, '%');
	host = slice_part(host, 0, zone);
	if (host.size > 1 && host.at[host.size - 1] == '.')
		host.size--;
	return host;
}

static const char *take_destination(const struct found *f, struct app_line *ret)
{
	struct slice host = plain_host(f->fields[FIELD_HOST]), dst = plain_host(f->fields[FIELD_DST]);
	struct slice url = f->fields[FIELD_URL];
	if (url.size && !described_url(url, &host, &ret->port))
		return "a URL without a host that can be read";
	if (!url.size && !f->fields[FIELD_PORT].size)
		app_split_port(host.size ? &host : &dst, &ret->port);
	ret->host = host.size ? host : dst;
	ret->dst = dst;
	if (ret->host.size && !app_is_host(ret->host))
		return "a destination that is neither address nor name";
	return NULL;
}

static const char *take_numbers(const struct found *f, struct app_line *ret)
{
	const struct slice *v = f->fields;
	if (v[FIELD_PORT].size && !slice_u64(v[FIELD_PORT], 65535, &ret->port))
		return "a port that is not 0 to 65535";
	if (v[FIELD_SPORT].size && !slice_u64(v[FIELD_SPORT], 65535, &ret->sport))
		return "a source port that is not 0 to 65535";
	if (v[FIELD_PID].size && !slice_u64(v[FIELD_PID], INT32_MAX, &ret->pid))
		return "a pid that is no number";
	if (v[FIELD_SUM].size && !slice_u64(v[FIELD_SUM], INT64_MAX, &ret->count))
		return "a count that is no number";
	return NULL;
}

/* By its word, or by the interfaces of a packet filter. */
static const char *take_direction(const struct description *d, const struct found *f, struct app_line *ret)
{
	static const char *const names[] = {"in", "out", "forward"};
	struct slice word = f->fields[FIELD_DIRECTION];
	bool in = f->fields[FIELD_IN].size > 0, out = f->fields[FIELD_OUT].size > 0;
	ret->direction = in && out ? "forward" : in ? "in" : out ? "out" : NULL;
	if (!word.size)
		return NULL;
	const struct word *w = find_word(d->directions, d->direction_count, word);
	for (size_t i = 0; i < LENGTH(names) && !w; i++)
		if (slice_is_nocase(word, names[i])) {
			ret->direction = names[i];
			return NULL;
		}
	if (w)
		ret->direction = names[w->value - WORD_IN];
	return w ? NULL : "a direction that is not described";
}

/* ret_other: the word says that it is about no connection. */
static const char *take_disposition(const struct description *d, const struct found *f, bool *ret_other,
				    struct app_line *ret)
{
	static const char *const names[] = {"allowed", "blocked", "logged"};
	struct slice text = f->fields[FIELD_DISPOSITION];
	const struct word *w = find_word(d->dispositions, d->disposition_count, text);
	*ret_other = w && w->value == WORD_OTHER;
	if (w) {
		ret->disposition = *ret_other ? names[0] : names[w->value];
		return NULL;
	}
	ret->disposition = slice_is(text, "logged") ? names[WORD_LOGGED] : app_disposition(text);
	return ret->disposition ? NULL : "a disposition that is not described";
}

enum app_kind described_finish(const struct description *d, const struct rule *rule, struct found *f,
			       struct app_line *ret)
{
	bool other = false;
	ret->port = ret->sport = ret->pid = ret->count = 0;
	ret->until_ns = f->until_ns;
	if (rule->other)
		return APP_OTHER;
	for (size_t i = 0; i < FIELDS; i++)
		if (!f->fields[i].size)
			f->fields[i] = rule->fixed[i];
	const char *problem = take_disposition(d, f, &other, ret);
	if (other)
		return APP_OTHER;
	const char *bad = take_destination(f, ret);
	problem = bad ? bad : problem;
	if (!problem)
		problem = take_numbers(f, ret);
	if (!problem)
		problem = take_direction(d, f, ret);
	if (!problem && !f->has_time)
		problem = "a connection without a time that can be read";
	if (problem)
		return unread(ret, problem);
	ret->src = plain_host(f->fields[FIELD_SRC]);
	if (!ret->host.size && !(ret->src.size && ret->direction))
		return APP_OTHER;
	ret->process = f->fields[FIELD_PROCESS];
	ret->proto = app_proto(f->fields[FIELD_PROTO]);
	ret->time_ns = f->time.ns;
	ret->time_flags = f->time.flags;
	return APP_EVENT;
}
