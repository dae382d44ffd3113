/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/sign_objectives.h"

#include "cli/database.h"
#include "core/file.h"
#include "report/oscal.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static enum status read_one(const char *argument, char ret_id[static REVIEW_TEXT_MAX], struct review_objective *ret, struct error *err)
{
	struct slice whole = slice_of_string(argument);
	size_t at = slice_find(whole, '=');
	struct slice state = slice_part(whole, at < whole.size ? at + 1 : at, whole.size);
	ret->id = ret_id;
	ret->satisfied = slice_is(state, review_state_name(true));
	if (at > 0 && slice_to_string(slice_part(whole, 0, at), ret_id, REVIEW_TEXT_MAX) &&
	    (ret->satisfied || slice_is(state, review_state_name(false))))
		return OK;
	return fail(err, ERR_USAGE, "sign: --objective is ID=%s or ID=%s", review_state_name(true), review_state_name(false));
}

enum status sign_objectives_read(const struct argument_list *from, enum review_decision decision, struct sign_objectives *ret,
				 struct error *err)
{
	ret->ids = must_alloc(ARGUMENTS_LIST_MAX, REVIEW_TEXT_MAX);
	for (ret->count = 0; ret->count < from->count; ret->count++) {
		struct review_objective *o = &ret->at[ret->count];
		enum status status = read_one(from->at[ret->count], ret->ids + ret->count * REVIEW_TEXT_MAX, o, err);
		if (status)
			return status;
		if (o->satisfied && decision != REVIEW_ACCEPTED)
			return fail(err, ERR_USAGE, "sign: --objective %.200s=%s goes with --decision %s alone, not with %s", o->id,
				    review_state_name(true), review_decision_name(REVIEW_ACCEPTED), review_decision_name(decision));
		for (size_t i = 0; i < ret->count; i++)
			if (!strcmp(ret->at[i].id, o->id))
				return fail(err, ERR_USAGE, "sign: --objective %.200s stands there twice; a review has one word on it", o->id);
	}
	return OK;
}

enum status sign_objectives_check(int folder, const char *path, const struct sign_objectives *o, struct error *err)
{
	static const char *const places[] = {"audit.db", "derived/audit.db"}; /* as review_add() has them */
	AUTO_STORE struct store *store = NULL;
	char database[FILE_PATH_MAX];
	size_t place = 0;
	if (!o->count)
		return OK;
	while (place < LENGTH(places) && faccessat(folder, places[place], F_OK, AT_SYMLINK_NOFOLLOW) != 0)
		place++;
	if (place == LENGTH(places))
		return fail(err, ERR_NO_INPUT, "%s: holds no audit.db that tells which objectives there are; sign without --objective", path);
	if (snprintf(database, sizeof database, "%s/%s", path, places[place]) >= (int)sizeof database)
		return fail(err, ERR_USAGE, "%s: too long a path", path);
	enum status status = database_open(database, STORE_READ, &store, err);
	for (size_t i = 0; i < o->count && !status; i++) {
		bool known;
		status = oscal_objective_known(store, o->at[i].id, &known, err);
		if (!status && !known)
			status = fail(err, ERR_USAGE, "sign: --objective %.200s: the session knows no objective of that name "
				      "(\"SC.L2-3.13.6_obj.a\" is one; report.oscal.json names them)", o->at[i].id);
	}
	return status;
}
