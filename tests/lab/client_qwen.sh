# SPDX-License-Identifier: Apache-2.0
# Qwen Code. Its switches are in its settings, below general and privacy.
# runs: installed switched-off cloud
mkdir "$home/.qwen"
[ "$run" != switched-off ] || cat >"$home/.qwen/settings.json" <<'END'
{"general": {"enableAutoUpdate": false}, "privacy": {"usageStatisticsEnabled": false},
 "telemetry": {"enabled": false}}
END
program="node $I/qwen/node_modules/@qwen-code/qwen-code/cli.js"
echo "export OPENAI_API_KEY=none OPENAI_MODEL=tiny"
[ "$run" = cloud ] || echo "export OPENAI_BASE_URL=$model/v1"
once "$program --auth-type openai -p 'Tell a story'"
[ "$run" = cloud ] || opened "$program"
