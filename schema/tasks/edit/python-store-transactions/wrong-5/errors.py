class StoreError(Exception):
    """What a command could not do; its text is for the user."""


class NoKey(StoreError):
    pass


class NoTransaction(StoreError):
    pass
