/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_run.h"

#include "cli/watch_command.h"
#include "cli/watch_screen.h"
#include "core/clock.h"

enum {
	TICK_MS = 250,     /* between two pictures */
	STEP_MS = 50,      /* of reading, between two looks at the keys */
	SOON_MS = 5,       /* and of waiting, where more is to come at once */
	SEEK_S = 10,
	MESSAGE_MS = 4000, /* that a message stands there */
};

static const unsigned speeds[] = {1, 2, 5, 10, 60, 600, 0};

struct watching {
	struct watch_source *source;
	const struct watch_options *options;
	struct watch_model *model;
	struct watch_view view;
	struct watch_page *page;
	struct watch_status status;
	struct watch_ending end;
	int64_t ticked_ns, drawn_ns, message_ns; /* monotonic */
	bool busy; /* there is more to be read at once */
	bool quit;
};

static void say(struct watching *w, const char *text)
{
	w->status.message = text;
	w->message_ns = clock_mono();
}

/* From the start on, and up to that time as fast as it goes. */
static void seek(struct watching *w, int64_t to_ns)
{
	struct error err = {0};
	if (!w->status.replay) {
		say(w, "this session is not being replayed: it is followed while it runs");
		return;
	}
	int64_t first = w->model->started_ns;
	w->status.paused = w->status.paused || !w->status.speed; /* else it would be at the end again at once */
	bool back = to_ns < w->status.at_ns;
	w->status.at_ns = to_ns > first ? to_ns : first;
	if (!back)
		return;
	watch_model_clear(w->model);
	w->status.ended = false;
	if (watch_source_start(w->source, false, &err))
		say(w, "the files of the session can no longer be read");
}

static void change_speed(struct watching *w, bool faster)
{
	size_t at = 0;
	while (at + 1 < LENGTH(speeds) && speeds[at] != w->status.speed && (speeds[at] < w->status.speed || !w->status.speed))
		at++;
	if (faster && at + 1 < LENGTH(speeds))
		at++;
	if (!faster && at > 0)
		at--;
	w->status.speed = speeds[at];
}

/* Once ends what was begun for the watch, and stays to see it; twice, or where nothing was
 * begun, the screen goes. */
static void quit(struct watching *w)
{
	struct watch_command *c = w->options->command;
	w->quit = !c || c->pid == 0 || c->asked > 0;
	if (w->quit)
		return;
	watch_command_ask_end(c, true);
	say(w, "the session is being ended; q once more leaves the screen");
}

static void show_command(struct watching *w)
{
	struct watch_command *c = w->options->command;
	if (!c)
		return;
	w->status.output = text_slice(&c->tail);
	if (c->failure.status)
		say(w, c->failure.text);
	else if (c->pid == 0)
		say(w, "the session has ended: q leaves the screen and tells the verdict");
	else if (w->status.ended)
		say(w, "all is seen; the report is being written");
}

static void act(struct watching *w, enum watch_action action)
{
	switch (action) {
	case WATCH_ACTION_QUIT:
		quit(w);
		break;
	case WATCH_ACTION_PAUSE:
		if (w->status.replay)
			w->status.paused = !w->status.paused;
		else
			w->view.frozen = !w->view.frozen;
		break;
	case WATCH_ACTION_BACK:
		seek(w, w->status.at_ns - SEEK_S * CLOCK_SECOND);
		break;
	case WATCH_ACTION_AHEAD:
		seek(w, w->status.at_ns + SEEK_S * CLOCK_SECOND);
		break;
	case WATCH_ACTION_START:
		seek(w, 0);
		break;
	case WATCH_ACTION_SLOWER:
	case WATCH_ACTION_FASTER:
		change_speed(w, action == WATCH_ACTION_FASTER);
		break;
	case WATCH_ACTION_NONE:
		break;
	}
}

/* How far the replay may go now. */
static int64_t limit_of(struct watching *w, int64_t now)
{
	struct watch_status *s = &w->status;
	int64_t passed = now - w->ticked_ns;
	if (!s->replay || (!s->speed && !s->paused))
		return INT64_MAX;
	if (!s->paused && s->at_ns && !s->ended)
		s->at_ns += passed * s->speed;
	return s->at_ns;
}

static void read_on(struct watching *w)
{
	struct watch_status *s = &w->status;
	int64_t now = clock_mono(), limit = w->view.frozen ? 0 : limit_of(w, now);
	w->ticked_ns = now;
	w->busy = false;
	if (w->view.frozen)
		return;
	w->busy = watch_source_step(w->source, w->model, limit, now + STEP_MS * CLOCK_MILLISECOND, NULL, NULL);
	watch_notice_end(w->source, w->model, &w->end);
	s->ended = watch_source_ended(w->source);
	s->silent_ns = now - w->source->heard_ns;
	if (!s->at_ns)
		s->at_ns = w->source->next_ns ? w->source->next_ns : w->model->now_ns;
	if (s->ended || limit == INT64_MAX)
		s->at_ns = w->model->now_ns;
	if (s->ended && w->source->failure.status)
		say(w, w->source->failure.text);
}

static void draw(struct watching *w, int64_t now, bool asked)
{
	bool due = now - w->drawn_ns >= TICK_MS * CLOCK_MILLISECOND;
	if (!asked && !due)
		return;
	if (w->status.message && now - w->message_ns > MESSAGE_MS * CLOCK_MILLISECOND)
		w->status.message = NULL;
	show_command(w);
	watch_screen_size(w->page);
	watch_view_refresh(&w->view, w->model, now);
	watch_page_draw(w->page, w->model, &w->view, &w->status);
	watch_screen_put(w->page);
	w->drawn_ns = now;
}

/* Nobody looks any more: what was begun for it has nobody either. */
static void leave(struct watching *w)
{
	if (w->options->command)
		watch_command_ask_end(w->options->command, true);
}

static void run(struct watching *w)
{
	bool asked = true;
	while (!w->quit && !watch_is_over(w->options)) {
		read_on(w);
		draw(w, clock_mono(), asked);
		unsigned key = watch_screen_key(w->busy ? SOON_MS : TICK_MS);
		if (key == WATCH_KEY_GONE) {
			leave(w);
			break;
		}
		asked = key != WATCH_KEY_NONE;
		if (asked)
			act(w, watch_view_key(&w->view, key));
	}
}

enum status watch_on_screen(struct watch_source *s, const struct watch_options *o, struct error *err)
{
	enum status status = watch_screen_open(err);
	if (status)
		return status;
	struct watching w = {
		.source = s,
		.options = o,
		.model = watch_model_new(),
		.page = watch_page_new(),
		.status = {.folder = o->folder, .replay = o->replay, .speed = o->speed, .what = o->command ? o->command->what : NULL},
		.ticked_ns = clock_mono(),
	};
	watch_view_start(&w.view);
	w.view.all = o->all;
	run(&w);
	watch_screen_close();
	watch_view_free(&w.view);
	watch_page_free(w.page);
	watch_model_free(w.model);
	return OK;
}
