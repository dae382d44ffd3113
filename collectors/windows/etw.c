/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The witness of Windows' own events: connections, datagrams, names asked for, processes.
 * Windows hands them to a thread of their own, which copies them and must not wait; the
 * session's thread writes them into the evidence as they are. Reading them is left to
 * whoever reads the evidence.
 */
#include "collectors/registry.h"

#include "collectors/windows/etw_ring.h"
#include "collectors/windows/etw_session.h"
#include "core/windows/failure.h"
#include "core/windows/wide.h"

#include <evntrace.h>
#include <evntcons.h>

#include <stdlib.h>
#include <string.h>

enum {
	RING_BYTES = 16 << 20,
	DRAIN_MAX = 20000,  /* events written at a time */
	STOP_WAIT_MS = 10000,
	STOP_STEP_MS = 20,
};

struct etw {
	struct watch *w;
	struct etw_session session;
	struct etw_ring *ring;
	TRACEHANDLE consumer;
	HANDLE thread;
	uint64_t lost; /* by the session, as it was told last: what was lost stays lost */
	bool dead;
	unsigned char data[ETW_DATA_MAX];
};

static void WINAPI take_event(EVENT_RECORD *e)
{
	struct etw *t = e->UserContext;
	const EVENT_HEADER *h = &e->EventHeader;
	struct etw_record r = {
		.filetime = h->TimeStamp.QuadPart,
		.keyword = h->EventDescriptor.Keyword,
		.pid = h->ProcessId,
		.tid = h->ThreadId,
		.id = h->EventDescriptor.Id,
		.flags = h->Flags,
		.version = h->EventDescriptor.Version,
		.level = h->EventDescriptor.Level,
		.opcode = h->EventDescriptor.Opcode,
		.size = e->UserDataLength,
	};
	_Static_assert(sizeof h->ProviderId == sizeof r.provider, "a GUID has 16 bytes");
	memcpy(r.provider, &h->ProviderId, sizeof r.provider);
	etw_ring_put(t->ring, &r, slice_of(e->UserData, e->UserDataLength)); /* what does not fit is counted there */
}

static DWORD WINAPI consume(void *state)
{
	struct etw *t = state;
	return ProcessTrace(&t->consumer, 1, NULL, NULL);
}

static enum status start_consumer(struct etw *t, struct error *err)
{
	wchar_t name[ETW_NAME_MAX];
	if (!wide_from(t->session.name, name, ETW_NAME_MAX))
		return fail(err, ERR_INTERNAL, "%s: no name of an event trace session", t->session.name);
	EVENT_TRACE_LOGFILEW file = {.LoggerName = name, .Context = t};
	file.ProcessTraceMode = PROCESS_TRACE_MODE_REAL_TIME | PROCESS_TRACE_MODE_EVENT_RECORD;
	file.EventRecordCallback = take_event;
	t->consumer = OpenTraceW(&file);
	if (t->consumer == INVALID_PROCESSTRACE_HANDLE)
		return fail_windows(err, ERR_UNAVAILABLE, GetLastError(), "the event trace session cannot be read");
	t->thread = CreateThread(NULL, 0, consume, t, 0, NULL);
	if (t->thread)
		return OK;
	enum status status = fail_windows(err, ERR_UNAVAILABLE, GetLastError(), "no thread to read events with");
	CloseTrace(t->consumer);
	return status;
}

/* The consumer first: what the providers say before anybody listens would only wait. */
static enum status begin(struct etw *t, struct error *err)
{
	enum status status = etw_session_open(&t->session, t->w->options, err);
	if (!status)
		status = start_consumer(t, err);
	if (!status)
		status = etw_session_enable(&t->session, err);
	return status;
}

/* At most so many at a time; false: none is left. */
static bool write_events(struct etw *t)
{
	struct etw_record r;
	size_t size;
	int count = 0;
	for (; count < DRAIN_MAX && etw_ring_take(t->ring, &r, t->data, &size); count++)
		etw_record_write(t->w->evidence, &r, slice_of(t->data, size));
	return count == DRAIN_MAX;
}

/* Windows hands out the rest once the session has ended; it is written meanwhile, so that
 * nothing of it finds the ring full. False: the thread goes on, and needs what it uses. */
static bool finish(struct etw *t)
{
	uint64_t lost = etw_session_close(&t->session);
	t->lost = lost > t->lost ? lost : t->lost;
	if (!t->thread)
		return true;
	bool ended = false;
	for (int waited = 0; !ended && waited < STOP_WAIT_MS; waited += STOP_STEP_MS) {
		ended = WaitForSingleObject(t->thread, STOP_STEP_MS) == WAIT_OBJECT_0;
		while (t->w->evidence && write_events(t))
			;
	}
	CloseTrace(t->consumer);
	CloseHandle(t->thread);
	return ended;
}

