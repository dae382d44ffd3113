/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of AI applications, by the descriptions that are built in. */
#include "tests/unit/described_lines.h"

static const struct sample lines[] = {
	{"ollama", "[GIN] 2026/11/23 - 08:52:32 | 200 |    1.35s |       127.0.0.1 | POST     \"/api/chat\"",
	 "2026-11-23T08:52:32.000Z port=0 src=127.0.0.1 proto=tcp process=ollama allowed in"},
	{"ollama",
	 "time=2026-11-23T08:52:32.5+01:00 level=ERROR source=x.go:1 msg=\"no\" error=\"Get "
	 "\\\"https://registry.example/v2/\\\": dial tcp\"",
	 "2026-11-23T07:52:32.500Z host=registry.example port=443 proto=tcp process=ollama logged"},
	{"ollama",
	 "Nov 23 08:52:32 h ollama[17]: time=2026-11-23T08:52:32Z level=INFO source=routes.go:1 msg=\"Listening\"",
	 "other"},
	{"lm-studio",
	 "[2026-11-23 08:52:32][INFO] [AppUpdater] Fetching version info from https://versions.example:8443/a?b",
	 "2026-11-23T08:52:32.000Z host=versions.example port=8443 process=LM Studio logged"},
	{"lm-studio", "[2026-11-23 08:52:32][INFO][LM STUDIO SERVER] running", "other"},
	{"llama-server", "srv  log_server_r: request: POST /v1/chat/completions 127.0.0.1 200", "other"},
	{"vllm", "INFO:     127.0.0.1:5000 - \"POST /v1/completions HTTP/1.1\" 200 OK", "other"},
	{"vllm", "(APIServer pid=1) INFO 11-23 12:00:00 [api_server.py:17] started", "other"},
	{"aider-analytics", "{\"event\":\"launched\",\"properties\":{},\"user_id\":\"x\",\"time\":1795435385}", "other"},
	{"continue-dev-data", "{\"eventName\":\"x\",\"schema\":\"0.2.0\"}", "other"},
	{"vscode",
	 "2026-11-23 12:03:05.123 [info] [fetcher] asking https://api.name.example:8443/models",
	 "2026-11-23T12:03:05.123Z host=api.name.example port=8443 logged"},
	{"vscode",
	 "2026-11-23 12:03:05.123 [error] Error: connect ECONNREFUSED to wss://live.example/x",
	 "2026-11-23T12:03:05.123Z host=live.example port=443 logged"},
	{"vscode", "2026-11-23 12:03:05.123 [info] update#setState idle", "other"},
	{"vscode", "2026-11-23 12:03:05.123 [trace] telemetry/monacoworkbench/x {\"properties\":{}}", "other"},
	{"vscode", "    at Zrt.run (vscode-file://vscode-app/out/main.js:1893:4832)", "other"},
	{"vscode", "something else", "no pattern of its description fits"},
	{"cline",
	 "[2026-11-23T12:03:05.123] LOG Fetching https://api.name.example/v1",
	 "2026-11-23T12:03:05.123Z host=api.name.example port=443 logged"},
	{"cline", "[2026-11-23T12:03:05.123] LOG Cline extension activated", "other"},
	{"cline", "[2026-11-23T12:03:05.123] ERROR Failed to read a file", "other"},
	{"cline", "Stack trace:", "other"},
	{"opencode",
	 "INFO  2026-11-23T12:03:05 +510ms service=default version=1.0.80 args=[\"run\"] opencode",
	 "other"},
	{"opencode",
	 "INFO  2026-11-23T12:03:05 +10ms service=bun "
	 "cmd=[\"add\",\"--registry=https://registry.name.example\",\"x\"] running",
	 "2026-11-23T12:03:05.000Z host=registry.name.example port=443 logged"},
	{"opencode",
	 "ERROR 2026-11-23T12:03:05 +1ms service=llm providerID=p "
	 "error={\"url\":\"http://127.0.0.1:11434/v1/chat/completions\"} stream error",
	 "2026-11-23T12:03:05.000Z host=127.0.0.1 port=11434 logged"},
	{"opencode", "installed a@1.0.0", "no pattern of its description fits"},
	{"claude-code",
	 "2026-11-23T12:03:05.123Z [DEBUG] MCP server \"a\": Starting connection with timeout of 30000ms",
	 "other"},
	{"claude-code", "2026-11-23T12:03:05.123Z [DEBUG] [API:request] Creating client", "other"},
	{"claude-code",
	 "2026-11-23T12:03:05.123Z [ERROR] Error: getaddrinfo ENOTFOUND https://api.name.example/v1/messages",
	 "2026-11-23T12:03:05.123Z host=api.name.example port=443 logged"},
	{"claude-code", "2026-11-23T12:03:05.123Z [DEBUG] Writing to temp file", "other"},
	{"codex",
	 "2026-11-23T12:03:05.903182Z  INFO codex_core::codex: ToolCall: shell {\"command\":[\"ls\"]}",
	 "other"},
	{"codex",
	 "2026-11-23T12:03:05.903182Z DEBUG session_loop{thread_id=a}: codex_http_client::client: Request "
	 "completed method=POST url=https://name.example/responses status=200 OK headers={}",
	 "2026-11-23T12:03:05.903Z host=name.example port=443 allowed"},
	{"codex",
	 "2026-11-23T12:03:05.903182Z DEBUG codex_http_client::client: Request failed method=POST "
	 "url=https://name.example/responses error=timed out",
	 "2026-11-23T12:03:05.903Z host=name.example port=443 logged"},
	{"codex",
	 "2026-11-23T12:03:05.903182Z DEBUG hyper_util::client::legacy::connect::http: connecting to "
	 "198.51.100.7:443",
	 "2026-11-23T12:03:05.903Z host=198.51.100.7 port=443 logged"},
	{"codex",
	 "2026-11-23T12:03:05.903182Z DEBUG reqwest::connect: starting new connection: https://name.example/",
	 "2026-11-23T12:03:05.903Z host=name.example port=443 logged"},
	{"codex",
	 "2026-11-23T12:03:05.903182Z  INFO codex_core::config: base_url: \"https://name.example/v1\"",
	 "2026-11-23T12:03:05.903Z host=name.example port=443 logged"},
	{"codex", "2026-11-23T12:03:05.903182Z  WARN rmcp::service: closed", "other"},
	{"continue-core", "[2026-11-23T12:03:05] [info] Starting Continue core...", "other"},
	{"continue-core",
	 "[2026-11-23T12:03:05] Error fetching http://127.0.0.1:11434/api/show",
	 "2026-11-23T12:03:05.000Z host=127.0.0.1 port=11434 logged"},
	{"continue-core", "[2026-11-23T12:03:05] Indexing finished", "other"},
	{"continue-cli",
	 "2026-11-23 12:03:05.123 [1a2b3c4d] [error]: fetch failed {\"url\":\"https://api.name.example/ide\"}",
	 "2026-11-23T12:03:05.123Z host=api.name.example port=443 logged"},
	{"continue-cli", "2026-11-23 12:03:05.123 [1a2b3c4d] [info]: Starting chat", "other"},
	{"bodega-one",
	 "[2026-11-23 12:03:05] BLOCKED tcp bodega[4711] -> api.name.example:443",
	 "2026-11-23T12:03:05.000Z host=api.name.example port=443 proto=tcp process=bodega pid=4711 blocked"},
	{"bodega-one",
	 "2026-11-23T12:03:05Z [ALLOWED] bodega (pid 4711) -> 127.0.0.1:11434/tcp",
	 "2026-11-23T12:03:05.000Z host=127.0.0.1 port=11434 proto=tcp process=bodega pid=4711 allowed"},
	{"bodega-one",
	 "2026-11-23T12:03:05Z bodega[4711] -> 2001:db8::1:443 (tcp) blocked",
	 "2026-11-23T12:03:05.000Z host=2001:db8::1 port=443 proto=tcp process=bodega pid=4711 blocked"},
	{"bodega-one",
	 "2026-11-23T12:03:05Z BLOCKED TCP api.name.example:443 bodega (pid 4711)",
	 "2026-11-23T12:03:05.000Z host=api.name.example port=443 proto=tcp process=bodega pid=4711 blocked"},
	{"bodega-one",
	 "2026-11-23T12:03:05Z | SUCCESS | bodega | 127.0.0.1 | 11434 | tcp",
	 "2026-11-23T12:03:05.000Z host=127.0.0.1 port=11434 proto=tcp process=bodega allowed"},
	{"bodega-one",
	 "2026-11-23T12:03:05Z process=bodega pid=4711 host=api.name.example port=443 protocol=tcp result=failed",
	 "2026-11-23T12:03:05.000Z host=api.name.example port=443 proto=tcp process=bodega pid=4711 logged"},
	{"bodega-one", "2026-11-23T12:03:05Z bodega maybe -> here", "a disposition that is not described"},
};

static void each_line(void **state)
{
	(void)state;
	assert_lines(lines, LENGTH(lines));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_line)};
	return cmocka_run_group_tests(tests, begin, end);
}
