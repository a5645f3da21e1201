"""``python -m cleanup`` is the command."""

import sys

from cleanup.cli import main

if __name__ == "__main__":
    sys.exit(main())
