/* SPDX-License-Identifier: Apache-2.0 */
#include "report/fleet.h"

/* The columns in the order of schema/fleet/query/period_NAME.sql. */
const struct fleet_about fleet_about[FLEET_PARTS] = {
	[FLEET_ALARMS] = {"alarms", "What stands out", "Nothing does.", 100,
			  {{"Host", FLEET_WORD, 0.17}, {"Night", FLEET_WORD, 0.11}, {"Bears", FLEET_VERDICT, 0.15}, {"What", FLEET_WORD, 0.14},
			   {"Detail", FLEET_WORD, 0.43}, {"Bundle (SHA-256)", FLEET_MONO, 0}}},
	[FLEET_HOSTS] = {"hosts", "Hosts, the worst first", "The store knows of none.", 300,
			 {{"Host", FLEET_WORD, 0.25}, {"Nights", FLEET_NUMBER, 0.07}, {"FAIL", FLEET_NUMBER, 0.07},
			  {"INCONCLUSIVE", FLEET_NUMBER, 0.14}, {"PASS", FLEET_NUMBER, 0.07}, {"Last night", FLEET_WORD, 0.11},
			  {"Its verdict", FLEET_VERDICT, 0.15}, {"Least seen, %", FLEET_PERMILLE, 0.14}, {"Bundles", FLEET_NUMBER, 0},
			  {"Attempts", FLEET_NUMBER, 0}, {"To leave", FLEET_NUMBER, 0}, {"Lookups that left", FLEET_NUMBER, 0}}},
	[FLEET_NIGHTS] = {"nights", "Nights of each host", "There is none.", 0,
			  {{"Host", FLEET_WORD, 0}, {"Night", FLEET_WORD, 0}, {"Began (UTC)", FLEET_TIME, 0}, {"Verdict", FLEET_VERDICT, 0},
			   {"Least seen, %", FLEET_PERMILLE, 0}, {"Bundles", FLEET_NUMBER, 0}, {"Attempts", FLEET_NUMBER, 0},
			   {"To leave", FLEET_NUMBER, 0}, {"Lookups that left", FLEET_NUMBER, 0}, {"Findings", FLEET_NUMBER, 0}}},
	[FLEET_TREND] = {"trend", "Verdicts by night", "There is no night.", 100,
			 {{"Night", FLEET_WORD, 0.16}, {"Hosts", FLEET_NUMBER, 0.1}, {"FAIL", FLEET_NUMBER, 0.1},
			  {"INCONCLUSIVE", FLEET_NUMBER, 0.16}, {"PASS", FLEET_NUMBER, 0.1}, {"Attempts", FLEET_NUMBER, 0.14},
			  {"To leave", FLEET_NUMBER, 0.12}, {"Lookups", FLEET_NUMBER, 0.12}}},
	[FLEET_DESTINATIONS] = {"destinations", "Where sessions tried to go", "No session tried to leave its machine.", 40,
				{{"Destination", FLEET_MONO, 0.42}, {"Class", FLEET_WORD, 0.14}, {"Hosts", FLEET_NUMBER, 0.1},
				 {"Nights", FLEET_NUMBER, 0.1}, {"Attempts", FLEET_NUMBER, 0.12}, {"Allowed", FLEET_NUMBER, 0.12},
				 {"First (UTC)", FLEET_TIME, 0}, {"Last (UTC)", FLEET_TIME, 0}}},
	[FLEET_VECTORS] = {"vectors", "What for", "No session tried to leave its machine.", 40,
			   {{"Vector", FLEET_WORD, 0.4}, {"Hosts", FLEET_NUMBER, 0.15}, {"Nights", FLEET_NUMBER, 0.15},
			    {"Attempts", FLEET_NUMBER, 0.15}, {"Allowed", FLEET_NUMBER, 0.15}, {"First (UTC)", FLEET_TIME, 0},
			    {"Last (UTC)", FLEET_TIME, 0}}},
	[FLEET_FINDINGS] = {"findings", "Findings by check", "There is none.", 500,
			    {{"Check", FLEET_WORD, 0.18}, {"Bears", FLEET_VERDICT, 0.15}, {"Severity", FLEET_WORD, 0.1},
			     {"One of them", FLEET_WORD, 0.29}, {"Hosts", FLEET_NUMBER, 0.08}, {"Nights", FLEET_NUMBER, 0.08},
			     {"Findings", FLEET_NUMBER, 0.12}, {"First night", FLEET_WORD, 0}, {"Last night", FLEET_WORD, 0}}},
	[FLEET_CONTROLS] = {"controls", "Objectives that the evidence bears on", "The bundles name none.", 1500,
			    {{"Framework", FLEET_WORD, 0.11}, {"Control", FLEET_WORD, 0.16}, {"Objective", FLEET_WORD, 0.1},
			     {"Evidence", FLEET_WORD, 0.1}, {"Strength", FLEET_WORD, 0.17}, {"Status", FLEET_WORD, 0.19},
			     {"Hosts", FLEET_NUMBER, 0.08}, {"Nights", FLEET_NUMBER, 0.09}, {"First night", FLEET_WORD, 0},
			     {"Last night", FLEET_WORD, 0}, {"Title", FLEET_WORD, 0}}},
	[FLEET_REFUSED] = {"refused", "Bundles that were refused", "None was.", 500,
			   {{"Host", FLEET_WORD, 0.17}, {"Kind", FLEET_VERDICT, 0.1}, {"Why", FLEET_WORD, 0.37}, {"File", FLEET_MONO, 0.36},
			    {"Began (UTC)", FLEET_TIME, 0}, {"Ended (UTC)", FLEET_TIME, 0}, {"Refused (UTC)", FLEET_TIME, 0},
			    {"SHA-256", FLEET_MONO, 0}}},
	[FLEET_BUNDLES] = {"bundles", "Bundles that this rests on", "There is none.", 2500,
			   {{"Host", FLEET_WORD, 0.16}, {"Began (UTC)", FLEET_TIME, 0.13}, {"Ended (UTC)", FLEET_TIME, 0},
			    {"Verdict", FLEET_VERDICT, 0.16}, {"Attempts", FLEET_NUMBER, 0.1}, {"To leave", FLEET_NUMBER, 0.1},
			    {"SHA-256 of the file", FLEET_MONO, 0.35}, {"File", FLEET_MONO, 0}, {"Scope", FLEET_WORD, 0},
			    {"Tool", FLEET_WORD, 0}, {"Believed by", FLEET_WORD, 0}, {"Signer (SHA-256)", FLEET_MONO, 0},
			    {"Session", FLEET_MONO, 0}}},
};

