def holds(found, failures, passed):
    return True
