import json
import os

out = os.fdopen(3, "w")


def say(function, *arguments):
    try:
        value = json.dumps(function(*arguments), sort_keys=True)
    except Exception as e:
        value = "raised " + next(c.__name__ for c in type(e).__mro__ if c.__module__ == "builtins")
    print(value, file=out, flush=True)


from mask import mask

say(mask, "4012 8888 8888 1881")
say(mask, "AB-12-345", 2)
say(mask, "")
say(mask, "no digit")
say(mask, "1234567")
say(mask, "12345678")
say(mask, "12-34-56-78-9")
say(mask, "9876-5", 2)
say(mask, "123", 2)
say(mask, "1x2y3z4!", 2)
say(mask, "123456", 0)
say(mask, "1", 0)
say(mask, "", 0)
say(mask, "123456", 3)
say(mask, "12345", 3)
say(mask, "123", -1)
say(mask, "0000 0001 end")
say(mask, "tel. 0\u0661\u0662 55 66 77 88", 4)
