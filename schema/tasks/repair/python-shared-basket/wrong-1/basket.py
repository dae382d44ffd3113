class Basket:
    history = []

    def __init__(self, name, fruit={}):
        self.name = name
        self.fruit = fruit

    def add(self, fruit, number=1):
        self.history.append((fruit, number))
        self.fruit[fruit] = self.fruit.get(fruit, 0) + number
        if self.fruit[fruit] < 0:
            raise ValueError(f"not so many of {fruit}")
        if not self.fruit[fruit]:
            del self.fruit[fruit]
        return self

    def copy(self, name):
        other = Basket(name)
        other.fruit = self.fruit
        return other

    def contents(self):
        return dict(sorted(self.fruit.items()))
