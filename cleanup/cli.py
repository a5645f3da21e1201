"""The command line: arguments in, exit code out. What the verbs do is in :mod:`cleanup.verbs`."""

from __future__ import annotations

import argparse
import gc
import re
import sys
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from pathlib import Path

from cleanup import console
from cleanup.version import VERSION

VERBS = {
    "check": "find faults and report them; writes nothing",
    "diff": "show what fix would change; writes nothing",
    "fix": "write the corrected text",
    "learn": "count evidence in a corpus of your own, for --evidence",
    "rules": "list the rules, explain one, start or test your own",
    "score": "say how faulty each text is, to filter a corpus; writes nothing but that",
    "eval": "measure how often each rule is right",
}
_EXAMPLES = {
    "": """\
examples:
  cleanup diff article.txt                what would change, and why
  cleanup fix article.txt > better.txt    the corrected text
  cleanup fix articles/ -o corrected/     a folder of .txt and .md files
  cleanup check articles/ --statistics    what is wrong, counted
  cleanup rules words/lost-contraction    one rule explained

`cleanup VERB --help` has the options of a verb; options stand after the verb.
Exit codes: 0 clean, or written; 1 findings, or a diff; 2 could not do its work; 3 written, but not all.
""",
    "check": """\
examples:
  cleanup check article.txt
  cleanup check articles/ --select words,sentences --statistics
  cat article.txt | cleanup check - --format json

[*] marks what `cleanup fix` mends with the same options.
""",
    "diff": """\
examples:
  cleanup diff article.txt
  cleanup diff articles/ --format unified | patch -p1
""",
    "fix": """\
examples:
  cleanup fix article.txt > better.txt
  cleanup fix articles/ -o corrected/
  cleanup fix --in-place articles/        with a ledger beside each text that was changed
""",
    "rules": """\
examples:
  cleanup rules
  cleanup rules words/lost-contraction
  cleanup rules --new words/our-typo      writes rules/words/our-typo.toml
  cleanup rules --test rules/             runs the examples of every card
""",
}
_EXAMPLES["learn"] = """\
examples:
  cleanup learn corpus.jsonl.gz -o evidence.json      each line has `text`, and `site`, `domain` or `url`
  cleanup learn articles/ more.jsonl -o evidence.json --shards 4
  cleanup diff --evidence evidence.json --unsafe article.txt

What many pages of a site share becomes lines that structure/learnt-line removes; names and possessives
that the lexicon does not know become unsafe fixes. A corpus that is in order teaches best. FILE can be
read and edited; the result does not depend on --shards or on the order of the texts.
"""
_EXAMPLES["score"] = """\
examples:
  cleanup score articles/                             a histogram, and the worst of them
  cleanup score corpus.jsonl.gz --format jsonl -o scores.jsonl
  cleanup score system.txt --reference human.txt      chrF++ and BLEU too

PATH is a text, a folder, JSONL with a field `text` (also gzipped), or -. Faults weigh as in MQM
(neutral 0, minor 1, major 5): this maps to MQM, it is no MQM score.
"""
_EXAMPLES["eval"] = """\
examples:
  cleanup eval clean articles.jsonl --samples 40     changes in human text, to be read
  cleanup eval mt system.jsonl                       against references: BLEU, chrF++, right and wrong
  cleanup eval mt --references ref.txt --system a=a.txt --system b=b.txt
  cleanup eval gold corpus/wild                      against hand-made corrections
  cleanup eval inject articles.jsonl                 faults put in: do they come out?
"""
# A width of its own: argparse would load shutil to ask the terminal, for every option, help or not.
_HELP = partial(argparse.RawDescriptionHelpFormatter, width=96)

