from errors import NoKey


class Store:
    def __init__(self):
        self.values = {}

    def set(self, key, value):
        self.values[key] = value

    def get(self, key):
        if key not in self.values:
            raise NoKey(f"no key {key}")
        return self.values[key]

    def delete(self, key):
        self.get(key)
        del self.values[key]

    def keys(self):
        return sorted(self.values)
