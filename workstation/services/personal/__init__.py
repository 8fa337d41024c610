"""Personal data of those who report: masked, kept encrypted under keys, looked at with a reason, erased."""
