class Basket:
    def __init__(self, name, fruit=None):
        self.name = name
        self.fruit = dict(fruit or {})
        self.history = []

    def add(self, fruit, number=1):
        self.history.append((fruit, number))
        left = self.fruit.get(fruit, 0) + number
        if left < 0:
            raise ValueError(f"not so many of {fruit}")
        if left:
            self.fruit[fruit] = left
        else:
            self.fruit.pop(fruit, None)
        return self

    def copy(self, name):
        other = Basket(name, self.fruit)
        other.history = list(self.history)
        return other

    def contents(self):
        return dict(sorted(self.fruit.items()))
