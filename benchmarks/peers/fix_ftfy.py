"""Run by the peers' own Python: one article a line on standard input, a JSON list of its lines.

    python fix_ftfy.py [--keep-quotes]

Answers with the same list after `ftfy.fix_text`, line by line, with ftfy's defaults;
``--keep-quotes`` switches off its straightening of curly quotes.
"""

import json
import sys

import ftfy

config = ftfy.TextFixerConfig(uncurl_quotes="--keep-quotes" not in sys.argv)
for article in sys.stdin:
    fixed = [ftfy.fix_text(line, config) for line in json.loads(article)]
    print(json.dumps(fixed), flush=True)
