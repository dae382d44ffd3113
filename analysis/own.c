/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/own.h"

#include <string.h>

enum status own_load(struct store *store, struct own *ret, struct error *err)
{
	char text[ADDRESS_TEXT_MAX] = "";
	bool row = true;
	enum status status = OK;
	ret->count = 0;
	while (!status && row && ret->count < OWN_MAX) {
		char before[sizeof text];
		memcpy(before, text, sizeof text);
		sqlite3_stmt *q = store_query(store, QUERY_HOST_ADDRESS_NEXT);
		store_bind_text(q, 1, before);
		status = store_step(q, &row, err);
		row = row && !store_is_null(q, 0);
		if (!status && row && !slice_to_string(store_slice(q, 0), text, sizeof text))
			status = fail(err, ERR_STORE, "an address of this machine that is none");
		else if (!status && row && address_parse(slice_of_string(text), &ret->at[ret->count]))
			ret->count++;
		sqlite3_reset(q);
	}
	return status;
}

enum address_class own_class(const struct own *own, const struct address *a)
{
	enum address_class class = address_class(a);
	if (class == CLASS_LOOPBACK)
		return class;
	for (size_t i = 0; i < own->count; i++)
		if (address_equal(a, &own->at[i]))
			return CLASS_OWN;
	return class;
}
