"""How fast, how much CPU, how many bytes: `make bench`. Ratios to a bare server in the same run,
never timed tests."""
