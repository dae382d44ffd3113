/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/schedule_state.h"

#include "core/json.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>

enum { STATE_MAX = 1 << 20 };

static bool take_word(const struct json_value *v, char *ret, size_t capacity)
{
	char buffer[SCHEDULE_TROUBLE_MAX];
	struct slice word;
	return json_string(v, buffer, sizeof buffer, &word) && slice_to_string(word, ret, capacity);
}

static bool take_time(const struct json_value *v, int64_t *ret)
{
	return json_i64(v, ret) && *ret > 0;
}

static bool is_there(const struct json_value *v)
{
	return v->type != JSON_ABSENT && v->type != JSON_NULL;
}

static bool take_last(const struct json_value *v, struct schedule_state *ret)
{
	struct json_member wanted[] = {{.key = "id"}, {.key = "verdict"}, {.key = "ended_ns"}};
	return !json_read_object(v->raw, wanted, LENGTH(wanted), NULL) && take_time(&wanted[2].value, &ret->ended_ns) &&
	       take_word(&wanted[0].value, ret->id, sizeof ret->id) &&
	       take_word(&wanted[1].value, ret->verdict, sizeof ret->verdict);
}

static bool take_trouble(const struct json_value *v, struct schedule_state *ret)
{
	struct json_member wanted[] = {{.key = "time_ns"}, {.key = "what"}};
	return !json_read_object(v->raw, wanted, LENGTH(wanted), NULL) && take_time(&wanted[0].value, &ret->trouble_ns) &&
	       take_word(&wanted[1].value, ret->trouble, sizeof ret->trouble);
}

bool schedule_state_parse(struct slice text, struct schedule_state *ret)
{
	struct json_member wanted[] = {{.key = "last"}, {.key = "trouble"}};
	const struct json_value *last = &wanted[0].value, *trouble = &wanted[1].value;
	return !json_read_object(text, wanted, LENGTH(wanted), NULL) && (!is_there(last) || take_last(last, ret)) &&
	       (!is_there(trouble) || take_trouble(trouble, ret));
}

/* XDG Base Directory Specification */
static bool state_path(const char *root, bool user, char ret[static FILE_PATH_MAX])
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME"), *above = root ? root : "";
	int size = -1;
	if (!user)
		size = snprintf(ret, FILE_PATH_MAX, "%s/var/lib/airgap-verify/state.json", above);
	else if (state && state[0] == '/')
		size = snprintf(ret, FILE_PATH_MAX, "%s%s/airgap-verify/state.json", above, state);
	else if (home && home[0] == '/')
		size = snprintf(ret, FILE_PATH_MAX, "%s%s/.local/state/airgap-verify/state.json", above, home);
	return size > 0 && size < FILE_PATH_MAX;
}

void schedule_state_read(const char *root, bool user, struct schedule_state *ret)
{
	AUTO_TEXT struct text text = text_make(STATE_MAX);
	struct error err = {0};
	*ret = (struct schedule_state){0};
	if (!state_path(root, user, ret->path)) {
		ret->path[0] = 0;
		snprintf(ret->why, sizeof ret->why, "there is no home folder (HOME is not set)");
		return;
	}
	enum status status = file_read(AT_FDCWD, ret->path, STATE_MAX, &text, &err);
	ret->known = !status && schedule_state_parse(text_slice(&text), ret);
	if (status == ERR_NO_INPUT)
		snprintf(ret->why, sizeof ret->why, "no audit has ended yet (%s is not there)", ret->path);
	else if (status == ERR_PERMISSION)
		snprintf(ret->why, sizeof ret->why, "%s is not yours to read: run with sudo", ret->path);
	else if (status)
		snprintf(ret->why, sizeof ret->why, "%s", err.text);
	else if (!ret->known)
		snprintf(ret->why, sizeof ret->why, "%s is damaged: the next audit writes it anew", ret->path);
}
