-- SPDX-License-Identifier: Apache-2.0
-- Everything here is derived from the raw files of a session and can be built
-- anew. Times are nanoseconds since 1970 UTC, addresses text as inet_ntop writes
-- them, flags 0 or 1. `source` and `record` tell where a row came from: the file,
-- and the line (evidence, logs) or packet number (captures) in it, from 1.

CREATE TABLE session (
	name  TEXT NOT NULL PRIMARY KEY, -- 'id', 'host', 'kernel', 'command', 'tier', …
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE source (
	id     INTEGER PRIMARY KEY,
	path   TEXT NOT NULL,
	reader TEXT NOT NULL,
	size   INTEGER NOT NULL,
	sha256 TEXT NOT NULL,
	records INTEGER NOT NULL DEFAULT 0,
	first_ns INTEGER,       -- of the packets of a capture; NULL: no time is known
	last_ns  INTEGER
) STRICT;

CREATE TABLE artifact (
	id           INTEGER PRIMARY KEY,
	path         TEXT NOT NULL UNIQUE,
	size         INTEGER NOT NULL,
	sha256       TEXT NOT NULL,
	what         TEXT NOT NULL,
	collected_ns INTEGER
) STRICT;

-- The files of a session's capture: as the evidence tells of each, once the collector was done
-- with it, and as they were read, one behind the other.
CREATE TABLE capture_told (
	number  INTEGER,
	path    TEXT,
	packets INTEGER,
	size    INTEGER,
	sha256  TEXT,           -- NULL: its bytes are no longer those, as in a redacted copy
	from_ns INTEGER,
	to_ns   INTEGER
) STRICT;

CREATE TABLE capture_file (
	source  INTEGER NOT NULL REFERENCES source(id), -- of the capture as a whole
	place   INTEGER NOT NULL, -- in the order of reading, from 0
	packets INTEGER NOT NULL,
	number  INTEGER,          -- as its name tells; NULL: it was not read to its end
	path    TEXT,
	size    INTEGER,
	sha256  TEXT,
	PRIMARY KEY (source, place)
) STRICT, WITHOUT ROWID;

-- What a reader had to leave out, by reason. Never silence.
CREATE TABLE skipped (
	source INTEGER NOT NULL REFERENCES source(id),
	reason TEXT NOT NULL,
	count  INTEGER NOT NULL,
	first_record INTEGER NOT NULL,
	example TEXT NOT NULL,
	PRIMARY KEY (source, reason)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoint (
	source  INTEGER NOT NULL REFERENCES source(id),
	sealed_bytes   INTEGER NOT NULL, -- up to and with the last good checkpoint
	bytes   INTEGER NOT NULL,
	count   INTEGER NOT NULL,
	closed  INTEGER NOT NULL,
	problem TEXT,                    -- NULL, or why the chain does not hold
	last_ns INTEGER NOT NULL         -- time of the last good checkpoint; 0: none
) STRICT;

CREATE TABLE image (
	id     INTEGER PRIMARY KEY,
	path   TEXT NOT NULL,
	size   INTEGER,
	sha256 TEXT,                -- NULL: could not be read
	problem TEXT                -- why
) STRICT;

-- One row a process and program image: an exec starts a new row.
CREATE TABLE process (
	id       INTEGER PRIMARY KEY,
	pid      INTEGER NOT NULL,
	ppid     INTEGER,
	uid      INTEGER,
	comm     TEXT,
	exe      TEXT,
	image    INTEGER,        -- image(id); the row may be missing where hashing did not get there
	in_cgroup INTEGER NOT NULL,
	in_tree  INTEGER NOT NULL,
	first_ns INTEGER NOT NULL,
	last_ns  INTEGER,        -- NULL: still there at the end of the evidence
	status   INTEGER         -- wait status, where it ended under watch
) STRICT;

CREATE TABLE attempt (
	id       INTEGER PRIMARY KEY,
	time_ns  INTEGER NOT NULL,
	witness  TEXT NOT NULL,
	call     TEXT NOT NULL,
	proto    TEXT NOT NULL,
	src      TEXT,
	sport    INTEGER,
	dst      TEXT,            -- an address, or the path of a Unix socket
	dport    INTEGER,
	outcome  TEXT NOT NULL,   -- ok refused unreachable denied timeout pending failed unknown
	errno    INTEGER,
	pid      INTEGER,
	tid      INTEGER,
	uid      INTEGER,
	comm     TEXT,
	process  INTEGER REFERENCES process(id),
	in_cgroup INTEGER NOT NULL,
	in_tree  INTEGER NOT NULL,
	in_session INTEGER NOT NULL,
	suite    INTEGER NOT NULL, -- 1: a canary or another process of this tool
	cookie   INTEGER,
	netns    INTEGER,          -- cookie of the network namespace
	bytes_out INTEGER,
	bytes_in  INTEGER,
	left_machine INTEGER,      -- 1: a packet of it was seen leaving by the kernel
	own_peer INTEGER NOT NULL DEFAULT 0, -- 1: a Unix socket on which the session itself listens
	class    TEXT,
	vector   TEXT,
	leaves   INTEGER NOT NULL DEFAULT 0, -- 1: aimed at another machine, and more than a name for a socket
	allowed  INTEGER NOT NULL DEFAULT 0, -- 1: the policy allows the destination
	source   INTEGER NOT NULL REFERENCES source(id),
	record   INTEGER NOT NULL,
	rule     TEXT,             -- endpoint(rule) that decided the vector; NULL: none did
	confidence TEXT,           -- 'high', 'medium', 'low': of the rule, and of how the name is known
	name     TEXT,             -- of the destination, by which it was decided
	name_how TEXT,             -- 'sni', 'http_host', …: in its own packets; 'lookup', 'log', 'other flow'
	browser  TEXT              -- 'webview': an engine within another program; 'browser': one that was opened
) STRICT;

-- The first packet of a socket to a destination, as the kernel's egress hook saw
-- it: five-tuple, interface and cookie, whoever's turn it was on the processor.
CREATE TABLE egress (
	id      INTEGER PRIMARY KEY,
	time_ns INTEGER NOT NULL,
	cookie  INTEGER NOT NULL,
	proto   TEXT NOT NULL,
	src     TEXT NOT NULL,
	sport   INTEGER,
	dst     TEXT NOT NULL,
	dport   INTEGER,
	ifindex INTEGER NOT NULL,
	size    INTEGER NOT NULL,
	in_cgroup INTEGER NOT NULL,
	attempt INTEGER REFERENCES attempt(id),
	class   TEXT,
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL
) STRICT;

CREATE TABLE flow (
	id         INTEGER PRIMARY KEY,
	source     INTEGER NOT NULL REFERENCES source(id),
	proto      TEXT NOT NULL,
	src        TEXT NOT NULL,
	sport      INTEGER,
	dst        TEXT NOT NULL,
	dport      INTEGER,
	first_ns   INTEGER NOT NULL,
	last_ns    INTEGER NOT NULL,
	packets_out INTEGER NOT NULL, -- from src to dst
	packets_in  INTEGER NOT NULL,
	bytes_out  INTEGER NOT NULL,
	bytes_in   INTEGER NOT NULL,
	state      TEXT,
	ifindex    INTEGER,
	iface      TEXT,
	dir        TEXT,
	dir_how    TEXT,             -- what tells `dir`: 'packets', 'addresses'; 'passing': neither way, for somebody else
	class      TEXT,
	vector     TEXT,
	attempt    INTEGER REFERENCES attempt(id),
	explained  TEXT,             -- how: 'attempt', 'kernel', 'older socket', …; NULL: not
	app        TEXT,             -- 'dns', 'tls', 'quic', 'http', 'ssh', …; NULL: not recognised
	outer      INTEGER REFERENCES flow(id), -- the tunnel that carried it; NULL: none
	pid        INTEGER,          -- as the capture itself tells: a comment, PKTAP
	process    TEXT,
	first_packet INTEGER NOT NULL,
	rule       TEXT,             -- these as of an attempt
	confidence TEXT,
	name       TEXT,
	name_how   TEXT,
	browser    TEXT
) STRICT;

CREATE TABLE dns (
	id        INTEGER PRIMARY KEY,
	source    INTEGER NOT NULL REFERENCES source(id),
	time_ns   INTEGER NOT NULL,
	client    TEXT NOT NULL,
	server    TEXT NOT NULL,
	sport     INTEGER NOT NULL,
	dport     INTEGER NOT NULL,
	transport TEXT NOT NULL,
	query_id  INTEGER,
	qname     TEXT,
	qtype     TEXT,
	rcode     TEXT,
	answers   TEXT,              -- JSON array
	flow      INTEGER REFERENCES flow(id),
	dir       TEXT,
	vector    TEXT,
	packet    INTEGER NOT NULL,
	pid       INTEGER,           -- of a session's own stream of events: who asked
	in_session INTEGER NOT NULL DEFAULT 0,
	ttl       INTEGER,           -- seconds that its addresses may be kept for; NULL: not told
	class     TEXT,              -- of the server
	rule      TEXT,              -- what a connection to the name would be for: endpoint(rule)
	confidence TEXT
) STRICT;

-- Which lookup gave an address: the answers of `dns` turned round.
CREATE TABLE resolved (
	address TEXT NOT NULL,
	name    TEXT NOT NULL,
	time_ns INTEGER NOT NULL,
	PRIMARY KEY (address, name)
) STRICT, WITHOUT ROWID;

-- The same over time: from when to when an address may have been taken for that name.
CREATE TABLE answer (
	address  TEXT NOT NULL,
	time_ns  INTEGER NOT NULL,
	until_ns INTEGER NOT NULL,
	name     TEXT NOT NULL,
	how      TEXT NOT NULL,      -- 'lookup', 'log'
	PRIMARY KEY (address, time_ns, name)
) STRICT, WITHOUT ROWID;

-- What is known of each destination: schema/addresses.tsv, and what the machine itself has.
CREATE TABLE destination (
	address TEXT NOT NULL PRIMARY KEY,
	class   TEXT NOT NULL,
	special TEXT,                -- what the registries of special addresses say; NULL: nothing
	role    TEXT                 -- 'resolver', 'gateway', 'proxy', 'name server' of this machine; NULL: none
) STRICT, WITHOUT ROWID;

-- The rules that decide vectors: schema/endpoints.tsv and the files of the site.
CREATE TABLE endpoint (
	rule       TEXT NOT NULL PRIMARY KEY,
	origin     TEXT NOT NULL,
	product    TEXT,
	host       TEXT,             -- a suffix, '@local', or NULL: any
	port       INTEGER,
	process    TEXT,
	path       TEXT,
	vector     TEXT NOT NULL,
	confidence TEXT NOT NULL,
	off_switch TEXT
) STRICT, WITHOUT ROWID;

-- What the ports of this machine stand for by these rules, where they differ from any other.
CREATE TABLE local_port (
	port       INTEGER PRIMARY KEY,
	vector     TEXT NOT NULL,
	rule       TEXT,
	confidence TEXT NOT NULL
) STRICT;

-- The ports of this machine that the session spoke to, and since when.
CREATE TABLE local_server (
	proto    TEXT NOT NULL,      -- 'tcp', 'udp'
	port     INTEGER NOT NULL,
	first    INTEGER NOT NULL REFERENCES attempt(id),
	since_ns INTEGER NOT NULL,
	PRIMARY KEY (port, proto)
) STRICT, WITHOUT ROWID;

-- The files of the site, as they were read.
CREATE TABLE endpoint_file (
	id     INTEGER PRIMARY KEY,
	path   TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	text   TEXT NOT NULL
) STRICT;

CREATE TABLE name (
	id      INTEGER PRIMARY KEY,
	flow    INTEGER NOT NULL REFERENCES flow(id),
	name    TEXT NOT NULL,
	how     TEXT NOT NULL,
	time_ns INTEGER NOT NULL,
	detail  TEXT
) STRICT;

CREATE TABLE socket (
	id      INTEGER PRIMARY KEY,
	time_ns INTEGER,            -- NULL: a table that somebody gave tells none
	witness TEXT NOT NULL,
	proto   TEXT NOT NULL,
	local   TEXT,
	lport   INTEGER,
	remote  TEXT,
	rport   INTEGER,
	state   TEXT,
	pid     INTEGER,
	process TEXT,
	uid     INTEGER,
	cookie  INTEGER,
	moment  TEXT,               -- 'before', 'during', 'after', 'destroyed', 'listen', 'listen_other'; NULL: of a given table
	netns   INTEGER,            -- cookie of the network namespace
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL
) STRICT;

CREATE TABLE app_log (
	id        INTEGER PRIMARY KEY,
	app       TEXT NOT NULL,
	path      TEXT NOT NULL,      -- where it stood on the machine
	copy      TEXT,               -- below the session folder; NULL: could not be copied
	taken_ns  INTEGER,            -- when that copy was made
	role      TEXT NOT NULL,      -- 'audit': must agree; 'context': kept only; 'since': what was written since the last audit
	copied_from INTEGER NOT NULL,  -- offset in the log at which the copy begins
	before_bytes INTEGER NOT NULL,
	after_bytes  INTEGER NOT NULL,
	change    TEXT NOT NULL,      -- 'appended', 'unchanged', 'rotated', 'truncated', 'missing', …
	problem   TEXT,
	lines     INTEGER NOT NULL DEFAULT 0, -- written during the session
	events    INTEGER NOT NULL DEFAULT 0,
	other     INTEGER NOT NULL DEFAULT 0, -- understood, but about no connection
	unread    INTEGER NOT NULL DEFAULT 0,
	zone      TEXT,               -- of its times without an offset; 'as stated': each has one
	zone_why  TEXT,               -- what its times rest on, guesses included
	time_slack_ns INTEGER NOT NULL DEFAULT 0, -- how far off a guess may have put them
	described TEXT,               -- the description it was read by, with its SHA-256
	clock_state TEXT,             -- 'agrees', 'shifted', 'unknown': its clock beside the machine's, as
	clock_offset_ns INTEGER,      -- the cross-check found it: how far it is ahead, at its first entry,
	clock_drift_ppb INTEGER,      -- and what that grows by; half of the pairs that it rests on are
	clock_spread_ns INTEGER,      -- nearer to it than the spread
	clock_pairs INTEGER,
	clock_compared INTEGER,       -- entries that have any attempt to be compared with
	clock_confidence TEXT         -- 'high', 'medium', 'low', 'none'
) STRICT;

CREATE TABLE app_event (
	id          INTEGER PRIMARY KEY,
	log         INTEGER NOT NULL REFERENCES app_log(id),
	line        INTEGER NOT NULL,
	time_ns     INTEGER NOT NULL,
	process     TEXT,
	pid         INTEGER,
	host        TEXT,
	dst         TEXT,
	dport       INTEGER,
	proto       TEXT,
	disposition TEXT NOT NULL,
	class       TEXT,
	text        TEXT NOT NULL,
	src         TEXT,
	sport       INTEGER,
	dir         TEXT,             -- 'out', 'in', 'forward'; NULL: not said, so out
	until_ns    INTEGER,          -- of a sum over a span of time: its end
	count       INTEGER,          -- and of how many connections; NULL: a single one
	vector      TEXT,
	rule        TEXT,
	confidence  TEXT
) STRICT;

CREATE TABLE tool_run (
	id      INTEGER PRIMARY KEY,
	time_ns INTEGER NOT NULL,
	tool    TEXT NOT NULL,
	moment  TEXT NOT NULL,
	command TEXT NOT NULL,
	version TEXT,
	status  INTEGER,            -- exit status; NULL: did not run or did not end
	path    TEXT,
	at_byte INTEGER,
	size    INTEGER,
	round   INTEGER,
	problem TEXT
) STRICT;

-- What this machine calls itself: the addresses of its interfaces, over time.
CREATE TABLE host_address (
	address TEXT NOT NULL,
	ifindex INTEGER NOT NULL,
	iface   TEXT NOT NULL,
	from_ns INTEGER NOT NULL
) STRICT;

-- Whom it was set up to ask, as the evidence tells.
CREATE TABLE host_role (
	address TEXT NOT NULL,
	role    TEXT NOT NULL,      -- 'resolver', 'proxy'
	from_ns INTEGER NOT NULL,
	PRIMARY KEY (address, role, from_ns)
) STRICT, WITHOUT ROWID;

-- What a capture alone tells of the machine it was taken on, where no session and no user
-- does: shown in v_flow and v_dns, and nothing is judged by it.
CREATE TABLE capture_host (
	source   INTEGER NOT NULL REFERENCES source(id),
	address  TEXT NOT NULL,
	how      TEXT NOT NULL,     -- 'interface': the file gives its interface this address; 'direction':
	                            -- packets are marked as sent from it; 'guess': it is an end of nearly all
	flows    INTEGER NOT NULL,  -- that it is an end of, or marked as this machine in
	of_flows INTEGER NOT NULL,
	PRIMARY KEY (source, address)
) STRICT, WITHOUT ROWID;

-- One canary connection or datagram of ours, and which witness reported it.
CREATE TABLE canary (
	id      INTEGER PRIMARY KEY,
	round   INTEGER NOT NULL,
	time_ns INTEGER NOT NULL,
	end_ns  INTEGER NOT NULL,
	proto   TEXT NOT NULL,
	src     TEXT NOT NULL,
	sport   INTEGER NOT NULL,
	dst     TEXT NOT NULL,
	dport   INTEGER NOT NULL
) STRICT;

CREATE TABLE canary_seen (
	canary  INTEGER NOT NULL REFERENCES canary(id),
	witness TEXT NOT NULL,
	PRIMARY KEY (canary, witness)
) STRICT, WITHOUT ROWID;

-- Of a session that was isolated: what was tried inside before the command began; that it
-- still held, with each round of canaries; sockets of programs outside that it could see.
CREATE TABLE isolation_proof (
	name   TEXT NOT NULL,
	tried  TEXT NOT NULL,
	held   INTEGER NOT NULL,    -- 1: it did not work, as it must not
	detail TEXT NOT NULL,
	record INTEGER NOT NULL
) STRICT;

CREATE TABLE isolation_look (
	time_ns INTEGER NOT NULL,
	round   INTEGER NOT NULL,
	held    INTEGER NOT NULL,
	detail  TEXT NOT NULL
) STRICT;

CREATE TABLE isolation_open (
	time_ns INTEGER NOT NULL,
	path    TEXT NOT NULL,
	reason  TEXT NOT NULL,      -- 'kept', 'open', 'unknown', 'unlisted', 'came up'; or a kind of
	                            -- file system: files of another machine
	record  INTEGER NOT NULL
) STRICT;

-- Connections that were carried from inside to servers on this machine's loopback.
CREATE TABLE carried (
	time_ns INTEGER NOT NULL,
	end_ns  INTEGER,
	number  INTEGER NOT NULL,
	proto   TEXT NOT NULL,
	dst     TEXT NOT NULL,
	dport   INTEGER NOT NULL,
	sport   INTEGER,            -- of the side inside
	state   TEXT NOT NULL,      -- 'ended', 'failed', 'cut': it stood when the watch ended
	errno   INTEGER,
	bytes_out INTEGER NOT NULL, -- from inside to the server
	bytes_in  INTEGER NOT NULL,
	record  INTEGER NOT NULL
) STRICT;

-- Processes of the session that still ran when the watch ended.
CREATE TABLE left_process (
	pid  INTEGER NOT NULL,
	comm TEXT NOT NULL
) STRICT;

-- Of the programs that were named to be watched beside what ran: what started by itself during the watch.
CREATE TABLE later_process (
	time_ns INTEGER NOT NULL,
	pid     INTEGER NOT NULL,
	comm    TEXT NOT NULL,
	exe     TEXT,
	by      TEXT NOT NULL, -- exe, unit, user, cgroup: what it was known by
	state   TEXT NOT NULL  -- followed: from its first instruction on; late: from a look on; unknown: it could not be told
) STRICT;

CREATE TABLE witness (
	name     TEXT NOT NULL PRIMARY KEY,
	state    TEXT NOT NULL,     -- 'on', 'missing', 'died'
	canaries INTEGER NOT NULL DEFAULT 0, -- 1: must report the canaries to count as seeing
	required INTEGER NOT NULL DEFAULT 0,
	detail   TEXT NOT NULL,
	remedy   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Optional parts of a witness (one kernel program, one tool).
CREATE TABLE witness_part (
	witness TEXT NOT NULL,
	part    TEXT NOT NULL,
	state   TEXT NOT NULL,      -- 'on', 'missing'
	detail  TEXT NOT NULL,
	PRIMARY KEY (witness, part)
) STRICT, WITHOUT ROWID;

-- Loss counters as they stood at a time; they only grow.
CREATE TABLE loss (
	time_ns INTEGER NOT NULL,
	witness TEXT NOT NULL,
	lost    INTEGER NOT NULL
) STRICT;

-- Of witnesses, as their canaries and counters show it. What of a capture was read and what
-- was lost stands in v_coverage, out of source and skipped.
CREATE TABLE coverage (
	witness TEXT NOT NULL,
	from_ns INTEGER NOT NULL,
	to_ns   INTEGER NOT NULL,
	state   TEXT NOT NULL,      -- 'seeing', 'blind', 'lost'
	lost    INTEGER NOT NULL
) STRICT;

CREATE TABLE match (
	outcome   TEXT NOT NULL,
	attempt   INTEGER REFERENCES attempt(id),
	flow      INTEGER REFERENCES flow(id),
	app_event INTEGER REFERENCES app_event(id),
	offset_ns INTEGER,          -- how far the entry's time lies behind the attempt's, as both stand
	rule      TEXT,             -- that decided: analysis/match_rule.c
	log       INTEGER REFERENCES app_log(id)
) STRICT;

CREATE TABLE finding (
	id       INTEGER PRIMARY KEY,
	severity TEXT NOT NULL,     -- 'critical', 'high', 'medium', 'low', 'info'
	effect   TEXT NOT NULL,     -- what it does to the verdict: 'FAIL', 'INCONCLUSIVE', 'NOTE'
	check_id TEXT NOT NULL,
	title    TEXT NOT NULL,
	detail   TEXT NOT NULL,
	evidence TEXT NOT NULL,     -- JSON
	vector   TEXT,
	remedy   TEXT NOT NULL
) STRICT;

CREATE TABLE verdict (
	verdict TEXT NOT NULL,
	scope   TEXT NOT NULL,
	from_ns INTEGER,
	to_ns   INTEGER,
	summary TEXT NOT NULL
) STRICT;

-- Where earlier sessions of the same host were looked for, and what each found: past.ndjson.
CREATE TABLE past_search (
	source   INTEGER PRIMARY KEY REFERENCES source(id),
	host     TEXT NOT NULL,
	place    TEXT NOT NULL,
	found    INTEGER NOT NULL,
	left_out INTEGER NOT NULL,  -- earlier than those
	problem  TEXT
) STRICT;

CREATE TABLE past (
	audit      INTEGER PRIMARY KEY, -- from 1, the oldest first; this session is the last
	source     INTEGER REFERENCES source(id),
	session    TEXT NOT NULL,
	folder     TEXT NOT NULL,
	started_ns INTEGER NOT NULL,
	from_ns    INTEGER,
	to_ns      INTEGER,
	scope      TEXT,
	verdict    TEXT,
	attempts   INTEGER,
	leaving    INTEGER,
	lookups    INTEGER,         -- that left the machine
	failing    INTEGER,         -- findings
	undecided  INTEGER,
	seen_permille INTEGER,      -- share of the window seen by the required witness that saw least
	more       INTEGER,         -- destinations that are not listed
	cut        INTEGER,         -- 1: not all attempts were looked at for them
	seal       TEXT,            -- 'holds', 'none'
	fingerprint TEXT,           -- of the certificate under it
	tool       TEXT,
	problem    TEXT,            -- why nothing is known of it
	this_session INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE past_destination (
	audit       INTEGER NOT NULL,
	destination TEXT NOT NULL,  -- a name, else an address
	attempts    INTEGER NOT NULL,
	source      INTEGER REFERENCES source(id),
	PRIMARY KEY (audit, destination)
) STRICT, WITHOUT ROWID;

-- A scheduled audit: audit.ndjson. What it is, and what the last one was.
CREATE TABLE audit_run (
	source    INTEGER PRIMARY KEY REFERENCES source(id),
	began_ns  INTEGER NOT NULL,
	every_ns  INTEGER NOT NULL, -- how far apart they are to be
	past      INTEGER NOT NULL, -- with how many it is compared
	boot      TEXT,
	scope     TEXT NOT NULL,    -- 'host', 'apps'
	fingerprint TEXT,           -- of the certificate that is to sign
	last      TEXT,             -- id of the last audit; NULL: this is the first
	last_began_ns INTEGER,
	last_ended_ns INTEGER,
	last_verdict TEXT,
	last_boot TEXT,
	last_fingerprint TEXT,
	trouble_ns INTEGER,         -- when one could not be made since
	trouble   TEXT,             -- and why
	forgotten TEXT              -- why nothing is known of what the last ones found
) STRICT;

-- What the last audits found, as the state folder kept it.
CREATE TABLE audit_known (
	source   INTEGER NOT NULL REFERENCES source(id),
	record   INTEGER NOT NULL,
	kind     TEXT NOT NULL,     -- 'destination', 'listener', 'extension', 'program', 'setting', 'coverage'
	name     TEXT NOT NULL,
	value    TEXT NOT NULL,
	first_ns INTEGER NOT NULL,  -- ends of the audits that found it
	last_ns  INTEGER NOT NULL,
	PRIMARY KEY (kind, name, value)
) STRICT, WITHOUT ROWID;

-- What this audit itself looked at: extensions of editors, hashes of running programs.
CREATE TABLE audit_fact (
	source INTEGER NOT NULL REFERENCES source(id),
	record INTEGER NOT NULL,
	kind   TEXT NOT NULL,
	name   TEXT NOT NULL,
	value  TEXT NOT NULL,
	PRIMARY KEY (kind, name, value)
) STRICT, WITHOUT ROWID;

-- How each log was found again; the copies of what it holds are in app_log, with the role 'since'.
CREATE TABLE audit_log (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	name    TEXT NOT NULL,
	path    TEXT NOT NULL,
	trail   TEXT NOT NULL,      -- 'new', 'followed', 'rotated', 'gap', 'missing'
	from_byte INTEGER,          -- where the last audit left it
	problem TEXT
) STRICT;

CREATE TABLE control (
	framework TEXT NOT NULL,
	control   TEXT NOT NULL,
	objective TEXT NOT NULL,
	evidence_kind TEXT NOT NULL,
	strength  TEXT NOT NULL,
	status    TEXT NOT NULL,
	findings  TEXT NOT NULL,    -- JSON array of finding ids
	rev3      TEXT,             -- the same in Revision 3 of NIST SP 800-171, as far as it is known
	title     TEXT NOT NULL,
	missing   TEXT NOT NULL,    -- kinds of evidence that this run does not have
	limits    TEXT NOT NULL,
	person    TEXT NOT NULL,    -- what a person must still do
	examine   TEXT NOT NULL,    -- how an assessor does: Document, Artifact, Physical Review, Screen Share
	origin    TEXT              -- the file of the site that tells of it, in control_file; NULL: this build
) STRICT;

-- The site's own frameworks, as they were read.
CREATE TABLE control_file (
	id     INTEGER PRIMARY KEY,
	path   TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	text   TEXT NOT NULL
) STRICT;

-- What `challenge` tried, as its prober tells, and what became of each: how far it came
-- by the witnesses' word.
CREATE TABLE challenge (
	id      INTEGER PRIMARY KEY,
	probe   TEXT NOT NULL,      -- as `list probes` calls it
	skipped TEXT,               -- why it was not tried; NULL: it was
	proto   TEXT,
	dst     TEXT,
	dport   INTEGER,
	sport   INTEGER,
	pid     INTEGER,
	from_ns INTEGER,
	to_ns   INTEGER,
	call    TEXT,               -- the last one that was made
	errno   INTEGER,            -- of it; 0: it succeeded
	answer  TEXT,               -- 'none', 'other', 'token': the sink sent the token back
	detail  TEXT,
	attempt INTEGER REFERENCES attempt(id),
	flow    INTEGER REFERENCES flow(id),
	egress  INTEGER REFERENCES egress(id),
	seen    INTEGER NOT NULL DEFAULT 0, -- 1: packets were seen all the time it took
	result  TEXT,               -- 'stopped', 'left', 'arrived', 'unknown'; NULL: not tried
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL
) STRICT;

-- The layers that a policy lists, and what each claims to stop.
CREATE TABLE claim (
	layer TEXT NOT NULL,
	probe TEXT NOT NULL,
	PRIMARY KEY (layer, probe)
) STRICT, WITHOUT ROWID;

-- The benchmark of models as bench/run.ndjson tells it, a row a line: (source, record) is
-- the file and the line. What it does not tell is NULL.
CREATE TABLE bench (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	time_ns INTEGER NOT NULL,
	tool    TEXT NOT NULL,
	resumed INTEGER NOT NULL,   -- 1: the run was taken up again here
	tasks_sha256 TEXT NOT NULL,
	seed    INTEGER NOT NULL,
	samples INTEGER NOT NULL,   -- answers that each task is asked for
	temperature REAL NOT NULL,
	context INTEGER,            -- tokens; NULL or 0: the server's own
	tokens_max INTEGER,         -- likewise
	timeout_ms INTEGER,
	repeats INTEGER,            -- of the measurement of speed
	suites  TEXT NOT NULL,      -- JSON array
	prompt_mode TEXT NOT NULL,  -- 'chat', 'completion'
	tasks   INTEGER NOT NULL,
	languages TEXT,             -- JSON object: the version of each
	sandbox TEXT,
	cpus    INTEGER,
	task_limit INTEGER,         -- tasks of each suite; NULL or 0: all
	languages_asked TEXT,       -- JSON array; NULL or empty: all
	difficulties_asked TEXT,    -- likewise
	PRIMARY KEY (source, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE bench_end (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	time_ns INTEGER NOT NULL,
	complete INTEGER NOT NULL,
	interrupted INTEGER NOT NULL,
	PRIMARY KEY (source, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE bench_machine (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	time_ns INTEGER NOT NULL,
	memory_bytes INTEGER,
	processor TEXT,
	tier    TEXT,               -- NULL: there is none for it
	tier_from TEXT,             -- 'gpu', 'memory', '--machine', '--vram', '--tier'
	tier_bytes INTEGER,
	warning TEXT,
	notes   TEXT,               -- JSON array
	PRIMARY KEY (source, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE bench_gpu (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	place   INTEGER NOT NULL,   -- from 1, in the order of the machine's line
	name    TEXT NOT NULL,
	vendor  TEXT,
	total_bytes INTEGER NOT NULL,
	free_bytes INTEGER,
	unified INTEGER NOT NULL,
	told_by TEXT,               -- 'NVML', 'nvidia-smi', '/sys/class/drm/card0'
	PRIMARY KEY (source, record, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE bench_server (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	time_ns INTEGER NOT NULL,
	url     TEXT NOT NULL,
	server  TEXT NOT NULL,      -- 'ollama', 'openai'
	name    TEXT,
	version TEXT,
	PRIMARY KEY (source, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE bench_model (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	time_ns INTEGER NOT NULL,
	model   TEXT NOT NULL,
	digest  TEXT,
	quantisation TEXT,
	parameters TEXT,
	family  TEXT,
	size_bytes INTEGER,
	context_max INTEGER,
	template_sha256 TEXT,
	tier    TEXT,
	PRIMARY KEY (source, record)
) STRICT, WITHOUT ROWID;

-- What must not be possible for code that a model wrote, as it was tried before the first task.
CREATE TABLE bench_proof (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	time_ns INTEGER NOT NULL,
	name    TEXT NOT NULL,
	tried   TEXT NOT NULL,
	held    INTEGER NOT NULL,
	detail  TEXT,
	PRIMARY KEY (source, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE bench_loaded (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	time_ns INTEGER NOT NULL,
	model   TEXT NOT NULL,
	size_bytes INTEGER,
	size_vram_bytes INTEGER,    -- less than size_bytes: the rest spilled to the CPU
	context INTEGER,
	PRIMARY KEY (source, record)
) STRICT, WITHOUT ROWID;

-- Durations: first_ns and total_ns by the runner's clock, the others as the server says.
CREATE TABLE bench_speed (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	time_ns INTEGER NOT NULL,
	model   TEXT NOT NULL,
	repeat  INTEGER NOT NULL,   -- 0: the cold one
	prompt_tokens INTEGER,
	tokens  INTEGER,
	first_ns INTEGER,
	total_ns INTEGER,
	load_ns INTEGER,
	prompt_ns INTEGER,
	generation_ns INTEGER,
	energy_joules REAL,
	end     TEXT,
	PRIMARY KEY (source, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE bench_answer (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	time_ns INTEGER NOT NULL,
	model   TEXT NOT NULL,
	suite   TEXT NOT NULL,
	task    TEXT NOT NULL,
	language TEXT NOT NULL,
	difficulty TEXT,
	sample  INTEGER NOT NULL,
	seed    INTEGER,
	outcome TEXT NOT NULL,      -- 'passed', 'failed', …, 'server_error'
	detail  TEXT,
	end     TEXT,
	said    TEXT,               -- the model's, as it came
	thought_bytes INTEGER,
	turns   INTEGER,
	tries   INTEGER,
	prompt_tokens INTEGER,
	tokens  INTEGER,
	first_ns INTEGER,
	total_ns INTEGER,
	load_ns INTEGER,
	prompt_ns INTEGER,
	generation_ns INTEGER,
	run_ns  INTEGER,
	run_memory_bytes INTEGER
) STRICT;

CREATE TABLE bench_energy (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	time_ns INTEGER NOT NULL,
	model   TEXT,
	joules  REAL NOT NULL,
	meter   TEXT,               -- 'intel-rapl package'
	wall_ns INTEGER,
	PRIMARY KEY (source, record)
) STRICT, WITHOUT ROWID;

-- What the site would have the figures held against: a line of its table each.
CREATE TABLE bench_published (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	time_ns INTEGER NOT NULL,
	model   TEXT NOT NULL,
	benchmark TEXT NOT NULL,
	variant TEXT NOT NULL,
	percent REAL,
	precision TEXT,
	prompt_mode TEXT,
	published TEXT,
	title   TEXT NOT NULL,
	PRIMARY KEY (source, record)
) STRICT, WITHOUT ROWID;

-- What follows is computed from these rows. A sample counts where the server answered.
CREATE TABLE model_task (
	source  INTEGER NOT NULL,
	model   TEXT NOT NULL,
	problem_set TEXT NOT NULL,  -- the suite
	task    TEXT NOT NULL,
	language TEXT NOT NULL,
	difficulty TEXT,
	samples INTEGER NOT NULL,   -- that count
	passed  INTEGER NOT NULL,
	first_passed INTEGER,       -- whether the first of these did; NULL: none counts
	server_errors INTEGER NOT NULL,
	repeated INTEGER NOT NULL,  -- answers beyond the first to the same sample
	outcomes TEXT NOT NULL,     -- JSON object: how often each
	tokens  INTEGER,
	total_ns INTEGER,
	PRIMARY KEY (source, model, problem_set, task)
) STRICT, WITHOUT ROWID;

CREATE TABLE model_run (
	model TEXT NOT NULL,
	digest TEXT,
	quantisation TEXT,
	tier TEXT,
	problem_set TEXT NOT NULL,
	pass_at_1 REAL,             -- NULL: no sample counts
	interval_low REAL,          -- 95 %: Wilson, over the effective number of tasks
	interval_high REAL,
	tokens_per_s REAL,
	first_token_ms REAL,
	vram_bytes INTEGER,
	prompt_tokens_per_s REAL,
	source INTEGER NOT NULL,
	tasks INTEGER NOT NULL,     -- with a sample that counts
	samples INTEGER NOT NULL,
	passed INTEGER NOT NULL,
	server_errors INTEGER NOT NULL,
	bootstrap_low REAL,
	bootstrap_high REAL,
	pass_at_5 REAL,             -- over the tasks with so many samples; NULL: there are none
	pass_at_5_tasks INTEGER NOT NULL,
	pass_at_10 REAL,
	pass_at_10_tasks INTEGER NOT NULL,
	outcomes TEXT NOT NULL      -- JSON object
) STRICT;

CREATE TABLE model_group (
	source INTEGER NOT NULL,
	model TEXT NOT NULL,
	problem_set TEXT NOT NULL,
	grouped_by TEXT NOT NULL,   -- 'language', 'difficulty'; 'all': over all suites
	name TEXT NOT NULL,
	tasks INTEGER NOT NULL,
	samples INTEGER NOT NULL,
	passed INTEGER NOT NULL,
	pass_at_1 REAL,
	interval_low REAL,
	interval_high REAL,
	bootstrap_low REAL,
	bootstrap_high REAL
) STRICT;

-- A model's speed, the same for all its suites: over the repeats but the cold one.
CREATE TABLE model_speed (
	source INTEGER NOT NULL,
	model TEXT NOT NULL,
	repeats INTEGER NOT NULL,
	rate_from TEXT,             -- whose clock: 'server', 'runner'; NULL: neither tells
	tokens_per_s REAL,
	tokens_per_s_sd REAL,
	tokens_per_s_p95 REAL,      -- which 95 % of the repeats reach
	tokens_per_s_half REAL,     -- half of the 95 % interval of the mean; NULL: one repeat alone
	first_token_ms REAL,
	first_token_ms_sd REAL,
	first_token_ms_p95 REAL,    -- which 95 % of the repeats stay below
	first_token_ms_half REAL,
	prompt_rate_from TEXT,
	prompt_tokens_per_s REAL,
	prompt_tokens_per_s_sd REAL,
	prompt_tokens_per_s_p95 REAL,
	load_ms REAL,               -- of the cold repeat
	cold_first_token_ms REAL,
	context INTEGER,
	vram_bytes INTEGER,
	spilled REAL,               -- share of the model outside of VRAM, at its worst; NULL: not known
	joules_per_token REAL,
	joules_from TEXT,           -- 'speed': over the repeats; 'run': over all of the model's answers
	PRIMARY KEY (source, model)
) STRICT, WITHOUT ROWID;

-- Two models on the tasks that both answered, by the first sample of each.
CREATE TABLE model_pair (
	source INTEGER NOT NULL,
	model_a TEXT NOT NULL,
	model_b TEXT NOT NULL,
	problem_set TEXT NOT NULL,  -- 'all': over all suites
	tasks INTEGER NOT NULL,
	both INTEGER NOT NULL,      -- passed by both
	only_a INTEGER NOT NULL,
	only_b INTEGER NOT NULL,
	neither INTEGER NOT NULL,
	p_exact REAL NOT NULL,      -- McNemar, two-sided
	p_mid REAL NOT NULL,
	PRIMARY KEY (source, model_a, model_b, problem_set)
) STRICT, WITHOUT ROWID;

-- Whether a model is good enough by the thresholds of the policy. Says nothing of egress.
CREATE TABLE model_verdict (
	source INTEGER NOT NULL,
	model TEXT NOT NULL,
	criterion TEXT NOT NULL,    -- the policy's key: 'pass_complete', 'tokens_per_s', …
	wanted REAL NOT NULL,       -- a share, milliseconds, or tokens a second
	measured REAL,
	low REAL,
	high REAL,
	verdict TEXT NOT NULL,
	why TEXT NOT NULL,
	remedy TEXT NOT NULL,
	PRIMARY KEY (source, model, criterion)
) STRICT, WITHOUT ROWID;

-- schema/published.tsv, or what the site gave instead (bench_published).
CREATE TABLE published (
	model TEXT NOT NULL,
	benchmark TEXT NOT NULL,    -- the suite where it is one of ours
	variant TEXT NOT NULL,
	pass_at_1 REAL,             -- NULL: none is known
	precision TEXT,
	prompt_mode TEXT,
	published TEXT,             -- year and month
	title TEXT NOT NULL         -- of the publication; 'none known'
) STRICT;

-- How the machine is set up, out of posture.ndjson: (source, record) is the record that a
-- row came from.
CREATE TABLE posture_item (
	source  INTEGER NOT NULL REFERENCES source(id),
	record  INTEGER NOT NULL,
	what    TEXT NOT NULL,      -- the kind of thing: 'editor-settings', 'nft', 'program', …
	subject TEXT NOT NULL,      -- the product; '' where it is the machine's
	scope   TEXT NOT NULL,      -- 'user', 'profile', 'workspace', 'policy', 'system', 'tool'
	path    TEXT NOT NULL,
	state   TEXT NOT NULL,      -- 'read', 'recorded', 'cut', 'there', 'absent', 'missing', 'denied', 'failed'
	problem TEXT,
	PRIMARY KEY (source, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE posture_fact (
	source INTEGER NOT NULL,
	record INTEGER NOT NULL,
	name   TEXT NOT NULL,       -- a path: 'models.0.apiBase'
	value  TEXT NOT NULL,
	reach  TEXT,                -- of a URL or a host: its class, 'any', 'name' or 'doubtful'; else NULL
	host   TEXT                 -- and that itself, an address as inet_ntop writes it
) STRICT;

-- What a parser did not understand of a record.
CREATE TABLE posture_doubt (
	source  INTEGER NOT NULL,
	record  INTEGER NOT NULL,
	why     TEXT NOT NULL,
	example TEXT NOT NULL
) STRICT;

CREATE TABLE posture_listener (
	source  INTEGER NOT NULL,
	record  INTEGER NOT NULL,
	proto   TEXT NOT NULL,
	address TEXT NOT NULL,
	reach   TEXT NOT NULL,
	port    INTEGER NOT NULL,
	pid     INTEGER,
	process TEXT
) STRICT;

CREATE TABLE posture_chain (
	source   INTEGER NOT NULL,
	record   INTEGER NOT NULL,
	family   TEXT NOT NULL,     -- '4', '6', '46'
	name     TEXT NOT NULL,
	hook     TEXT,              -- 'output', 'forward', 'postrouting', 'egress:DEVICE', 'pf', 'profile', 'another'; NULL: reached by jumps alone
	priority INTEGER NOT NULL,
	policy   TEXT NOT NULL      -- 'accept', 'drop', 'default' (of ufw: stands in another file)
) STRICT;

CREATE TABLE posture_rule (
	source  INTEGER NOT NULL,
	record  INTEGER NOT NULL,
	place   INTEGER NOT NULL,   -- rules of a record in their order
	family  TEXT NOT NULL,
	chain   TEXT NOT NULL,
	verdict TEXT NOT NULL,
	target  TEXT,
	scope   TEXT NOT NULL,      -- of new outgoing packets: 'all', 'loopback', 'established', 'link', 'narrow', 'wide', 'unsure'
	text    TEXT NOT NULL
) STRICT;

-- What a ruleset does with packets that leave the machine, one row a family and hook.
CREATE TABLE posture_way (
	source  INTEGER NOT NULL,
	record  INTEGER NOT NULL,
	family  TEXT NOT NULL,      -- '4', '6'
	outcome TEXT NOT NULL,      -- 'denied', 'open', 'unsure', 'none' (it has no rules for that)
	why     TEXT NOT NULL,
	holes   INTEGER NOT NULL,   -- rules that let something out before it is denied
	hole    TEXT NOT NULL,      -- the first wide one of them, or the first
	hook    TEXT NOT NULL,      -- 'output': of its own processes; 'forward': of containers and guests
	wide    INTEGER NOT NULL    -- how many of the rules do so for any destination, or much of the world
) STRICT;

-- What is known of products: the rows of schema/posture.tsv.
CREATE TABLE posture_known (
	kind    TEXT NOT NULL,
	subject TEXT NOT NULL,
	name    TEXT NOT NULL,
	wanted  TEXT NOT NULL,
	flags   TEXT NOT NULL,
	note    TEXT NOT NULL
) STRICT;

CREATE TABLE posture_result (
	id       INTEGER PRIMARY KEY,
	check_id TEXT NOT NULL,
	title    TEXT NOT NULL,
	subject  TEXT NOT NULL,
	state    TEXT NOT NULL,     -- 'ok', 'finding', 'unknown', 'absent'
	severity TEXT NOT NULL,
	looked_at TEXT NOT NULL,
	found    TEXT NOT NULL,
	why      TEXT NOT NULL,
	remedy   TEXT NOT NULL,
	source   INTEGER,
	record   INTEGER
) STRICT;
