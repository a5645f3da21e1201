"""How findings and changes are shown; one file a format.

Formats know reports and the values in them, and nothing of files or arguments.
"""
