class JobError(Exception):
    pass


class Limited(JobError):
    def __init__(self, limit):
        super().__init__(f"at most {limit} jobs")
        self.limit = limit


class Full(Limited):
    pass


class TooMany(Limited):
    pass
