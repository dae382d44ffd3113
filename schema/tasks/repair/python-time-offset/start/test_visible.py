from offset import read, show

assert show(330) == "+05:30", show(330)
assert show(-210) == "-03:30", show(-210)
assert read("+05:30") == 330, read("+05:30")
assert read("-03:30") == -210, read("-03:30")
