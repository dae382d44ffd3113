class JobError(Exception):
    pass