INTERRUPTED, NO_READER = 130, 141
"""Exit codes of a program that was interrupted, and of one whose output nobody reads."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with ``argv`` and return its exit code; nothing escapes."""
    # Loading rules makes many objects that stay: looking for garbage among them takes longer
    # than anything that it could free.
    gc.set_threshold(50_000, 20, 20)
    try:
        arguments = parse(sys.argv[1:] if argv is None else argv)
    except SystemExit as end:
        return int(end.code or 0)
    try:
        return _run(arguments)
    except BrokenPipeError:
        console.abandon()
        return NO_READER
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: argparse.Namespace) -> int:
    # Here and not above: `--help` needs no rules, and these read none before they are asked.
    from cleanup.card import RulebookError
    from cleanup.files import FileError
    from cleanup.learnt import LearntError
    from cleanup.settings import ConfigError
    from cleanup.verbs.common import FAILED, UsageError

    try:
        code: int = import_module(f"cleanup.verbs.{arguments.verb}").run(arguments)
        console.finish()
    except BrokenPipeError:
        raise
    except (ConfigError, FileError, LearntError, OSError, RulebookError, UsageError) as error:
        console.complain(error)
        if isinstance(error, console.StandardOutputError):
            console.abandon()
        return FAILED
    return code


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments; raises ``SystemExit`` for help, the version, and what is no usage."""
    if argv and argv[0] == "help":
        argv = [*argv[1:2], "--help"]
    return _parser(argv).parse_args(argv)


def _parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cleanup",
        description="A copy desk for machine-translated articles: repairs what is certain, shows the rest.",
        epilog=_EXAMPLES[""],
        formatter_class=_HELP,
    )
    parser.add_argument("--version", action="version", version=f"mt-cleanup {VERSION}")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, does in VERBS.items():
        verb = verbs.add_parser(
            name,
            help=does,
            description=f"{does[0].upper()}{does[1:]}.",
            epilog=_EXAMPLES[name],
            formatter_class=_HELP,
        )
        if name in argv:  # the options of other verbs would only cost time
            _ADD[name](verb)
    if argv and not argv[0].startswith("-") and argv[0] not in VERBS and Path(argv[0]).exists():
        parser.error(f"which verb? for example: cleanup diff {argv[0]}")
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("configuration")
    where = group.add_mutually_exclusive_group()
    where.add_argument(
        "--config", metavar="FILE", help="instead of the nearest cleanup.toml or pyproject.toml with [tool.cleanup]"
    )
    where.add_argument("--isolated", action="store_true", help="use no configuration file")
    group.add_argument("--color", choices=("auto", "always", "never"), default="auto")
    group.add_argument("-q", "--quiet", action="store_true", help="no summary")


def _add_texts(parser: argparse.ArgumentParser, fewest: str = "+") -> None:
    parser.add_argument("paths", nargs=fewest, metavar="PATH", help="a text, a folder of .txt and .md files, or -")
    group = parser.add_argument_group("rules")
    group.add_argument("--select", action="append", metavar="RULES", help="only these ids or stages (a,b)")
    group.add_argument("--ignore", action="append", metavar="RULES", help="not these ids or stages (a,b)")
    group.add_argument("--unsafe", action="store_true", help="apply unsafe fixes too: probably right, want a look")
    group.add_argument("--no-removals", action="store_true", help="never remove a whole paragraph")
    group.add_argument("--preview", action="store_true", help="run rules that are in preview too")
    group.add_argument("--evidence", metavar="FILE", help="what `cleanup learn` wrote, to be used beside the lexicon")
    group.add_argument("--lang", type=_language, metavar="CODE", help="language of the texts, or auto (default: en)")
    group.add_argument(
        "--unit", choices=("article", "line"), help="line: rules see one line at a time, and no line comes or goes"
    )
    _add_common(parser)


def _language(code: str) -> str:
    if re.fullmatch(r"auto|[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*", code):
        return code
    raise argparse.ArgumentTypeError(f"{code!r} is no language code such as en, nor auto")


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--statistics", action="store_true", help="how often each rule spoke, instead of a list")
    parser.add_argument("--show", choices=("all",), help="list display-only and refused findings too")
    parser.add_argument(
        "--fail-on",
        choices=("safe", "unsafe", "display-only", "never"),
        default="safe",
        help="exit with 1 if something is found that is at least this certain (default: safe)",
    )
    _add_texts(parser)


def _add_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format", choices=("terminal", "unified"), default="terminal", help="unified: for patch -p1 and git apply"
    )
    _add_texts(parser)


def _add_fix(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", metavar="PATH", help="a file for one text, a folder for several")
    parser.add_argument("--force", action="store_true", help="let -o overwrite files that hold something else")
    parser.add_argument("--in-place", action="store_true", help="rewrite the texts that change")
    parser.add_argument("--no-ledger", action="store_true", help="with --in-place: keep no account beside the text")
    parser.add_argument("--exit-code", action="store_true", help="exit with 1 if anything was changed")
    _add_texts(parser)


def _add_learn(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar="CORPUS", help="texts, JSONL with `text` (also gzipped), or folders of them"
    )
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="where the evidence goes")
    parser.add_argument("--force", action="store_true", help="let -o overwrite a file that is no evidence")
    parser.add_argument(
        "--site-field", metavar="NAME", help="of JSONL: what names a text's site (default: site, domain, host of url)"
    )
    parser.add_argument(
        "--shards", "--workers", type=_shards, default=1, metavar="N", help="count in N shares, one a process"
    )
    _add_common(parser)


def _shards(number: str) -> int:
    if re.fullmatch(r"[0-9]{1,3}", number) and int(number) > 0:
        return int(number)
    raise argparse.ArgumentTypeError(f"{number!r} is no number of shares: 1 to 999")


def _add_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", nargs="?", metavar="ID", help="the rule to explain")
    action = parser.add_mutually_exclusive_group()
    action.add_argument("--new", metavar="ID", help="start a card: STAGE/NAME")
    action.add_argument("--signature", action="store_true", help="print what `required-signature` would have to be")
    action.add_argument("--test", metavar="FOLDER", help="run the examples of every card in a folder")
    parser.add_argument("--dir", default="rules", metavar="FOLDER", help="where --new writes (default: rules)")
    _add_common(parser)


def _add_eval(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("mode", choices=("clean", "mt", "gold", "inject"), help="against what to measure")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--samples", type=int, default=0, metavar="N", help="show N changes of each kind in context")
    parser.add_argument("--seed", type=int, default=2024, metavar="N", help="of what is drawn (default: 2024)")
    parser.add_argument("--verdicts", metavar="FILE", help="clean: hand verdicts on changes")
    parser.add_argument("--system", action="append", metavar="NAME=FILE", help="mt: a system's output, line by line")
    parser.add_argument("--references", metavar="FILE", help="mt: the reference for --system")
    parser.add_argument("--resamples", type=int, default=1000, metavar="N", help="mt: of the bootstrap")
    parser.add_argument("--decisions", metavar="FILE", help="gold: accepted and rejected changes as labels")
    parser.add_argument("--per-document", type=int, default=1, metavar="N", help="inject: faults of a class in a text")
    parser.add_argument("--limit", type=int, metavar="N", help="inject: no more than N texts of a set")
    parser.add_argument(
        "--record", nargs="?", const="", metavar="FOLDER", help="write the figures beside the cards (default: shipped)"
    )
    parser.add_argument("--reason", default="", help="with --record: why figures got worse")
    _add_texts(parser, fewest="*")


def _add_score(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=("text", "jsonl", "csv"), default="text")
    parser.add_argument("-o", "--output", metavar="FILE", help="write there; the histogram is shown all the same")
    parser.add_argument(
        "--reference", metavar="FILE", help="JSONL with `reference` by id, or text: of one text, or a line a text"
    )
    _add_texts(parser)


_ADD = {
    "check": _add_check,
    "diff": _add_diff,
    "eval": _add_eval,
    "fix": _add_fix,
    "learn": _add_learn,
    "rules": _add_rules,
    "score": _add_score,
}
