"""Several machines: two web nodes, a pooler, a primary and its standby, as `make cluster` runs
them, all on this one."""
