class Config:
    def __init__(self, most_waiting=10, most_per_owner=3):
        for limit in (most_waiting, most_per_owner):
            if not isinstance(limit, int) or limit < 1:
                raise ValueError("limits are 1 or more")
        self.most_waiting = most_waiting
        self.most_per_owner = most_per_owner
