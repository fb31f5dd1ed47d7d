def apply_all():
    pass
