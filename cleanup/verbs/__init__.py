"""What the command can do; one file a verb, loaded when it is asked for.

Each has ``add_arguments(parser)`` where it has options of its own, and ``run(arguments)``,
which returns the exit code. How arguments become settings is in :mod:`cleanup.verbs.common`.
"""
