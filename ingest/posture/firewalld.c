/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Policies of firewalld (firewalld.policy(5)), /etc/firewalld/policies/NAME.xml:
 *
 *   <policy target="DROP">
 *     <ingress-zone name="HOST"/>
 *     <egress-zone name="ANY"/>
 *     <port port="443" protocol="tcp"/>
 *     <rule family="ipv4"><destination address="192.0.2.1"/><accept/></rule>
 *   </policy>
 *
 * From HOST to ANY is what this machine sends, from ANY to ANY what it passes on. Within a
 * policy what denies is asked before what lets through, and the target last; rules with a
 * priority of their own are told as not understood.
 */
#include "ingest/posture/firewalld.h"

#include "ingest/posture/firewall.h"

enum { TEXT_MAX = 256 };

enum pass { PASS_DENY, PASS_ACCEPT, PASSES };

/* A rich rule whose end was not read yet. */
struct rich {
	const char *family, *verdict;
	bool open, narrow, bounded;
	size_t left; /* bytes of the file behind its start */
};

struct policy {
	struct posture *p;
	enum pass pass;
	const char *target;
	bool from_host, from_any, to_any;
	struct rich rich;
};

struct slice firewalld_attribute(const struct xml_token *t, const char *name)
{
	struct cursor attributes = cursor_over(t->attributes);
	struct slice own, value;
	while (xml_attribute(&attributes, &own, &value))
		if (slice_is(own, name))
			return value;
	return (struct slice){0};
}

enum status firewalld_end(struct posture *p, enum xml_kind kind, const struct xml_token *t, struct slice text,
			  struct error *err)
{
	return kind == XML_BROKEN ? posture_unsure(p, t->problem, slice_part(text, 0, 80), err) : OK;
}

static enum status add(struct policy *y, const char *family, const char *verdict, const char *scope, struct slice text,
		       struct error *err)
{
	bool denies = !strcmp(verdict, "drop");
	const struct firewall_rule r = {family, SLICE("firewalld"), verdict, {0}, scope, text};
	return denies == (y->pass == PASS_DENY) ? firewall_rule(y->p, &r, err) : OK;
}

/* What a service, a port or the like is called: "https", "443 tcp". */
static enum status let_out(struct policy *y, const struct xml_token *t, struct error *err)
{
	static const char *const names[] = {"name", "port", "value", "protocol"};
	AUTO_TEXT struct text text = text_make(TEXT_MAX);
	bool control = slice_is(t->name, "protocol") && firewall_is_control(firewalld_attribute(t, "value"));
	text_add(&text, t->name);
	for (size_t i = 0; i < LENGTH(names); i++) {
		struct slice value = firewalld_attribute(t, names[i]);
		if (value.size)
			text_add_char(&text, ' ');
		text_add(&text, slice_part(value, 0, TEXT_MAX / 4 - 1));
	}
	return add(y, "46", "accept", control ? "narrow" : "wide", text_slice(&text), err);
}

static enum status begin_rich(struct policy *y, const struct xml_token *t, struct error *err)
{
	struct slice family = firewalld_attribute(t, "family"), priority = firewalld_attribute(t, "priority");
	y->rich = (struct rich){
		.family = slice_is(family, "ipv4") ? "4" : slice_is(family, "ipv6") ? "6" : "46",
		.verdict = "other",
		.open = true,
	};
	bool told = y->pass != PASS_DENY || priority.size == 0 || slice_is(priority, "0");
	return told ? OK : posture_unsure(y->p, "a rule with a priority of its own", t->attributes, err);
}

/* What stands in a rich rule: conditions, and what it does. */
static void take_rich(struct rich *r, const struct xml_token *t)
{
	static const struct {
		const char *name, *verdict;
	} verdicts[] = {{"accept", "accept"}, {"drop", "drop"}, {"reject", "drop"}};
	static const char *const sayings[] = {"log", "audit", "nflog", "mark", "limit"};
	struct slice to = firewalld_attribute(t, "address"), invert = firewalld_attribute(t, "invert");
	for (size_t i = 0; i < LENGTH(verdicts); i++)
		if (slice_is(t->name, verdicts[i].name)) {
			r->verdict = verdicts[i].verdict;
			return;
		}
	for (size_t i = 0; i < LENGTH(sayings); i++)
		if (slice_is(t->name, sayings[i]))
			return;
	bool inverted = slice_is_nocase(invert, "true") || slice_is_nocase(invert, "yes") || slice_is(invert, "1");
	r->narrow = true;
	if (slice_is(t->name, "destination"))
		r->bounded = !inverted && !firewall_is_wide(to);
	else if (slice_is(t->name, "protocol"))
		r->bounded = r->bounded || firewall_is_control(firewalld_attribute(t, "value"));
	else if (slice_starts(t->name, "icmp-"))
		r->bounded = true;
}

static enum status take_start(struct policy *y, unsigned depth, const struct xml_token *t, struct error *err)
{
	static const char *const lets[] = {"service", "port", "protocol", "source-port"};
	struct slice zone = firewalld_attribute(t, "name"), target = firewalld_attribute(t, "target");
	if (depth == 1)
		y->target = slice_is(target, "DROP") || slice_is(target, "REJECT") ? "drop" : "accept";
	if (y->rich.open) {
		take_rich(&y->rich, t);
		return OK;
	}
	if (depth != 2)
		return OK;
	if (slice_is(t->name, "rule"))
		return begin_rich(y, t, err);
	if (slice_is(t->name, "ingress-zone")) {
		y->from_host = y->from_host || slice_is(zone, "HOST");
		y->from_any = y->from_any || slice_is(zone, "ANY");
	}
	y->to_any = y->to_any || (slice_is(t->name, "egress-zone") && slice_is(zone, "ANY"));
	for (size_t i = 0; i < LENGTH(lets); i++)
		if (slice_is(t->name, lets[i]))
			return let_out(y, t, err);
	return OK;
}

static enum status read_pass(struct policy *y, struct slice text, struct error *err)
{
	struct xml x = xml_over(text);
	struct xml_token t;
	enum xml_kind kind;
	enum status status = OK;
	while (!status && (kind = xml_next(&x, &t)) != XML_NOTHING && kind != XML_BROKEN) {
		struct rich *r = &y->rich;
		if (kind == XML_START) {
			status = take_start(y, x.depth, &t, err);
			r->left = r->open && x.depth == 2 ? cursor_left(&x.at) : r->left;
		} else if (kind == XML_END && slice_is(t.name, "rule") && r->open) {
			struct slice shown = slice_part(text, text.size - r->left, r->left - cursor_left(&x.at));
			r->open = false;
			status = add(y, r->family, r->verdict, !r->narrow ? "all" : r->bounded ? "narrow" : "wide",
				     slice_part(shown, 0, slice_search(shown, SLICE("</rule"))), err);
		}
	}
	if (status || y->pass != PASS_DENY)
		return status;
	return firewalld_end(y->p, kind, &t, text, err);
}

enum status posture_firewalld(struct posture *p, struct slice text, struct error *err)
{
	struct policy y = {.p = p, .target = "accept"};
	enum status status = OK;
	for (y.pass = PASS_DENY; y.pass < PASSES && !status; y.pass++) {
		y.rich.open = false;
		status = read_pass(&y, text, err);
	}
	const struct firewall_chain chain = {
		.family = "46",
		.name = SLICE("firewalld"),
		.hook = !y.to_any ? "another" : y.from_host ? "output" : y.from_any ? "forward" : "another",
		.policy = y.target,
	};
	return status ? status : firewall_chain(p, &chain, err);
}
