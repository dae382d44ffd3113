import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from turnstile import Turnstile


def play(price, text):
    t = Turnstile(price)
    seen = []
    for word in text.split():
        name, _, value = word.partition(":")
        try:
            result = t.event(name, int(value)) if value else t.event(name)
        except (ValueError, KeyError) as e:
            result = type(e).__name__
        seen.append([result, t.state, t.credit, t.taken, t.passed])
    return seen


for text in ["coin:100 push push", "coin:99 coin:1 push", "coin:250 push push push", "coin:300 push push push push", "push coin:50 push refund push", "coin:150 refund push coin:100", "coin:100 coin:100 push push",
             "alarm coin:100 fix", "coin:60 alarm coin:60 fix coin:40", "coin:100 alarm push fix push", "coin:130 alarm refund fix", "coin:150 alarm fix refund", "alarm alarm fix fix", "fix push", "coin:100 fix push",
             "coin:100 alarm alarm refund", "coin:0 coin:-5 coin push", "alarm coin:0 coin:-1", "kick coin:100", "coin:50 alarm refund coin:7 fix refund", "coin:1000 alarm fix push push"]:
    say(play, 100, text)
say(play, 1, "coin:3 push push push push")
say(lambda: Turnstile(5).event("coin", "5"))
say(lambda: Turnstile(5).event("coin", 5.0))
