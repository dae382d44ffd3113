START = 0x7E
LENGTH_MAX = 1000


def check_of(data):
    check = 0
    for byte in data:
        check ^= byte
    return check


class Decoder:
    def __init__(self):
        self.skipped = 0
        self.buffer = bytearray()

    def feed(self, data):
        self.buffer += data
        payloads = []
        at = 0
        while at < len(self.buffer):
            if self.buffer[at] != START:
                step = 1
            else:
                step = self.try_frame(at, payloads)
            if not step:
                break
            self.skipped += step == 1  # a frame has 4 bytes or more
            at += step
        del self.buffer[:at]
        return payloads

    def try_frame(self, at, payloads):
        """How many bytes are decided: 0 where more are needed."""
        have = len(self.buffer) - at
        if have < 3:
            return 0
        length = self.buffer[at + 1] << 8 | self.buffer[at + 2]
        if length > LENGTH_MAX:
            return 1
        if have < length + 4:
            return 0
        if check_of(self.buffer[at + 1 : at + 4 + length]):
            return 1
        payloads.append(bytes(self.buffer[at + 3 : at + 3 + length]))
        return length + 4
