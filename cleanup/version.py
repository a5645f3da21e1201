"""The version, alone in a file so that building need not import the package."""

VERSION = "0.1.0"