const char *const fleet_method[] = {
	"Each bundle was verified before it came into the store: its form, the hash of each file, its signatures, and that its host's "
	"key is the one that was known or vouched for. What did not verify is listed as refused and counts nowhere else.",
	"The rows are those of the database that each bundle brought along. That such a database follows from the raw evidence "
	"beside it is not shown here; airgap-verify reproduce shows it for a bundle.",
	"A night is the day, UTC, on which a bundle's session began; where there are more bundles of one, the worst verdict "
	"stands for it.",
	"A host is silent where nothing came for half as long again as its nights usually lie apart, up to the end of the period; one "
	"with fewer than three nights is held to what is usual of the others, else to a day. Where whoever made "
	"this said how far they should lie apart, it is told as \"half as long again as it should\".",
	NULL,
};

const char *const fleet_limits[] = {
	"Where there is no bundle of a night, nothing is known of it: no evidence is not a PASS.",
	"Hosts that never handed in a bundle are not known to the store and are missing here.",
	/* one sentence on two lines: NOLINTNEXTLINE(bugprone-suspicious-missing-comma) */
	"Each verdict speaks of its host and its watched window alone; between windows nobody watched. Nightly windows are samples, "
	"not an unbroken watch.",
	"What leaves by no network socket (removable media, Bluetooth, serial lines, screens) was not watched.",
	"Times are each host's own clock, unless an authority stamped the seal.",
	"A signature shows that something was changed; it keeps nobody from reading or deleting it.",
	"Which objectives are fulfilled is for an assessor to say: the list tells for how many hosts there is evidence of which strength.",
	NULL,
};
