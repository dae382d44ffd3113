-- SPDX-License-Identifier: Apache-2.0
-- The bundles of many hosts in one store, on SQLite or PostgreSQL. Words in braces are
-- what the two write otherwise: fleet/words.c. Times are nanoseconds since 1970 UTC by
-- the clock of the host, but for added_ns and refused_ns; flags 0 or 1.
--
-- `host` leads every key of what grows with the hosts, so that an engine that spreads
-- rows can do it by that column; `month` (202611) is that of the bundle's end, by which
-- tables are partitioned where the engine does it. `bundle` is the bundle's number.

CREATE TABLE fleet (
	version  {int} NOT NULL PRIMARY KEY
){table};
INSERT INTO fleet (version) VALUES (1);

CREATE TABLE host (
	host        {int} NOT NULL PRIMARY KEY,
	name        {text} NOT NULL UNIQUE,
	fingerprint {text} NOT NULL, -- SHA-256 of the certificate that its bundles are to be signed with
	pinned      {text} NOT NULL  -- by what: 'first sight', 'fingerprint', 'authority'
){table};

CREATE TABLE bundle (
	host     {int} NOT NULL,
	number   {int} NOT NULL,     -- from 1, as they came in
	month    {int} NOT NULL,
	sha256   {text} NOT NULL,    -- of the file
	session  {text} NOT NULL,
	content  {text} NOT NULL,    -- SHA-256 of its database: the same session bundled again has the same
	path     {text} NOT NULL,    -- the name of the file
	size     {long} NOT NULL,
	began_ns {long} NOT NULL,
	ended_ns {long} NOT NULL,
	night    {text} NOT NULL,    -- the day on which it began, UTC: 2026-11-28
	verdict  {text} NOT NULL,
	scope    {text} NOT NULL,
	tool     {text} NOT NULL,    -- version
	fingerprint {text} NOT NULL, -- of who signed it
	vouched  {text} NOT NULL,    -- by what that was believed: 'first sight', 'pin', 'fingerprint', 'authority'
	sealed_ns {long} NOT NULL,
	stamp_ns  {long},            -- as an authority stamped its seal; NULL: none did
	keep_until {text} NOT NULL,  -- '' where it does not tell
	added_ns  {long} NOT NULL,   -- by the clock of the store's user
	attempts  {long} NOT NULL,   -- of the session; of it those that aim at another machine
	leaving   {long} NOT NULL,
	lookups   {long} NOT NULL,   -- that left
	failing   {long} NOT NULL,   -- findings
	undecided {long} NOT NULL,
	seen_permille {int},         -- of the window, by the required witness that saw least; NULL: none was
	PRIMARY KEY (host, number),
	UNIQUE (host, sha256),
	UNIQUE (host, session)
){table};

CREATE INDEX bundle_by_sha256 ON bundle (sha256);

-- Who tried, and how: what many attempts of a bundle share.
CREATE TABLE actor (
	host     {int} NOT NULL,
	month    {int} NOT NULL,
	bundle   {int} NOT NULL,
	id       {int} NOT NULL,
	witness  {text},
	call     {text},
	proto    {text},
	outcome  {text},
	errno    {int},
	uid      {long},
	comm     {text},
	exe      {text},
	exe_sha256 {text},
	left_machine {int},
	PRIMARY KEY (host, month, bundle, id)
){by_month};

-- Where to, and what that was; with the number of attempts, so that nobody counts them again.
CREATE TABLE target (
	host     {int} NOT NULL,
	month    {int} NOT NULL,
	bundle   {int} NOT NULL,
	id       {int} NOT NULL,
	dst      {text},
	dport    {int},
	name     {text},
	class    {text},
	vector   {text},
	in_session {int},
	leaves   {int},
	allowed  {int},
	attempts {long} NOT NULL,
	first_ns {long} NOT NULL,
	last_ns  {long} NOT NULL,
	PRIMARY KEY (host, month, bundle, id)
){by_month};

CREATE TABLE attempt (
	host     {int} NOT NULL,
	month    {int} NOT NULL,
	bundle   {int} NOT NULL,
	id       {long} NOT NULL,
	time_ns  {long} NOT NULL,
	actor    {int} NOT NULL,
	target   {int} NOT NULL,
	pid      {int},
	tid      {int},
	ppid     {int},
	src      {text},
	sport    {int},
	bytes_out {long},
	bytes_in  {long},
	PRIMARY KEY (host, month, bundle, id)
){by_month};

CREATE TABLE lookup (
	host     {int} NOT NULL,
	month    {int} NOT NULL,
	bundle   {int} NOT NULL,
	id       {long} NOT NULL,
	source   {text},
	time_ns  {long},
	client   {text},
	server   {text},
	sport    {int},
	dport    {int},
	transport {text},
	query_id {int},
	qname    {text},
	qtype    {text},
	rcode    {text},
	answers  {text},
	dir      {text},
	in_session {int},
	class    {text},
	vector   {text},
	PRIMARY KEY (host, month, bundle, id)
){by_month};

CREATE TABLE finding (
	host     {int} NOT NULL,
	month    {int} NOT NULL,
	bundle   {int} NOT NULL,
	id       {long} NOT NULL,
	severity {text} NOT NULL,
	check_id {text} NOT NULL,
	title    {text} NOT NULL,
	detail   {text} NOT NULL,
	evidence {text} NOT NULL,
	vector   {text},
	remedy   {text} NOT NULL,
	effect   {text} NOT NULL,
	PRIMARY KEY (host, month, bundle, id)
){by_month};

CREATE TABLE control (
	host     {int} NOT NULL,
	month    {int} NOT NULL,
	bundle   {int} NOT NULL,
	id       {long} NOT NULL,    -- in their order
	framework {text} NOT NULL,
	control  {text} NOT NULL,
	objective {text} NOT NULL,
	evidence_kind {text} NOT NULL,
	strength {text} NOT NULL,
	status_text {text} NOT NULL,
	finding_ids {text} NOT NULL,
	title    {text} NOT NULL,
	PRIMARY KEY (host, month, bundle, id)
){by_month};

CREATE TABLE coverage (
	host     {int} NOT NULL,
	month    {int} NOT NULL,
	bundle   {int} NOT NULL,
	id       {long} NOT NULL,    -- in their order
	witness  {text} NOT NULL,
	from_ns  {long},
	to_ns    {long},
	state    {text} NOT NULL,
	lost     {long},
	source   {text},
	PRIMARY KEY (host, month, bundle, id)
){by_month};

-- What was offered and not taken in: kept apart, with the reason. One that came in may lie
-- there under the name of another, too.
CREATE TABLE refused (
	sha256   {text} NOT NULL,
	path     {text} NOT NULL,    -- the name of the file
	kind     {text} NOT NULL,    -- 'form', 'changed', 'untold', 'key', 'again', 'database'
	why      {text} NOT NULL,
	host     {text},             -- as it tells in a way that holds; else, with the times, by its name
	session  {text},
	began_ns {long},
	ended_ns {long},
	fingerprint {text},
	refused_ns {long} NOT NULL,  -- by the clock of the store's user
	PRIMARY KEY (sha256, path)
){table};
