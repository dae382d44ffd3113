/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events of Windows (the Event schema, eventschema.xsd), as wevtutil and Get-WinEvent
 * print them and the Event Viewer saves them:
 *
 *   <Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">
 *     <System>
 *       <Provider Name="Microsoft-Windows-Sysmon" Guid="…"/> <EventID>3</EventID> …
 *       <TimeCreated SystemTime="2026-11-23T12:03:05.123456700Z"/> …
 *     </System>
 *     <EventData> <Data Name="Image">C:\a.exe</Data> … </EventData>
 *     <RenderingInfo Culture="de-DE"> … </RenderingInfo>
 *   </Event>
 *
 * What stands in RenderingInfo was put into the language of some machine: not looked at.
 */
#include "ingest/event_record.h"

#include "core/error.h"
#include "ingest/xml.h"

enum part { PART_NONE, PART_SYSTEM, PART_DATA };

struct reading {
	struct event_record *record;
	enum part part;
	struct slice *to; /* where the text of the element goes; NULL: nowhere */
	size_t from;      /* where in the buffer it begins */
	size_t used;
	char *buffer;
};

static const struct {
	const char *name; /* in any case: ProcessId, ProcessID */
	enum event_field field;
} names[] = {
	{"UtcTime", EVENT_UTC_TIME},	 {"ProcessId", EVENT_PID},	    {"Image", EVENT_IMAGE},
	{"Application", EVENT_IMAGE},	 {"Protocol", EVENT_PROTOCOL},	    {"Initiated", EVENT_INITIATED},
	{"Direction", EVENT_DIRECTION},	 {"LayerRTID", EVENT_LAYER},	    {"SourceIp", EVENT_SOURCE},
	{"SourceAddress", EVENT_SOURCE}, {"SourcePort", EVENT_SOURCE_PORT}, {"DestinationIp", EVENT_DEST},
	{"DestAddress", EVENT_DEST},	 {"DestinationPort", EVENT_DEST_PORT}, {"DestPort", EVENT_DEST_PORT},
	{"QueryName", EVENT_QUERY_NAME},
};

/* The value of an attribute, with its references resolved. */
static bool attribute(struct reading *r, const struct xml_token *t, const char *wanted, struct slice *ret)
{
	struct cursor c = cursor_over(t->attributes);
	struct slice name, value;
	while (xml_attribute(&c, &name, &value)) {
		if (!slice_is(name, wanted))
			continue;
		size_t from = r->used;
		if (!xml_text(value, false, r->buffer, EVENT_TEXT_MAX, &r->used))
			return false;
		*ret = slice_of(r->buffer + from, r->used - from);
		return true;
	}
	return false;
}

static struct slice *field_of(struct event_record *e, struct slice name)
{
	for (size_t i = 0; i < LENGTH(names); i++)
		if (slice_is_nocase(name, names[i].name))
			return &e->fields[names[i].field];
	return NULL;
}

/* An element below <System> or <EventData>. */
static void begin_element(struct reading *r, const struct xml_token *t)
{
	struct slice name;
	r->to = NULL;
	r->from = r->used;
	if (r->part == PART_SYSTEM && slice_is(t->name, "Provider"))
		(void)attribute(r, t, "Name", &r->record->provider);
	else if (r->part == PART_SYSTEM && slice_is(t->name, "TimeCreated"))
		(void)attribute(r, t, "SystemTime", &r->record->time);
	else if (r->part == PART_SYSTEM && slice_is(t->name, "EventID"))
		r->to = &r->record->id;
	else if (r->part == PART_DATA && slice_is(t->name, "Data") && attribute(r, t, "Name", &name))
		r->to = field_of(r->record, name);
	r->from = r->used;
	if (r->to && r->to->size)
		r->to = NULL; /* told already: the first one counts */
}

static void begin(struct reading *r, const struct xml_token *t, unsigned depth)
{
	enum { EVENT = 1, PART, ELEMENT };
	if (depth == PART)
		r->part = slice_is(t->name, "System") ? PART_SYSTEM : slice_is(t->name, "EventData") ? PART_DATA : PART_NONE;
	else if (depth == ELEMENT)
		begin_element(r, t);
}

/* White space around a value is of no matter: pretty-printers add it. */
static struct slice trimmed(struct slice a)
{
	while (a.size > 0 && strchr(" \t\r\n", a.at[a.size - 1]) && a.at[a.size - 1])
		a.size--;
	while (a.size > 0 && strchr(" \t\r\n", a.at[0]) && a.at[0])
		a = slice_part(a, 1, a.size);
	return a;
}

const char *event_record_read(struct slice text, char buffer[static EVENT_TEXT_MAX], struct event_record *ret)
{
	struct xml x = xml_over(text);
	struct xml_token t;
	struct reading r = {.record = ret, .buffer = buffer};
	bool any = false;
	memset(ret, 0, sizeof *ret);
	for (;;) {
		switch (xml_next(&x, &t)) {
		case XML_START:
			if (!any && !slice_is(t.name, "Event"))
				return "an element that is no event";
			any = true;
			begin(&r, &t, x.depth);
			break;
		case XML_TEXT:
			if (!any)
				return "text outside of any event";
			if (r.to && !xml_text(t.text, t.plain, buffer, EVENT_TEXT_MAX, &r.used))
				return "a reference that is none of the five, nor a number";
			break;
		case XML_END:
			if (r.to)
				*r.to = trimmed(slice_of(buffer + r.from, r.used - r.from));
			r.to = NULL;
			break;
		case XML_NOTHING:
			return any ? NULL : "text outside of any event";
		case XML_BROKEN:
			return t.problem;
		}
	}
}
