/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Each check of posture with what it must find, what it must pass, and what it must own
 * up to not knowing.
 */
#include "tests/unit/posture_records.h"

#define PROCESS(comm, rest) MACHINE("process", "pid=7\ncomm=" comm "\nargs= " rest "\nenvironment=read\n")
#define SETTINGS(text) OF("editor-settings", "VS Code", "user", text)
#define OLLAMA(host) OF("unit", "Ollama", "system", "[Service]\nEnvironment=OLLAMA_HOST=" host "\n")
#define HOSTS(text) MACHINE("hosts", text)
#define CONTINUE(url) OF("client-json", "Continue", "user", "{\"models\":[{\"provider\":\"openai\",\"apiBase\":\"" url "\"}]}")
#define QUIET                                                                                   \
	"\"telemetry.telemetryLevel\":\"off\",\"update.mode\":\"none\",\"workbench.enableExperiments\":false," \
	"\"extensions.autoUpdate\":false,\"extensions.autoCheckUpdates\":false,"                \
	"\"extensions.ignoreRecommendations\":true,"                                            \
	"\"workbench.settings.enableNaturalLanguageSearch\":false,\"update.showReleaseNotes\":false"

/* A policy of firewalld from the host to anywhere, as it stands in the kernel, and a rich rule in it. */
#define FIREWALLD(target)                                                                       \
	TOOL("nft", "table inet firewalld {\n chain filter_OUTPUT {\n  type filter hook output priority filter + 10; policy accept;\n" \
		    "  ct state { established, related } accept\n  oifname \"lo\" accept\n"       \
		    "  ip6 daddr { ::/96, ::ffff:0.0.0.0/96, 2002::/24 } reject with icmpv6 addr-unreachable\n" \
		    "  jump filter_OUTPUT_POLICIES\n }\n chain filter_OUTPUT_POLICIES {\n  jump filter_OUT_policy_shut\n  return\n }\n" \
		    " chain filter_OUT_policy_shut {\n  jump filter_OUT_policy_shut_pre\n  jump filter_OUT_policy_shut_allow\n" \
		    "  jump filter_OUT_policy_shut_post\n  " target "\n }\n chain filter_OUT_policy_shut_pre {\n }\n" \
		    " chain filter_OUT_policy_shut_post {\n }\n chain filter_OUT_policy_shut_allow {\n"      \
		    "  ip daddr 192.0.2.10 tcp dport 443 ct state { new, untracked } accept\n }\n}\n")

#define WINDOWS_DENIES "Public Profile Settings:\nState  ON\nFirewall Policy  BlockInbound,BlockOutbound\n"
#define WINDOWS_RULE(to, port) "Rule Name:  a\nEnabled:  Yes\nDirection:  Out\nProfiles:  Public\nRemoteIP:  " to "\nProtocol:  Any\nRemotePort:  " port "\nAction:  Allow\n"

