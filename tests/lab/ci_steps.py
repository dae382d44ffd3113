#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ci_steps.py FILE: the shell of an example for a pipeline, as the service would run it: one
script for what runs the agent, one for what always comes after it, a NUL between them.
Installing is left out. Needs PyYAML, so that what is no YAML is found too."""
import sys

import yaml


def github(job):
    steps = [step for step in job["steps"] if "run" in step and not step["name"].startswith("Install")]
    always = [step["run"] for step in steps if step.get("if") == "always()"]
    return [step["run"] for step in steps if "if" not in step], always


def gitlab(job):
    return [line for line in job["before_script"] if "apt-get" not in line] + job["script"], job["after_script"]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        pipeline = yaml.safe_load(file)
    if "jobs" in pipeline:
        (job,) = pipeline["jobs"].values()
        run, after = github(job)
    else:
        (job,) = pipeline.values()
        run, after = gitlab(job)
    # both services end a script where a command of it fails
    sys.stdout.write("\0".join("set -e\n" + "\n".join(lines) for lines in (run, after)))


main()