static void release(struct etw *t)
{
	etw_ring_free(t->ring);
	free(t);
}

static enum status etw_open(struct watch *w, void **ret_state, struct error *err)
{
	struct etw *t = must_alloc(1, sizeof *t);
	t->w = w;
	t->ring = etw_ring_new(RING_BYTES);
	enum status status = begin(t, err);
	if (!status) {
		*ret_state = t;
		return OK;
	}
	if (finish(t))
		release(t);
	/* what is missing is told as what it needs */
	return err->status = status == ERR_PERMISSION ? ERR_UNAVAILABLE : status;
}

static void write_provider(struct json *j, const struct etw_provider *p)
{
	unsigned char guid[ETW_GUID_SIZE];
	char text[ETW_GUID_TEXT_MAX];
	memcpy(guid, &p->guid, sizeof guid);
	etw_guid_text(guid, text);
	json_begin_object(j, NULL);
	json_add_string(j, "provider", text);
	json_add_u64(j, "keyword", p->keyword);
	if (p->problem)
		json_add_string(j, "problem", p->problem);
	json_end_object(j);
}

static void etw_start(void *state)
{
	struct etw *t = state;
	const struct etw_session *s = &t->session;
	struct json *j = evidence_begin(t->w->evidence, "etw_session", clock_now().wall_ns);
	json_add_string(j, "name", s->name);
	json_add_i64(j, "pid", t->w->suite);
	if (t->w->options->trace)
		json_add_string(j, "path", t->w->options->trace);
	json_begin_array(j, "providers");
	for (size_t i = 0; i < ETW_PROVIDERS; i++)
		write_provider(j, &s->providers[i]);
	json_end_array(j);
	evidence_end(t->w->evidence);
	for (size_t i = 0; i < ETW_PROVIDERS; i++)
		watch_witness(t->w, "etw", s->providers[i].part, s->providers[i].problem ? "missing" : "on",
			      s->providers[i].problem ? s->providers[i].problem : "", "");
}

/* Anybody who may make such a session may end it. */
static void note_end(struct etw *t)
{
	DWORD code = 0;
	char why[256];
	t->dead = true;
	GetExitCodeThread(t->thread, &code);
	failure_text(code, why, sizeof why);
	watch_witness(t->w, "etw", NULL, "died", code ? why : "somebody ended its event trace session", "");
}

static void etw_drain(void *state)
{
	struct etw *t = state;
	(void)write_events(t);
	if (!t->dead && WaitForSingleObject(t->thread, 0) == WAIT_OBJECT_0)
		note_end(t);
}

static uint64_t etw_lost(void *state)
{
	struct etw *t = state;
	uint64_t lost = etw_session_lost(&t->session);
	t->lost = lost > t->lost ? lost : t->lost;
	return t->lost + etw_ring_lost(t->ring);
}

static uint64_t etw_stop(void *state)
{
	struct etw *t = state;
	bool ended = finish(t);
	uint64_t lost = etw_lost(t);
	if (!ended && !t->dead)
		watch_witness(t->w, "etw", NULL, "died", "its events did not come to an end", "");
	if (ended)
		release(t);
	return lost;
}

static bool etw_alive(void *state)
{
	const struct etw *t = state;
	return !t->dead;
}

/* All the way: a session that is made may still not be for us to read. */
static void etw_probe(struct probe *ret)
{
	const struct watch_options options = {.folder = ".", .id = "probe"};
	struct watch w = {.options = &options, .folder = -1};
	struct error err = {0};
	void *state = NULL;
	enum status status = etw_open(&w, &state, &err);
	ret->works = !status;
	slice_to_string(status ? slice_of_string(err.text) : SLICE("event trace sessions can be made"), ret->detail,
			sizeof ret->detail);
	if (status)
		slice_to_string(SLICE("run as Administrator, or as a member of Performance Log Users"), ret->remedy,
				sizeof ret->remedy);
	else if (finish(state))
		release(state);
}

const struct collector collector_etw = {
	.name = "etw",
	.witnesses = "the events of Windows about connections, datagrams, names asked for and processes",
	.needs = "to be run as Administrator, or as a member of Performance Log Users",
	.canaries = true,
	.probe = etw_probe,
	.open = etw_open,
	.start = etw_start,
	.drain = etw_drain,
	.stop = etw_stop,
	.lost = etw_lost,
	.alive = etw_alive,
};
