/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/posture_mask.h"

enum { NAME_MAX_MASK = 128, USER_MAX = 512 };

static const char *const endings[] = {"key", "keys", "token", "secret", "password", "passwd",
				      "passphrase", "credential", "credentials", "authorization",
				      "cookie"};

/* Beginnings of the names of variables that say where a client or server turns to. */
static const char *const variables[] = {
	"http_proxy=", "https_proxy=", "all_proxy=", "ftp_proxy=", "no_proxy=", "OLLAMA_", "LMSTUDIO_",
	"LLAMA_ARG_", "VLLM_", "HF_HUB_OFFLINE=", "TRANSFORMERS_OFFLINE=", "OPENAI_BASE_URL=",
	"OPENAI_API_BASE=", "ANTHROPIC_BASE_URL=", "AIDER_", "CLAUDE_CODE_", "DISABLE_TELEMETRY=",
	"DISABLE_AUTOUPDATER=", "DISABLE_ERROR_REPORTING=", "DO_NOT_TRACK=", "OPENCODE_",
};

static bool is_name(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-' || c == '.';
}

bool posture_is_secret(struct slice name)
{
	for (size_t i = 0; i < LENGTH(endings); i++) {
		size_t size = strlen(endings[i]);
		if (size <= name.size &&
		    slice_is_nocase(slice_part(name, name.size - size, size), endings[i]))
			return true;
	}
	return false;
}

static bool is_blank(unsigned char c)
{
	return c == ' ' || c == '\t';
}

/* How much of `rest` lies between a name and its value: a quote, blanks, ':' or '=';
 * 0 where no value follows on the line. */
static size_t gap(struct slice rest)
{
	size_t at = 0;
	bool mark = false;
	for (; at < rest.size && at < NAME_MAX_MASK; at++) {
		unsigned char c = rest.at[at];
		if (!mark && (c == ':' || c == '='))
			mark = true;
		else if (!is_blank(c) && (mark || at > 0 || (c != '"' && c != '\'')))
			break;
	}
	return mark ? at : 0;
}

/* The length of a value, and whether it is one of those that stay. */
static size_t value_size(struct slice rest, bool *ret_quoted)
{
	unsigned char quote = rest.size ? rest.at[0] : 0;
	size_t at = 0;
	*ret_quoted = quote == '"' || quote == '\'';
	if (!*ret_quoted) {
		while (at < rest.size && rest.at[at] != '\n' && rest.at[at] != '\r' && rest.at[at] != ',' &&
		       rest.at[at] != '}')
			at++;
		return at;
	}
	for (at = 1; at < rest.size && rest.at[at] != quote && rest.at[at] != '\n'; at++)
		if (rest.at[at] == '\\')
			at++;
	return at < rest.size ? at : rest.size;
}

static bool stays(struct slice value)
{
	return value.size == 0 || value.at[0] == '{' || value.at[0] == '[' || slice_is(value, "true") ||
	       slice_is(value, "false") || slice_is(value, "null");
}

/* Copies what follows a secret's name up to and with its value; the number of bytes of
 * `rest` that were used up. */
static size_t mask_value(struct slice rest, struct text *ret)
{
	bool quoted;
	size_t lead = gap(rest);
	if (lead == 0)
		return 0;
	struct slice value = slice_part(rest, lead, rest.size);
	size_t size = value_size(value, &quoted);
	text_add(ret, slice_part(rest, 0, lead));
	if (stays(slice_trim(slice_part(value, 0, size))))
		return lead;
	if (quoted)
		text_add(ret, slice_part(value, 0, 1));
	text_add_string(ret, POSTURE_MASKED);
	return lead + size;
}

/* The length of what stands between "://" and the last '@' before a blank, a quote or a
 * '/'; 0 where there is none. */
static size_t user_size(struct slice rest)
{
	size_t size = 0;
	for (size_t i = 0; i < rest.size && i < USER_MAX; i++) {
		unsigned char c = rest.at[i];
		if (c == '@')
			size = i;
		if (c == '/' || c == '"' || c == '\'' || c <= ' ')
			break;
	}
	return size;
}

static bool ends_host(unsigned char c)
{
	return c == '#' || c == '?' || c == '\\' || c == '@';
}

/* "vendor.com#@localhost" is a host, not a user, for most: what may be one in front of
 * '#', '?' or '\' stays as long as no password can be in it, and so do these. */
static void mask_user(struct slice user, struct text *ret)
{
	bool first = true;
	for (size_t at = 0, size = 0; at <= user.size; at += size + 1, first = false) {
		for (size = 0; at + size < user.size && !ends_host(user.at[at + size]); size++)
			continue;
		struct slice part = slice_part(user, at, size);
		bool host = first && at + size < user.size && user.at[at + size] != '@' &&
			    slice_find(part, ':') == part.size;
		if (host)
			text_add(ret, part);
		else if (part.size)
			text_add_string(ret, POSTURE_MASKED);
		text_add(ret, slice_part(user, at + size, 1));
	}
}

void posture_mask(struct slice in, struct text *ret)
{
	for (size_t at = 0; at < in.size;) {
		size_t size = 0;
		struct slice rest = slice_part(in, at, in.size);
		while (size < rest.size && is_name(rest.at[size]))
			size++;
		if (size == 0) {
			bool url = slice_starts(rest, "://");
			size = url ? 3 : 1;
			text_add(ret, slice_part(rest, 0, size));
			at += size;
			size_t user = url ? user_size(slice_part(in, at, in.size)) : 0;
			if (user)
				mask_user(slice_part(in, at, user), ret);
			at += user;
			continue;
		}
		struct slice name = slice_part(rest, 0, size);
		text_add(ret, name);
		at += size;
		if (posture_is_secret(name))
			at += mask_value(slice_part(in, at, in.size), ret);
	}
}

bool posture_is_variable(struct slice entry)
{
	for (size_t i = 0; i < LENGTH(variables); i++)
		if (slice_is_nocase(slice_part(entry, 0, strlen(variables[i])), variables[i]))
			return true;
	return false;
}

void posture_keep_variables(struct slice in, struct text *ret)
{
	struct cursor c = cursor_over(in);
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		struct slice entry = slice_trim(line);
		if (slice_starts(entry, "export "))
			entry = slice_trim(slice_part(entry, 7, entry.size));
		if (!posture_is_variable(entry))
			continue;
		text_add(ret, entry);
		text_add_char(ret, '\n');
	}
}
