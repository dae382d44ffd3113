#include "csv.h"

/* What the byte to come belongs to. */
enum state {
	RECORD,  /* the beginning of a record: nothing of it has come */
	FIELD,   /* the beginning of a field after a comma */
	PLAIN,   /* in a field without quotes */
	QUOTED,  /* behind an opening quote */
	CLOSING, /* behind a quote that closes the field or is the first of two */
};

static enum csv_result field_done(struct csv *c, bool quoted)
{
	size_t length = c->length;

	c->length = 0;
	c->fields++;
	c->state = FIELD;
	return c->field(c->text, length, quoted, c->context) ? CSV_OK : CSV_STOPPED;
}

static enum csv_result record_done(struct csv *c, bool quoted)
{
	enum csv_result result = field_done(c, quoted);
	size_t fields = c->fields;

	c->fields = 0;
	c->state = RECORD;
	if (result)
		return result;
	return c->end(fields, c->context) ? CSV_OK : CSV_STOPPED;
}

static enum csv_result add(struct csv *c, char byte)
{
	if (c->length == CSV_FIELD_BYTES)
		return CSV_LONG;
	c->text[c->length++] = byte;
	return CSV_OK;
}

static enum csv_result take(struct csv *c, char byte)
{
	bool after_cr = c->before == '\r';

	c->before = 0;
	if (c->state == QUOTED) {
		if (byte != '"')
			return add(c, byte);
		c->state = CLOSING;
		return CSV_OK;
	}
	if (after_cr && byte == '\n')
		return CSV_OK;
	if (byte == ',')
		return field_done(c, c->state == CLOSING);
	if (byte == '\n' || byte == '\r') {
		c->before = byte;
		return record_done(c, c->state == CLOSING);
	}
	if (byte == '"') {
		if (c->state == PLAIN)
			return CSV_QUOTE;
		if (c->state == CLOSING && add(c, byte))
			return CSV_LONG;
		c->state = QUOTED;
		return CSV_OK;
	}
	c->state = PLAIN;
	return add(c, byte);
}

enum csv_result csv_feed(struct csv *c, const char *piece, size_t n)
{
	for (size_t i = 0; i < n && !c->result; i++)
		c->result = take(c, piece[i]);
	return c->result;
}

enum csv_result csv_finish(struct csv *c)
{
	if (c->result)
		return c->result;
	c->before = 0;
	if (c->state == QUOTED)
		c->result = CSV_QUOTE;
	else if (c->state != RECORD)
		c->result = record_done(c, c->state == CLOSING);
	return c->result;
}