static const struct {
	const char *check, *wanted; /* states of its answers, in their order, ';' behind each */
	struct record records[RECORDS_MAX];
} cases[] = {
	{"model_listen", "ok;", {LISTENS("127.0.0.1:11434", "ollama")}},
	{"model_listen", "ok;", {LISTENS("[::1]:8080", "llama-server")}},
	{"model_listen", "finding;", {LISTENS("0.0.0.0:11434", "ollama")}},
	{"model_listen", "finding;", {LISTENS("*:1234", "LM Studio")}},
	{"model_listen", "finding;", {LISTENS("192.0.2.1:9999", "vllm")}}, /* whatever port */
	{"model_listen", "finding;", {LISTENS("0.0.0.0:8000", "python3"), PROCESS("python3", "python3 -m vllm.entrypoints")}},
	{"model_listen", "absent;", {LISTENS("0.0.0.0:8080", "nginx")}}, /* not by port alone */
	{"model_listen", "unknown;", {TOOL("listeners", "tcp LISTEN 0 9 0.0.0.0:11434 0.0.0.0:*\n")}},
	{"model_listen", "unknown;", {PROCESS("ollama", "ollama serve"), {"listeners", "", "tool", "", NULL, "missing"}}},
	{"model_listen", "finding;", {OF("unit", "Ollama", "system", "[Service]\nEnvironment=\"OLLAMA_HOST=0.0.0.0\"\n")}},
	{"model_listen", "absent;", {OF("unit", "Ollama", "system", "[Service]\nEnvironment=OLLAMA_HOST=127.0.0.1:11434\n")}},
	{"model_listen", "unknown;", {OLLAMA("box:11434")}},
	{"model_listen", "unknown;", {OLLAMA("http://box.example:11434"), HOSTS("127.0.0.1 localhost\n")}},
	{"model_listen", "absent;", {OLLAMA("Box:11434"), HOSTS("127.0.1.1 box box.example\n")}},
	{"model_listen", "absent;", {OLLAMA("localhost")}},
	{"model_listen", "finding;", {OLLAMA("box"), HOSTS("127.0.1.1 box\n192.0.2.7 box\n")}},
	{"model_listen", "finding;", {OLLAMA("localhost:11434"), HOSTS("192.0.2.7 localhost\n")}},
	{"model_listen", "unknown;", {OLLAMA("127.1")}}, /* which is a name for Ollama */
	{"model_listen", "finding;", {OLLAMA("http://127.1:11434")}},
	{"model_listen", "finding;", {OF("lmstudio-server", "LM Studio", "user", "{\"port\":1234,\"networkInterface\":\"0.0.0.0\"}")}},

	{"model_forward", "finding;", {LISTENS("0.0.0.0:11434", "docker-proxy")}},
	{"model_forward", "ok;", {LISTENS("127.0.0.1:11434", "docker-proxy")}},
	{"model_forward", "finding;", {LISTENS("0.0.0.0:80", "docker-proxy"), PROCESS("docker-proxy", "x -host-port 80 -container-port 11434")}},
	{"model_forward", "absent;", {LISTENS("0.0.0.0:80", "docker-proxy")}},
	{"model_forward", "finding;", {LISTENS("*:8000", "rootlessport")}},
	{"model_forward", "finding;", {TOOL("iptables", "*nat\n-A DOCKER ! -i docker0 -p tcp -m tcp --dport 11434 -j DNAT --to-destination 172.17.0.2:11434\nCOMMIT\n")}},
	{"model_forward", "absent;", {TOOL("iptables", "*nat\n-A DOCKER -d 127.0.0.1/32 -p tcp -m tcp --dport 11434 -j DNAT --to-destination 172.17.0.2:11434\nCOMMIT\n")}},
	{"model_forward", "finding;", {TOOL("nft", "table ip nat {\n chain p {\n  tcp dport 1234 dnat to 10.0.0.2:1234\n }\n}\n")}},

	{"ollama_cloud", "absent;", {MACHINE("clock", "synchronised=yes\n")}},
	{"ollama_cloud", "finding;", {HERE("Ollama")}},
	{"ollama_cloud", "finding;", {PROCESS("ollama", "serve")}},
	{"ollama_cloud", "ok;", {HERE("Ollama"), OF("ollama-server", "Ollama", "user", "{\"disable_ollama_cloud\": true}")}},
	{"ollama_cloud", "finding;", {HERE("Ollama"), OF("ollama-server", "Ollama", "user", "{\"disable_ollama_cloud\": false}")}},
	{"ollama_cloud", "ok;", {OF("unit", "Ollama", "system", "Environment=OLLAMA_NO_CLOUD=1\n")}},
	{"ollama_cloud", "unknown;", {HERE("Ollama"), {"ollama-server", "Ollama", "user", "/x", NULL, "denied"}}},
	{"ollama_updater", "ok;", {HERE("Ollama")}},
	{"ollama_updater", "finding;", {HERE("Ollama"), HERE("Ollama app")}},
	{"ollama_updater", "finding;", {PROCESS("Ollama", "/Applications/Ollama.app/Contents/MacOS/Ollama")}},

	{"models", "finding;", {HERE("Ollama")}},
	{"models", "ok;", {OF("ollama-models", "Ollama", "user", "registry.ollama.ai/library/qwen3/8b\n")}},
	{"models", "ok;", {OF("ollama-models", "Ollama", "user", "registry.ollama.ai/library/qwen3/14b\n"), TOOL("nvidia", "12282\n")}},
	{"models", "ok;", {OF("ollama-models", "Ollama", "user", "registry.ollama.ai/library/qwen3/8b\n"), TOOL("nvidia", "8188\n")}},
	{"models", "ok;", {OF("ollama-models", "Ollama", "user", "registry.ollama.ai/library/qwen3/8b\n"), TOOL("nvidia", "8192\n")}},
	{"models", "finding;", {OF("ollama-models", "Ollama", "user", "registry.ollama.ai/library/qwen3/8b\n"), TOOL("nvidia", "8193\n")}},
	{"models", "ok;", {OF("ollama-models", "Ollama", "user", "registry.ollama.ai/library/qwen3/8b\n"), TOOL("nvidia", "5910\n")}},
	{"models", "ok;", {OF("ollama-models", "Ollama", "user", "registry.ollama.ai/library/qwen3/0.6b\n"), TOOL("nvidia", "4096\n")}}, /* only recommended */
	{"models", "ok;", {OF("ollama-models", "Ollama", "user", "registry.ollama.ai/library/qwen3/0.6b\n"), TOOL("nvidia", "49140\n")}},
	{"models", "ok;", {OF("ollama-models", "Ollama", "user", "registry.ollama.ai/library/qwen2.5-coder/32b-instruct-q4_K_M\n"), TOOL("nvidia", "24564\n")}},
	{"models", "finding;", {OF("ollama-models", "Ollama", "user", "registry.ollama.ai/library/qwen3/8b\n"), MACHINE("graphics", "card0 17163091968\n")}},
	{"models", "ok;", {OF("ollama-models", "Ollama", "user", "registry.ollama.ai/library/glm-4.7-flash/q4\n"), TOOL("nvidia", "16376\n")}},

	{"client_endpoint", "ok;", {OF("client-yaml", "Continue", "user", "models:\n  - provider: ollama\n    model: m\n")}},
	{"client_endpoint", "ok;", {OF("client-json", "Continue", "user", "{\"models\":[{\"provider\":\"openai\",\"apiBase\":\"http://localhost:1234/v1\"}]}")}},
	{"client_endpoint", "finding;", {OF("client-json", "Continue", "user", "{\"models\":[{\"provider\":\"anthropic\"}]}")}},
	{"client_endpoint", "finding;", {OF("client-yaml", "Continue", "user", "models:\n  - provider: ollama\n    apiBase: http://192.0.2.9:11434\n")}},
	{"client_endpoint", "finding;", {CONTINUE("http://127.0.0.1@vendor.example/")}},
	{"client_endpoint", "finding;", {CONTINUE("http://vendor.example#@localhost/")}},
	{"client_endpoint", "finding;", {CONTINUE("http://vendor.example\\\\@127.0.0.1/")}},
	{"client_endpoint", "finding;", {CONTINUE("http://127.1/")}},
	{"client_endpoint", "finding;", {CONTINUE("http://[::ffff:8.8.8.8]/")}},
	{"client_endpoint", "finding;", {CONTINUE("http://box:11434/")}},
	{"client_endpoint", "ok;", {CONTINUE("http://box:11434/"), HOSTS("127.0.1.1 box\n")}},
	{"client_endpoint", "finding;", {CONTINUE("http://box:11434/"), HOSTS("192.0.2.7 box\n")}},
	{"client_endpoint", "finding;", {CONTINUE("http://localhost:11434/"), HOSTS("127.0.0.1 localhost\n192.0.2.7 localhost\n")}},
	{"client_endpoint", "unknown;", {HERE("Continue")}},
	{"client_endpoint", "unknown;ok;", {OF("client-yaml", "Continue", "user", "models:\n  - provider: ollama\n    x: {y: z}\n")}},
	{"client_endpoint", "ok;", {OF("client-json", "Cline", "user", "{\"actModeApiProvider\":\"ollama\"}")}},
	{"client_endpoint", "finding;", {OF("client-json", "Cline", "user", "{\"actModeApiProvider\":\"anthropic\"}")}},
	{"client_endpoint", "ok;", {OF("client-json", "Cline", "user", "{\"actModeApiProvider\":\"openai\",\"openAiBaseUrl\":\"http://127.0.0.1:8080/v1\"}")}},
	{"client_endpoint", "finding;ok;", {OF("client-json", "Cline", "user", "{\"actModeApiProvider\":\"anthropic\",\"openAiBaseUrl\":\"http://127.0.0.1:8080/v1\"}")}},
	{"client_endpoint", "ok;", {OF("client-json", "opencode", "user", "{\"model\":\"ollama/q\",\"provider\":{\"ollama\":{\"options\":{\"baseURL\":\"http://localhost:11434/v1\"}}}}")}},
	{"client_endpoint", "finding;", {OF("client-json", "opencode", "user", "{\"model\":\"anthropic/x\"}")}},
	{"client_endpoint", "ok;", {HERE("aider"), OF("client-yaml", "aider", "user", "model: ollama_chat/q\n")}},
	{"client_endpoint", "ok;", {HERE("aider"), OF("client-env", "aider", "workspace", "OLLAMA_API_BASE=http://127.0.0.1:11434\n")}},
	{"client_endpoint", "finding;", {HERE("aider")}},
	{"client_endpoint", "absent;", {OF("client-env", "aider", "user", "OPENAI_API_BASE=https://api.example\n")}}, /* nobody's */
	{"client_endpoint", "ok;", {OF("client-toml", "Codex", "user", "model_provider = \"oss\"\n")}},
	{"client_endpoint", "ok;", {OF("client-toml", "Codex", "user", "model_provider = \"l\"\n[model_providers.l]\nbase_url = \"http://[::1]:1234/v1\"\n")}},
	{"client_endpoint", "finding;", {OF("client-toml", "Codex", "user", "model = \"m\"\n")}},
	{"client_endpoint", "ok;", {OF("client-json", "Claude Code", "user", "{\"env\":{\"ANTHROPIC_BASE_URL\":\"http://127.0.0.1:4000\"}}")}},
	{"client_endpoint", "ok;", {HERE("Claude Code"), OF("environment", "", "user", "ANTHROPIC_BASE_URL=http://127.0.0.1:4000\n")}},
	{"client_endpoint", "finding;", {OF("client-json", "Claude Code", "user", "{}")}},
	{"client_endpoint", "ok;", {OF("client-json", "Zed", "user", "{\"agent\":{\"default_model\":{\"provider\":\"ollama\"}}, // x\n}")}},
	{"client_endpoint", "finding;", {OF("client-json", "Zed", "user", "{\"language_models\":{\"openai\":{\"api_url\":\"https://api.example\"}}}")}},
	{"client_endpoint", "finding;", {HERE("Cursor")}},

	{"settings", "ok;ok;ok;ok;ok;ok;ok;ok;", {SETTINGS("{" QUIET "}")}},
	{"settings", "ok;ok;ok;ok;ok;ok;ok;ok;", {HERE("VSCodium"), OF("editor-settings", "VSCodium", "user", "{" QUIET ", /* forks too */ }")}},
	{"settings", "ok;ok;ok;finding;ok;ok;ok;ok;", {SETTINGS("{" QUIET ",}"), SETTINGS("{\"telemetry.telemetryLevel\":\"all\"}")}},
	{"settings", "ok;ok;finding;ok;ok;ok;ok;ok;ok;", {SETTINGS("{" QUIET "}"), OF("editor-settings", "", "workspace", "{\"extensions.ignoreRecommendations\":false}")}},
	{"settings", "ok;ok;ok;ok;ok;ok;ok;ok;", {SETTINGS("{" QUIET "}"), OF("editor-settings", "", "workspace", "{\"update.mode\":\"default\"}")}},
	{"settings", "ok;ok;finding;ok;ok;ok;ok;ok;ok;", {SETTINGS("{" QUIET "}"), OF("editor-settings", "VS Code", "profile", "{\"extensions.ignoreRecommendations\":false}")}},
	{"settings", "unknown;unknown;unknown;unknown;unknown;unknown;unknown;unknown;", {SETTINGS("{broken")}},
	{"settings", "ok;", {OF("client-json", "Continue", "user", "{\"allowAnonymousTelemetry\":false}")}},
	{"settings", "finding;", {OF("client-json", "Continue", "user", "{\"allowAnonymousTelemetry\":true}")}},
	{"settings", "ok;", {HERE("Claude Code"), OF("environment", "", "user", "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC=1\n")}},

	{"extensions", "finding;", {OF("extensions", "VS Code", "user", "[{\"identifier\":{\"id\":\"GitHub.copilot\"}}]")}},
	{"extensions", "finding;", {OF("extensions", "VS Code", "user", "[{\"identifier\":{\"id\":\"Continue.continue\"}}]")}},
	{"extensions", "ok;", {OF("extensions", "VS Code", "user", "[{\"identifier\":{\"id\":\"Continue.continue\"}}]"), SETTINGS("{\"continue.telemetryEnabled\":false}")}},
	{"extensions", "unknown;", {OF("extensions", "VS Code", "user", "[{\"identifier\":{\"id\":\"some.body\"}},{\"identifier\":{\"id\":\"any.one\"}}]")}},
	{"extensions", "unknown;", {OF("extensions", "VS Code", "user", "[{")}},

	{"firewall_default", "ok;ok;", {DENIES}},
	{"firewall_default", "finding;finding;", {TOOL("nft", "")}},
	{"firewall_default", "ok;finding;", {TOOL("nft", "table ip f {\n chain o {\n type filter hook output priority 0; policy drop;\n}\n}\n")}},
	{"firewall_default", "finding;finding;", {NFT("accept")}},
	{"firewall_default", "ok;ok;", {NFT("counter jump p }\n chain p {\n ct state established accept\n reject\n")}},
	{"firewall_default", "finding;finding;", {NFT("jump p }\n chain p {\n jump q }\n chain q { \n accept\n")}},
	{"firewall_default", "ok;ok;", {FIREWALLD("drop")}},
	{"firewall_default", "finding;finding;", {FIREWALLD("return")}},
	{"firewall_holes", "finding;ok;", {FIREWALLD("drop")}},
	{"firewall_default", "ok;finding;", {TOOL("nft", "table inet f {\n chain o {\n type filter hook output priority 0; policy accept;\n ip daddr != 127.0.0.0/8 drop\n}\n}\n")}},
	{"firewall_default", "unknown;unknown;", {NFT("tcp dport vmap { 80 : accept }")}},
	{"firewall_default", "unknown;unknown;", {NFT("jump p }\n chain p {\n jump p\n")}},
	{"firewall_default", "finding;finding;", {TOOL("nft", "table inet f {\n flags dormant\n chain o {\n type filter hook output priority 0; policy drop;\n}\n}\n")}},
	{"firewall_default", "ok;ok;", {TOOL("nft", "table inet d {\n flags dormant\n}\ntable inet f {\n chain o {\n type filter hook output priority 0; policy drop;\n}\n}\n")}},
	{"firewall_default", "unknown;unknown;", {TOOL("nft", "include \"x\"\ntable inet f {\n chain o {\n type filter hook output priority 0; policy drop;\n}\n}\n")}},
	{"firewall_default", "unknown;unknown;", {{"nft", "", "tool", "", NULL, "failed"}}},
	{"firewall_default", "unknown;unknown;", {MACHINE("clock", "synchronised=yes\n")}},
	{"firewall_default", "ok;finding;", {TOOL("iptables", "*filter\n:OUTPUT DROP [0:0]\n-A OUTPUT -o lo -j ACCEPT\nCOMMIT\n"), TOOL("ip6tables", "*filter\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n")}},
	{"firewall_default", "finding;ok;", {TOOL("iptables", "*filter\n:OUTPUT DROP [0:0]\n-A OUTPUT -j ACCEPT\n-A OUTPUT -j DROP\nCOMMIT\n"), TOOL("ip6tables", "*filter\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT ! -o lo -j DROP\nCOMMIT\n")}},
	{"firewall_default", "ok;ok;", {TOOL("iptables", "*filter\n:OUTPUT DROP [0:0]\nCOMMIT\n"), MACHINE("route4", "\n"), {"route6", "", "system", "/r", NULL, "absent"}}},
	{"firewall_default", "ok;ok;", {TOOL("ufw", "Status: active\nDefault: deny (incoming), deny (outgoing), disabled (routed)\n")}},
	{"firewall_default", "finding;finding;", {TOOL("ufw", "Status: active\nDefault: deny (incoming), allow (outgoing), disabled (routed)\n")}},
	{"firewall_default", "finding;finding;", {TOOL("ufw", "Status: inactive\n")}},
	{"firewall_default", "ok;finding;", {TOOL("ufw", "Status: active\nDefault: deny (incoming), deny (outgoing), disabled (routed)\n"), OF("ufw-default", "ufw", "system", "IPV6=no\n")}},
	{"firewall_default", "ok;ok;", {TOOL("pf-info", "Status: Enabled for 1 days\n"), TOOL("pf-rules", "block drop out all\npass out quick on lo0 all\n")}},
	{"firewall_default", "finding;finding;", {TOOL("pf-info", "Status: Enabled\n"), TOOL("pf-rules", "block drop out all\npass out all\n")}},
	{"firewall_default", "finding;finding;", {TOOL("pf-info", "Status: Enabled\n"), TOOL("pf-rules", "pass out quick all\nblock drop out all\n")}},
	{"firewall_default", "unknown;unknown;", {TOOL("pf-info", "Status: Enabled\n"), TOOL("pf-rules", "anchor \"x\" all\nblock drop out all\n")}},
	{"firewall_default", "ok;ok;", {TOOL("pf-info", "Status: Enabled\n"), TOOL("pf-rules", "anchor \"x\" all {\n}\nblock drop out all\n")}},
	{"firewall_default", "finding;finding;", {TOOL("pf-info", "Status: Enabled\n"), TOOL("pf-rules", "block drop out all\nanchor \"x\" all {\n  pass out all\n}\n")}},
	{"firewall_holes", "finding;finding;", {TOOL("pf-info", "Status: Enabled\n"), TOOL("pf-rules", "block drop out all\nanchor \"x\" out on utun0 all {\n  pass out all\n}\n")}},
	{"firewall_default", "finding;finding;", {TOOL("pf-info", "Status: Disabled\n"), TOOL("pf-rules", "block drop out all\n")}},
	{"firewall_default", "unknown;unknown;", {TOOL("netsh", WINDOWS_DENIES)}},
	{"firewall_default", "ok;ok;", {TOOL("netsh", WINDOWS_DENIES WINDOWS_RULE("Any", "53"))}},
	{"firewall_default", "finding;finding;", {TOOL("netsh", WINDOWS_DENIES WINDOWS_RULE("Any", "Any"))}},
	{"firewall_holes", "finding;finding;", {TOOL("netsh", WINDOWS_DENIES WINDOWS_RULE("Any", "53"))}},
	{"firewall_holes", "ok;ok;", {TOOL("netsh", WINDOWS_DENIES WINDOWS_RULE("127.0.0.1", "Any"))}},
	{"firewall_default", "finding;finding;", {TOOL("netsh", "Domain Profile Settings:\nState  ON\nFirewall Policy  BlockInbound,BlockOutbound\nPublic Profile Settings:\nState  ON\nFirewall Policy  BlockInbound,AllowOutbound\n")}},
	{"firewall_default", "unknown;unknown;", {OF("nft-file", "nftables", "system", "table inet f {\n chain o {\n type filter hook output priority 0; policy drop;\n}\n}\n")}},
	{"firewall_default", "finding;finding;", {OF("nft-file", "nftables", "system", "table inet f {\n chain o {\n type filter hook output priority 0;\n}\n}\n")}},
	{"firewall_default", "unknown;unknown;", {OF("firewalld-direct", "firewalld", "system", "<rule ipv=\"ipv4\" table=\"filter\" chain=\"OUTPUT\" priority=\"0\">-j DROP</rule><rule ipv=\"ipv6\" table=\"filter\" chain=\"OUTPUT\" priority=\"0\">-j DROP</rule>")}},
	{"firewall_default", "unknown;unknown;", {OF("firewalld-policy", "firewalld", "system", "<policy target=\"DROP\"><ingress-zone name=\"HOST\"/><egress-zone name=\"ANY\"/></policy>")}},
	{"firewall_loaded", "finding;finding;", {TOOL("nft", ""), OF("firewalld-policy", "firewalld", "system", "<policy target=\"DROP\"><ingress-zone name=\"HOST\"/><egress-zone name=\"ANY\"/></policy>")}},
	{"firewall_default", "finding;finding;", {OF("firewalld-direct", "firewalld", "system", "<direct/>")}},

	{"firewall_default", "ok;ok;", {TOOL("nft", "table inet f {\n chain p {\n type filter hook postrouting priority srcnat; policy drop;\n oifname \"lo\" accept\n}\n}\n")}},
	{"firewall_forward", "ok;", {TOOL("nft", "table inet f {\n chain p {\n type filter hook postrouting priority srcnat; policy drop;\n}\n}\n"), MACHINE("forward4", "1\n")}},
	{"firewall_default", "finding;finding;", {TOOL("nft", "table inet f {\n chain n {\n type nat hook output priority 0; policy drop;\n}\n}\n")}},
	{"firewall_default", "ok;ok;", {TOOL("iptables", "*mangle\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING ! -o lo -j DROP\nCOMMIT\n"), MACHINE("route4", "\n"), {"route6", "", "system", "/r", NULL, "absent"}}},
	{"firewall_default", "finding;finding;", {TOOL("iptables", "*nat\n:OUTPUT DROP [0:0]\nCOMMIT\n")}},
	{"firewall_default", "ok;ok;", {EGRESS("device \"eth0\""), DEVICES("eth0 up wired\n")}},
	{"firewall_default", "ok;ok;", {EGRESS("devices = { eth0, \"wlan0\" }"), DEVICES("eth0 up wired\nwlan0 down wireless\n")}},
	{"firewall_default", "finding;finding;", {EGRESS("device \"eth0\""), DEVICES("eth0 up wired\nwlan0 down wireless\n")}},
	{"firewall_default", "unknown;unknown;", {EGRESS("device \"eth0\"")}},
	{"firewall_default", "ok;ok;", {DENIES_AND("table netdev d {\n chain e {\n type filter hook egress device eth0 priority 0; policy accept;\n}\n}\n"), DEVICES("eth0 up wired\nwlan0 up wireless\n")}},

	{"firewall_holes", "ok;ok;", {DENIES}},
	{"firewall_holes", "ok;ok;", {DENIES_AND("table inet g {\n chain p {\n type filter hook postrouting priority 0; policy drop;\n tcp dport 443 accept\n}\n}\n")}},
	{"firewall_holes", "finding;finding;", {NFT("udp dport 53 accept")}},
	{"firewall_holes", "finding;finding;", {NFT("udp dport 53 jump p }\n chain p {\n accept\n")}},
	{"firewall_holes", "ok;ok;", {NFT("icmpv6 type { nd-neighbor-solicit, nd-router-advert } accept\nicmpv6 type 135 accept")}},
	{"firewall_holes", "ok;finding;", {NFT("meta nfproto ipv6 icmpv6 type { nd-neighbor-solicit, echo-request } accept")}},
	{"firewall_holes", "ok;", {TOOL("ip6tables", "*filter\n:OUTPUT DROP [0:0]\n-A OUTPUT -p ipv6-icmp -m icmp6 --icmpv6-type 135 -m hl --hl-eq 255 -j ACCEPT\nCOMMIT\n")}},
	{"firewall_holes", "finding;", {TOOL("ip6tables", "*filter\n:OUTPUT DROP [0:0]\n-A OUTPUT -p ipv6-icmp -m icmp6 --icmpv6-type 128 -j ACCEPT\nCOMMIT\n")}},
	{"firewall_holes", "ok;ok;", {NFT("drop\nudp dport 53 accept")}},
	{"firewall_holes", "ok;finding;", {NFT("meta nfproto ipv4 drop\ntcp dport 443 accept")}},
	{"firewall_holes", "finding;finding;", {NFT("jump p }\n chain p {\n tcp dport 443 return\n drop\n")}},
	{"firewall_holes", "finding;finding;", {TOOL("pf-info", "Status: Enabled\n"), TOOL("pf-rules", "block out all\npass out proto tcp to port 443\n")}},
	{"firewall_holes", "ok;ok;", {TOOL("pf-info", "Status: Enabled\n"), TOOL("pf-rules", "pass out proto tcp to port 443\nblock out all\n")}},
	{"firewall_holes", "absent;", {TOOL("nft", "")}},

	{"firewall_forward", "absent;", {TOOL("nft", ""), MACHINE("forward4", "0\n")}},
	{"firewall_forward", "finding;", {DENIES, MACHINE("forward4", "1\n")}},
	{"firewall_forward", "ok;", {TOOL("iptables", "*filter\n:FORWARD DROP [0:0]\n:OUTPUT DROP [0:0]\nCOMMIT\n"), MACHINE("forward4", "1\n")}},
	{"firewall_forward", "finding;", {TOOL("iptables", "*filter\n:FORWARD DROP [0:0]\n-A FORWARD -i docker0 ! -o docker0 -j ACCEPT\nCOMMIT\n"), MACHINE("forward4", "1\n")}},
	{"firewall_forward", "finding;", {TOOL("ip6tables", "*filter\n:FORWARD ACCEPT [0:0]\nCOMMIT\n"), MACHINE("forward6", "1\n")}},
	{"firewall_forward", "ok;", {TOOL("nft", "table inet f {\n chain w {\n type filter hook forward priority 0; policy drop;\n}\n}\n"), MACHINE("forward6", "1\n")}},
	{"firewall_forward", "unknown;", {{"nft", "", "tool", "", NULL, "failed"}, MACHINE("forward4", "1\n")}},

	{"firewall_loaded", "finding;finding;", {TOOL("nft", ""), OF("nft-file", "nftables", "system", "table inet f {\n chain o {\n type filter hook output priority 0; policy drop;\n}\n}\n")}},
	{"firewall_loaded", "ok;ok;", {DENIES, OF("nft-file", "nftables", "system", "table inet f {\n chain o {\n type filter hook output priority 0; policy drop;\n}\n}\n")}},
	{"firewall_loaded", "absent;", {TOOL("nft", ""), OF("nft-file", "nftables", "system", "flush ruleset\n")}},

	{"ufw", "ok;", {TOOL("ufw", "Status: active\nDefault: deny (incoming), deny (outgoing)\n")}},
	{"ufw", "finding;", {TOOL("ufw", "Status: inactive\n")}},
	{"ufw", "ok;", {TOOL("ufw", "Status: inactive\n"), DENIES}},
	{"ufw", "finding;", {TOOL("ufw", "Status: active\nDefault: deny (incoming), allow (outgoing)\n")}},
	{"ufw", "unknown;", {TOOL("ufw", "Status: active\n")}},
	{"firewall_default", "unknown;unknown;", {TOOL("ufw", "Status: active\n")}},
	{"ufw", "finding;", {OF("ufw-conf", "ufw", "system", "ENABLED=no\n")}},
	{"ufw", "ok;", {OF("ufw-conf", "ufw", "system", "ENABLED=yes\n"), OF("ufw-default", "ufw", "system", "DEFAULT_OUTPUT_POLICY=\"DROP\"\nIPV6=yes\n")}},
	{"ufw", "finding;", {OF("ufw-rules", "ufw", "system", "### tuple ### deny out from any to any except 127.0.0.1\n")}},
	{"pf", "ok;", {TOOL("pf-info", "Status: Enabled\n"), TOOL("pf-rules", "block drop out all\n")}},
	{"pf", "finding;", {TOOL("pf-info", "Status: Enabled\n"), TOOL("pf-rules", "")}},
	{"pf", "finding;", {TOOL("pf-info", "Status: Disabled\n")}},
	{"pf", "unknown;", {TOOL("pf-info", "Status: Enabled\n"), {"pf-rules", "", "tool", "", NULL, "failed"}}},
	{"pf", "absent;", {DENIES}},

	{"resolver", "finding;", {MACHINE("resolv-conf", "nameserver 192.0.2.53\n")}},
	{"resolver", "ok;", {MACHINE("resolv-conf", "nameserver 192.0.2.53\n"), DENIES}},
	{"resolver", "finding;", {MACHINE("resolv-conf", "nameserver 192.0.2.53\n"), NFT("udp dport 53 accept")}},
	{"resolver", "finding;", {MACHINE("resolv-conf", "nameserver 127.0.0.53\n"), TOOL("resolvectl", "Global:\nLink 2 (eth0): 192.0.2.53\n")}},
	{"resolver", "ok;", {MACHINE("resolv-conf", "nameserver 127.0.0.53\n"), TOOL("resolvectl", "Global:\nLink 2 (eth0):\n")}},
	{"resolver", "unknown;", {MACHINE("resolv-conf", "nameserver 127.0.0.53\n")}},
	{"resolver", "unknown;", {MACHINE("resolv-conf", "nameserver 127.0.0.1\n"), TOOL("resolvectl", "Global:\n")}},
	{"resolver", "ok;", {MACHINE("resolv-conf", "# empty\n")}},
	{"doh", "finding;", {HERE("Firefox")}},
	{"doh", "ok;", {HERE("Firefox"), OF("doh-json", "Firefox", "policy", "{\"policies\":{\"DNSOverHTTPS\":{\"Enabled\":false}}}")}},
	{"doh", "ok;", {HERE("Firefox"), OF("doh-prefs", "Firefox", "user", "user_pref(\"network.trr.mode\", 5);\n")}},
	{"doh", "finding;", {HERE("Firefox"), OF("doh-prefs", "Firefox", "user", "user_pref(\"network.trr.mode\", 2);\n")}},
	{"doh", "ok;", {HERE("Chromium"), OF("doh-json", "Chromium", "policy", "{\"DnsOverHttpsMode\":\"off\"}")}},
	{"doh", "finding;", {HERE("Chrome"), OF("doh-json", "Chrome", "user", "{\"dns_over_https\":{\"mode\":\"automatic\"}}")}},
	{"doh", "absent;", {HERE("Ollama")}},
	{"proxy", "finding;", {OF("environment", "", "user", "https_proxy=http://192.0.2.8:3128\n")}},
	{"proxy", "unknown;", {OF("environment", "", "user", "HTTP_PROXY=http://127.0.0.1:3128\n")}},
	{"proxy", "ok;", {OF("environment", "", "user", "NO_PROXY=*\n")}},
	{"proxy", "finding;", {SETTINGS("{\"http.proxy\":\"http://192.0.2.8:3128\"}")}},
	{"way_out", "finding;", {MACHINE("route4", "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n")}},
	{"way_out", "ok;", {MACHINE("route4", "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\n"), DENIES}},
	{"way_out", "ok;", {MACHINE("route4", "Iface\n")}},
	{"radio", "ok;finding;", {MACHINE("radios", "phy0 wlan on\nhci0 bluetooth blocked\n")}},
	{"radio", "finding;", {MACHINE("interfaces", "eth0 up wired\nwlan0 up wireless\n")}},
	{"radio", "absent;", {MACHINE("interfaces", "eth0 up wired\n")}},
	{"clock", "ok;", {MACHINE("clock", "synchronised=yes\n")}},
	{"clock", "finding;", {MACHINE("clock", "synchronised=no\n")}},
	{"unread", "absent;", {DENIES}},
	{"unread", "unknown;", {{"client-json", "Zed", "user", "/z", NULL, "denied"}}},
	{"unread", "unknown;", {SETTINGS("{broken")}},
};

