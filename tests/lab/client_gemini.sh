# SPDX-License-Identifier: Apache-2.0
# Gemini CLI. Its switches are in its settings, below general and privacy.
# runs: installed switched-off cloud
mkdir "$home/.gemini"
auth='"security": {"auth": {"selectedType": "gemini-api-key"}}'
if [ "$run" = switched-off ]; then
	cat >"$home/.gemini/settings.json" <<END
{$auth, "general": {"enableAutoUpdate": false, "enableAutoUpdateNotification": false},
 "privacy": {"usageStatisticsEnabled": false}, "telemetry": {"enabled": false}}
END
else
	echo "{$auth}" >"$home/.gemini/settings.json"
fi
program="node $I/gemini/node_modules/@google/gemini-cli/bundle/gemini.js -m gemini-2.5-flash"
echo "export GEMINI_API_KEY=none GEMINI_CLI_TRUST_WORKSPACE=true"
[ "$run" = cloud ] || echo "export GOOGLE_GEMINI_BASE_URL=$model"
once "$program -p 'Tell a story'"
[ "$run" = cloud ] || opened "$program"
