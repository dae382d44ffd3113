/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/collectors_table.h"

#include "cli/collect.h"

#include <string.h>

enum { ANSWER_MAX = 1 << 16 };

static bool read_row(const struct json_value *v, struct collector_row *ret)
{
	struct json_member m[] = {{.key = "name"},   {.key = "witnesses"}, {.key = "needs"},
				  {.key = "detail"}, {.key = "remedy"},	   {.key = "works"}};
	char *const fields[] = {ret->name, ret->witnesses, ret->needs, ret->detail, ret->remedy};
	const size_t sizes[] = {sizeof ret->name, sizeof ret->witnesses, sizeof ret->needs,
				sizeof ret->detail, sizeof ret->remedy};
	*ret = (struct collector_row){0};
	if (v->type != JSON_OBJECT || json_read_object(v->raw, m, LENGTH(m), NULL))
		return false;
	for (size_t i = 0; i < LENGTH(fields); i++) {
		char buffer[1024];
		struct slice plain;
		if (json_string(&m[i].value, buffer, sizeof buffer, &plain))
			slice_to_string(plain, fields[i], sizes[i]);
	}
	json_bool(&m[5].value, &ret->works);
	return ret->name[0] != 0;
}

enum status collectors_table(bool probing, struct collector_row ret[static COLLECTOR_ROWS_MAX],
			     size_t *ret_count, struct error *err)
{
	AUTO_TEXT struct text answer = text_make(ANSWER_MAX);
	struct json_value all, row;
	*ret_count = 0;
	enum status status = collect_ask(probing ? "probe" : "list", &answer, err);
	if (status)
		return status;
	if (json_read(text_slice(&answer), &all, NULL) || all.type != JSON_ARRAY)
		return fail(err, ERR_INTERNAL, "airgap-collect answered with something else");
	for (struct cursor c = json_array(&all); *ret_count < COLLECTOR_ROWS_MAX && json_next(&c, &row);)
		*ret_count += read_row(&row, &ret[*ret_count]);
	return OK;
}

bool collectors_table_works(const struct collector_row rows[], size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(rows[i].name, name))
			return rows[i].works;
	return false;
}
