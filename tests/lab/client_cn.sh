# SPDX-License-Identifier: Apache-2.0
# Continue's command line client. Its telemetry has a switch; that it asks for its newest
# version as soon as it is loaded has none.
# runs: installed switched-off cloud
[ "$run" = cloud ] && base= || base="apiBase: $model/v1,"
cat >"$home/config.yaml" <<END
name: one
version: 1.0.0
schema: v1
models:
  - {name: tiny, provider: openai, model: tiny, $base apiKey: none, roles: [chat]}
END
program="node $I/cn/node_modules/@continuedev/cli/dist/cn.js --config $home/config.yaml"
[ "$run" != switched-off ] || echo "export CONTINUE_METRICS_ENABLED=0 CONTINUE_CLI_ENABLE_TELEMETRY=0"
once "$program -p 'Tell a story'"
[ "$run" = cloud ] || opened "$program"