static void every_case(void **state)
{
	struct rows *r = *state;
	unsigned wrong = 0;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		char sql[256];
		read_records(r, cases[i].records);
		judge_records(r);
		snprintf(sql, sizeof sql, "SELECT state FROM v_posture WHERE check_id = 'posture_%s' ORDER BY id", cases[i].check);
		const char *got = rows_get(r->store, sql);
		if (!strcmp(got, cases[i].wanted))
			continue;
		wrong++;
		print_error("case %zu, %s: %s, wanted %s\n", i, cases[i].check, got, cases[i].wanted);
		snprintf(sql, sizeof sql, "SELECT state, subject, found FROM v_posture WHERE check_id = 'posture_%s' ORDER BY id", cases[i].check);
		print_error("   %s\n", rows_get(r->store, sql));
	}
	assert_int_equal(wrong, 0);
}

/* The policy decides over what a user may set; a value that counts nowhere is told. */
static void a_policy_decides(void **state)
{
	struct rows *r = *state;
	static const struct record policy[RECORDS_MAX] = {
		SETTINGS("{\"telemetry.telemetryLevel\":\"all\"}"),
		OF("editor-policy", "VS Code", "policy", "{\"TelemetryLevel\":\"off\"}"),
	};
	read_records(r, policy);
	judge_records(r);
	assert_rows(r->store, "SELECT state, found LIKE '%decided by a policy (weak%' FROM v_posture WHERE found LIKE 'telemetry.telemetryLevel%'",
		    "ok|1;");
	static const struct record wrong[RECORDS_MAX] = {
		SETTINGS("{\"telemetry.telemetryLevel\":\"off\"}"),
		OF("editor-policy", "VS Code", "policy", "{\"TelemetryLevel\":\"all\"}"),
	};
	read_records(r, wrong);
	judge_records(r);
	assert_rows(r->store, "SELECT state, found LIKE '%a policy that decides%', found LIKE '%weak%' FROM v_posture WHERE found LIKE 'telemetry.telemetryLevel%'",
		    "finding|1|0;");
	static const struct record vain[RECORDS_MAX] = {
		SETTINGS("{}"),
		OF("editor-settings", "", "workspace", "{\"telemetry.telemetryLevel\":\"off\"}"),
	};
	read_records(r, vain);
	judge_records(r);
	assert_rows(r->store, "SELECT state, found LIKE '%has no effect%' FROM v_posture WHERE found LIKE 'telemetry.telemetryLevel%'",
		    "finding|1;");
}

