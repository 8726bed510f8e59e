"""The command `lianjian`: starts, feeds, checks, saves and restores a house, without any other tool.

Nothing here imports Django at the top of a module: the launcher must be able to say what is wrong on a machine
where the rest does not even start, and it starts fast. What needs Django runs in a child process or late.
"""
