/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/run_settings.h"

#include <stdio.h>
#include <string.h>

void run_settings_usual(struct run_settings *s)
{
	memset(s, 0, sizeof *s);
	snprintf(s->tier, sizeof s->tier, "auto");
	for (size_t i = 0; i < TASK_SUITES; i++)
		s->suites[i] = true;
	for (size_t i = 0; i < TASK_LANGUAGES; i++)
		s->languages[i] = true;
	for (size_t i = 0; i < TASK_DIFFICULTIES; i++)
		s->difficulties[i] = true;
	s->seed = 1;
	s->samples = 1;
	s->context = 8192;
	s->tokens_max = 4096;
	s->timeout_ms = 600 * 1000;
	s->repeats = 3;
}

const char *run_settings_suite(size_t i)
{
	return task_suite_name((enum task_suite)i);
}

const char *run_settings_language(size_t i)
{
	return task_language_name((enum task_language)i);
}

const char *run_settings_difficulty(size_t i)
{
	return task_difficulty_name((enum task_difficulty)i);
}

bool run_settings_temperature(struct slice text, unsigned *ret_milli)
{
	enum { MOST = 2, DIGITS = 3 };
	size_t point = slice_find(text, '.');
	struct slice behind = slice_part(text, point + 1, text.size);
	uint64_t whole, part = 0;
	if (!slice_u64(slice_part(text, 0, point), MOST, &whole) || behind.size > DIGITS)
		return false;
	if (point < text.size && !slice_u64(behind, 999, &part))
		return false;
	for (size_t i = behind.size; i < DIGITS; i++)
		part *= 10;
	*ret_milli = (unsigned)(whole * 1000 + part);
	return *ret_milli <= MOST * 1000;
}

void run_settings_model(const char *wanted, char name[static SERVER_NAME_MAX], char url[static SERVER_NAME_MAX])
{
	static const char *const schemes[] = {"@http://", "@unix:"};
	struct slice all = slice_of_string(wanted);
	size_t at = all.size;
	for (size_t i = 0; i < LENGTH(schemes); i++) {
		size_t found = slice_search(all, slice_of_string(schemes[i]));
		at = found < at ? found : at;
	}
	slice_to_string(slice_part(all, 0, at), name, SERVER_NAME_MAX);
	slice_to_string(slice_part(all, at + 1, all.size), url, SERVER_NAME_MAX);
}