/* Each check has an answer that finds something and one that finds nothing. */
static void both_sides_are_tested(void **state)
{
	(void)state;
	for (size_t c = 0; c < posture_check_count; c++) {
		bool bad = false, good = false;
		for (size_t i = 0; i < LENGTH(cases); i++) {
			if (strcmp(posture_checks[c].id + strlen("posture_"), cases[i].check) != 0)
				continue;
			bad = bad || strstr(cases[i].wanted, "finding") || strstr(cases[i].wanted, "unknown");
			good = good || strstr(cases[i].wanted, "ok") || strstr(cases[i].wanted, "absent");
		}
		if (!bad || !good)
			print_error("%s\n", posture_checks[c].id);
		assert_true(bad && good);
		assert_true(posture_checks[c].title[0] && posture_checks[c].why[0] && posture_checks[c].looks_at[0]);
	}
}

static void findings_are_notes(void **state)
{
	struct rows *r = *state;
	static const struct record records[RECORDS_MAX] = {HERE("Ollama"), MACHINE("clock", "synchronised=no\n")};
	read_records(r, records);
	judge_records(r);
	judge_records(r); /* again: the same */
	assert_rows(r->store, "SELECT DISTINCT effect FROM v_finding", "NOTE;");
	assert_rows(r->store, "SELECT severity, title FROM v_finding WHERE check_id = 'posture_clock'", "low|Clock;");
	assert_rows(r->store, "SELECT remedy FROM v_finding WHERE check_id = 'posture_models'",
		    "ollama pull NAME  # before you disconnect;");
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM v_finding"),
			 rows_number(r->store, "SELECT count(*) FROM v_posture WHERE state IN ('finding', 'unknown')"));
}

