/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Event traces of Windows (.etl): buffers of events (buffer.c), each with a header of one
 * of a dozen layouts (event.c), the first of all telling what the stamps of the others
 * mean (logfile.c). Events stand in order in a buffer, and those of one processor from
 * buffer to buffer; nothing is in order between processors, so that rows carry the time
 * and no reader below relies on what came before but for one processor.
 */
#include "ingest/etl/trace.h"
#include "ingest/registry.h"

enum {
	CERTAIN = 100,
};

static unsigned sniff_etl(struct slice first)
{
	return buffers_look_right(first) ? CERTAIN : 0;
}

static enum status note_loss(struct trace *t, const struct buffer *b, struct error *err)
{
	enum status status = OK;
	if (b->flags & BUFFER_EVENTS_LOST)
		status = ingest_skip(t->to, "events were lost before a buffer", t->number, slice_of(NULL, 0), err);
	if (!status && (b->flags & BUFFER_BUFFER_LOST))
		status = ingest_skip(t->to, "a buffer was lost before another one", t->number, slice_of(NULL, 0), err);
	return status;
}

static enum status read_event(struct trace *t, struct event *e, struct error *err)
{
	t->time_ns = e->has_stamp ? logfile_time(&t->log, e->stamp) : 0;
	return trace_event(t, e, err);
}

static enum status read_buffer(struct trace *t, const struct buffer *b, struct error *err)
{
	struct cursor c = cursor_over(b->events);
	struct event e, first_unknown;
	uint64_t unknown = 0, first = 0;
	enum status status = note_loss(t, b, err);
	t->processor = b->processor;
	enum event_step step = EVENT_READ;
	while (!status && step != EVENT_BROKEN && (step = event_next(&c, &e)) != EVENT_END) {
		t->number++;
		if (step == EVENT_READ) {
			status = read_event(t, &e, err);
		} else if (step == EVENT_UNKNOWN && unknown++ == 0) {
			first_unknown = e;
			first = t->number;
		}
	}
	if (!status && unknown > 0)
		status = ingest_skip_many(t->to, "an event with a header that is not known", unknown, first,
					  first_unknown.payload, err);
	if (status || step != EVENT_BROKEN)
		return status;
	return ingest_skip(t->to, b->problem ? "an event that is cut off" : "a buffer that holds other things than events",
			   t->number, e.payload, err);
}

/* What the trace itself says it has not. */
static enum status note_log_loss(struct trace *t, struct error *err)
{
	enum status status = OK;
	if (t->log.events_lost > 0)
		status = ingest_skip_many(t->to, "an event that the trace lost while it was made", t->log.events_lost, 1,
					  slice_of(NULL, 0), err);
	if (!status && t->log.buffers_lost > 0)
		status = ingest_skip_many(t->to, "a buffer that the trace lost while it was made", t->log.buffers_lost, 1,
					  slice_of(NULL, 0), err);
	return status;
}

/* The log header is the first event of all. */
static enum status read_log(struct trace *t, const struct buffer *b, struct error *err)
{
	struct cursor c = cursor_over(b->events);
	struct event e;
	if (b->type == BUFFER_TYPE_HEADER && event_next(&c, &e) == EVENT_READ && logfile_read(&e, &t->log))
		return note_log_loss(t, err);
	return ingest_skip(t->to, "no log header: the times of the events are not known", 0, slice_of(NULL, 0), err);
}

static enum status read_buffers(struct trace *t, struct buffers *bs, struct error *err)
{
	struct buffer b;
	enum status status = OK;
	for (bool first = true; !status && buffers_next(bs, &b); first = false) {
		if (first)
			status = read_log(t, &b, err);
		if (!status)
			status = read_buffer(t, &b, err);
		if (!status && b.problem)
			status = ingest_skip(t->to, b.problem, t->number, slice_of(NULL, 0), err);
	}
	return status;
}

static enum status read_etl(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	struct buffers bs = {.in = in};
	struct trace *t = trace_new(to);
	enum status status = read_buffers(t, &bs, err);
	if (!status)
		status = trace_end(t, err);
	*ret_records = t->number;
	buffers_close(&bs);
	trace_free(t);
	return status;
}

const struct reader reader_etl = {
	.name = "etl",
	.reads = "an event trace of Windows (netsh trace, pktmon, logman, PerfView, wpr)",
	.writes = ROW_WRITES_TRACE | ROW_WRITES_CAPTURE, /* it may hold packets */
	.sniff = sniff_etl,
	.read = read_etl,
};
