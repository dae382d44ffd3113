import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from firmware import newest

mixed = ["2.9", "2.10-rc2", "2.10-rc10", "2.10-beta30", "2.9.9", "3.0-beta1", "v4", "4.", "5.0-rc", "6-alpha1", "2.10-RC11"]
for channel in ["stable", "rc", "beta", "nightly", ""]:
    say(newest, mixed, channel)
say(newest, [], "stable")
say(newest, ["1.0-rc1"], "stable")
say(newest, ["1.0-rc1"], "rc")
say(newest, ["1.0-beta1"], "rc")
say(newest, ["2.1", "2.1.0"], "stable")
say(newest, ["2.1.0", "2.1"], "stable")
say(newest, ["2.1.0.0", "2.1-rc9", "2.1"], "beta")
say(newest, ["2.1-rc9", "2.1.1-beta1"], "beta")
say(newest, ["0", "0.0"], "stable")
say(newest, ["0.0.1", "0"], "stable")
say(newest, ["1.9", "1.10", "1.2"], "stable")
say(newest, ["1.2-rc2", "1.2.0-rc2", "1.2-rc1"], "rc")
say(newest, ["01.2", "1.2"], "stable")
say(newest, [" 9", "9\n", "-1", "1..2", ".3", "1.2-rc1.5", "1.2-rc-1", "\u0663"], "beta")
say(newest, ["1.2-beta9", "1.2-rc1", "1.1"], "beta")
say(newest, ["1.2", "1.2-rc99"], "beta")