/* What a session's log says of the file must hold. */
static void a_file_of_somebody_else_is_told(void **state)
{
	struct rows *r = *state;
	sqlite3 *db = sqlite3_db_handle(store_query(r->store, QUERY_SESSION_VALUE));
	static const struct record records[RECORDS_MAX] = {MACHINE("clock", "synchronised=yes\n")};
	sqlite3_exec(db, "INSERT INTO session VALUES ('posture_sha256', '00')", NULL, NULL, NULL);
	judge_records(r);
	assert_rows(r->store, "SELECT state, found FROM v_posture WHERE check_id = 'posture_unread'", "unknown|It is missing;");
	read_records(r, records);
	judge_records(r);
	assert_rows(r->store, "SELECT state, found FROM v_posture WHERE check_id = 'posture_unread'",
		    "unknown|It is not what the collector wrote;");
	sqlite3_exec(db, "UPDATE source SET sha256 = '00'", NULL, NULL, NULL);
	judge_records(r);
	assert_rows(r->store, "SELECT state FROM v_posture WHERE check_id = 'posture_unread'", "absent;");
}

/* Where nothing can show the rules, root is no help. */
static void a_tool_that_is_missing_is_named(void **state)
{
	struct rows *r = *state;
	static const struct record records[RECORDS_MAX] = {
		{"nft", "", "tool", "", NULL, "missing"}, {"iptables", "", "tool", "", NULL, "missing"}};
	read_records(r, records);
	judge_records(r);
	assert_rows(r->store, "SELECT DISTINCT found FROM v_posture WHERE check_id = 'posture_firewall_default'",
		    "The rules in force were not seen: there is no nft to show them (package nftables);");
	static const struct record without[RECORDS_MAX] = {MACHINE("clock", "synchronised=yes\n")};
	read_records(r, without);
	judge_records(r);
	assert_rows(r->store, "SELECT DISTINCT found FROM v_posture WHERE check_id = 'posture_firewall_default'",
		    "The rules in force were not seen;");
}

