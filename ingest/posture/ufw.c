/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ufw(8): what "ufw status verbose" prints, and the tuples in /etc/ufw/user.rules.
 *
 *   Status: active
 *   Default: deny (incoming), deny (outgoing), disabled (routed)
 *   To                 Action      From
 *   Anywhere on lo     ALLOW OUT   Anywhere
 *   53 (v6)            DENY OUT    Anywhere (v6)
 *
 *   ### tuple ### allow any any 127.0.0.0/8 any 0.0.0.0/0 out
 *   action protocol port destination port source direction[_interface]
 *
 * The first rule that matches decides, else the default. Only outgoing ones count here.
 */
#include "ingest/posture/firewall.h"

#include "core/address.h"

static const char *const accepting[] = {"ALLOW", "LIMIT", "allow", "limit"};

static bool accepts(struct slice action)
{
	for (size_t i = 0; i < LENGTH(accepting); i++)
		if (slice_starts(action, accepting[i]))
			return true;
	return false;
}

/* A destination, where one is told: "192.0.2.1 443/tcp" */
static bool is_bound(struct slice place)
{
	struct cursor c = cursor_over(place);
	struct address_range r;
	struct slice word;
	return cursor_word(&c, 64, &word) && address_range_parse(word, &r) && !firewall_is_wide(word);
}

/* "127.0.0.1 on lo", "Anywhere (v6)", "443/tcp" */
static const char *scope_of(struct slice to, struct slice from)
{
	size_t on = slice_search(to, SLICE(" on "));
	struct slice interface = slice_part(to, on + 4, to.size);
	struct slice place = slice_trim(slice_part(to, 0, on));
	size_t six = slice_search(place, SLICE("(v6)"));
	place = slice_trim(slice_part(place, 0, six));
	interface = slice_trim(slice_part(interface, 0, slice_search(interface, SLICE("(v6)"))));
	if (firewall_is_loopback(interface) || firewall_is_local(place))
		return "loopback";
	if (slice_is(place, "Anywhere") && on == to.size && slice_starts(from, "Anywhere"))
		return "all";
	return is_bound(place) || firewall_is_inner(interface) ? "narrow" : "wide";
}

static enum status take_row(struct posture *p, struct slice line, struct error *err)
{
	static const char *const actions[] = {"ALLOW OUT", "DENY OUT", "REJECT OUT", "LIMIT OUT"};
	for (size_t i = 0; i < LENGTH(actions); i++) {
		struct slice action = slice_of_string(actions[i]);
		size_t at = slice_search(line, action);
		if (at == line.size)
			continue;
		struct slice to = slice_trim(slice_part(line, 0, at));
		struct slice from = slice_trim(slice_part(line, at + action.size, line.size));
		if (slice_starts(to, "["))
			to = slice_trim(slice_part(to, slice_find(to, ']') + 1, to.size));
		const struct firewall_rule r = {
			.family = slice_search(line, SLICE("(v6)")) < line.size ? "6" : "4",
			.chain = SLICE("ufw"),
			.verdict = accepts(action) ? "accept" : "drop",
			.scope = scope_of(to, from),
			.text = line,
		};
		return firewall_rule(p, &r, err);
	}
	return OK; /* a heading, or a rule for what comes in */
}

/* "deny (incoming), allow (outgoing), …": the word in front of "(outgoing)" */
static struct slice outgoing(struct slice line)
{
	size_t at = slice_search(line, SLICE(" (outgoing)")), from = at;
	if (at == line.size)
		return (struct slice){0};
	while (from > 0 && line.at[from - 1] != ' ')
		from--;
	return slice_part(line, from, at - from);
}

enum status posture_ufw_status(struct posture *p, struct slice text, struct error *err)
{
	struct cursor c = cursor_over(text);
	struct slice line, policy = {0}, state = {0};
	enum status status = OK;
	while (!status && cursor_line(&c, &line, NULL)) {
		line = slice_trim(slice_part(line, 0, POSTURE_LINE_MAX));
		if (slice_starts(line, "Status:"))
			state = slice_trim(slice_part(line, 7, line.size));
		else if (slice_starts(line, "Default:"))
			policy = outgoing(line);
		else
			status = take_row(p, line, err);
	}
	bool denies = slice_is(policy, "deny") || slice_is(policy, "reject");
	bool active = slice_is(state, "active");
	if (!status)
		status = posture_fact(p, SLICE("status"), state, err);
	if (!status && policy.size)
		status = posture_fact(p, SLICE("outgoing"), policy, err);
	if (!status && active && !policy.size)
		status = posture_unsure(p, "no default is told: ufw status verbose does", slice_part(text, 0, 60), err);
	const struct firewall_chain chain = {
		.family = "46", .name = SLICE("ufw"), .hook = "output", .policy = active && denies ? "drop" : "accept"};
	return status ? status : firewall_chain(p, &chain, err);
}

static enum status take_tuple(struct posture *p, const char *family, struct slice line, struct error *err)
{
	enum { ACTION, PROTOCOL, PORT, TO, FROM_PORT, FROM, DIRECTION, FIELDS };
	struct slice field[16];
	size_t count = 0;
	struct cursor c = cursor_over(line);
	while (count < LENGTH(field) && cursor_word(&c, 256, &field[count]))
		count++;
	struct slice direction = count >= FIELDS ? field[count - 1] : (struct slice){0};
	bool known = count >= FIELDS && (accepts(field[ACTION]) || slice_starts(field[ACTION], "deny") ||
					 slice_starts(field[ACTION], "reject"));
	bool out = slice_is(direction, "out") || slice_starts(direction, "out_");
	bool in = slice_is(direction, "in") || slice_starts(direction, "in_");
	if (!known || (!out && !in))
		return posture_unsure(p, "a line that is no rule of ufw, which it leaves out", line, err);
	if (in)
		return OK;
	bool any = slice_is(field[PROTOCOL], "any") && slice_is(field[PORT], "any") && slice_is(direction, "out") &&
		   slice_is(field[FROM_PORT], "any") && slice_ends(field[FROM], "/0") && slice_ends(field[TO], "/0");
	bool bounded = !firewall_is_wide(field[TO]) || (slice_starts(direction, "out_") && firewall_is_inner(slice_part(direction, 4, direction.size)));
	bool local = slice_is(direction, "out_lo") || firewall_is_local(field[TO]);
	const struct firewall_rule r = {
		.family = family,
		.chain = SLICE("ufw"),
		.verdict = accepts(field[ACTION]) ? "accept" : "drop",
		.scope = local ? "loopback" : any ? "all" : bounded ? "narrow" : "wide",
		.text = line,
	};
	return firewall_rule(p, &r, err);
}

static enum status read_tuples(struct posture *p, const char *family, struct slice text, struct error *err)
{
	static const char mark[] = "### tuple ###";
	struct cursor c = cursor_over(text);
	struct slice line;
	enum status status = OK;
	while (!status && cursor_line(&c, &line, NULL)) {
		line = slice_trim(line);
		if (slice_starts(line, mark))
			status = take_tuple(p, family, slice_part(line, sizeof mark - 1, POSTURE_LINE_MAX), err);
	}
	/* what ufw does by default stands in other files */
	const struct firewall_chain chain = {
		.family = family, .name = SLICE("ufw"), .hook = "output", .policy = "default"};
	return status ? status : firewall_chain(p, &chain, err);
}

enum status posture_ufw_rules(struct posture *p, struct slice text, struct error *err)
{
	return read_tuples(p, "4", text, err);
}

enum status posture_ufw_rules6(struct posture *p, struct slice text, struct error *err)
{
	return read_tuples(p, "6", text, err);
}
