class Entry:
    def __init__(self, text, done=False):
        self.text = text
        self.done = done
