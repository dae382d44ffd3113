class LogError(ValueError):
    pass