static void remedies_are_of_the_system(void **state)
{
	struct rows *r = *state;
	static const struct record records[RECORDS_MAX] = {
		{"system", "macos", "system", "/S", NULL, "there"}, TOOL("pf-info", "Status: Disabled\n"), TOOL("pf-rules", "")};
	read_records(r, records);
	judge_records(r);
	assert_int_equal(rows_number(r->store, "SELECT count(*) FROM v_posture WHERE remedy LIKE '%pfctl -ef -'"), 3);
}

/* A ruleset that jumps and jumps again must not take for ever. */
static void entangled_rules_end(void **state)
{
	struct rows *r = *state;
	AUTO_TEXT struct text rules = text_make(1 << 20);
	text_add_string(&rules, "*filter\n:OUTPUT DROP [0:0]\n-A OUTPUT -j c0\n");
	for (unsigned i = 0; i < 14; i++) {
		text_addf(&rules, ":c%u - [0:0]\n", i);
		for (unsigned n = 0; n < 40; n++)
			text_addf(&rules, "-A c%u -j c%u\n", i, i + 1);
	}
	text_add_string(&rules, "COMMIT\n");
	const struct record records[RECORDS_MAX] = {TOOL("iptables", text_string(&rules))};
	int64_t before = clock_mono();
	read_records(r, records);
	judge_records(r);
	assert_true(clock_mono() - before < 20 * CLOCK_SECOND);
	assert_rows(r->store, "SELECT outcome, why FROM posture_way WHERE family = '4' AND hook = 'output'",
		    "unsure|its chains are more entangled than is followed;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		rows_test(every_case),	       rows_test(a_policy_decides),
		cmocka_unit_test(both_sides_are_tested), rows_test(findings_are_notes),
		rows_test(a_file_of_somebody_else_is_told),
		rows_test(a_tool_that_is_missing_is_named),
		rows_test(remedies_are_of_the_system), rows_test(entangled_rules_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
