"""How long the forward-focus check takes, beside a pass of regular expressions: `python -m bench wording`.

Milliseconds of processor time. Machines differ; the ratios, made in one run, say more.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable

from planner.wording.check import check
from planner.wording.encoder import encoder
from planner.wording.training.examples import FILES, read

_PLAIN = re.compile(
    r"\byou (always|never)\b|\bwhy (did|didn['’]t)\b|\b(who started|what went wrong|whose fault|root cause)\b"
    r"|\bblam(e|es|ed|ing)\b|\bshould have\b|\b(recount|rehash|revisit|unpack|relive)\b",
    re.IGNORECASE,
)
_LONG, _SENTENCES, _ROUNDS = 6000, 400, 3


def main() -> None:
    """Print what a sentence, a long text and the first check of a process cost."""
    texts = [example.text for example in read(FILES[0])][:_SENTENCES]
    first = _milliseconds(encoder)
    print(f"reading the weights, once in a process: {first:.0f} ms")
    plain = statistics.median(_best(_PLAIN.search, text) for text in texts)
    print(f"\n{'':34}{'median':>9}{'95 % below':>12}{'beside a regex':>16}")
    for name, run in (("a sentence, not read before", _fresh), ("the same sentence again", check)):
        times = sorted(_best(run, text) for text in texts)
        median, slow = statistics.median(times), times[int(len(times) * 0.95)]
        print(f"{name:34}{median:6.2f} ms{slow:9.2f} ms{median / plain:14.0f} times")
    long = " ".join(texts)[:_LONG]
    print(f"{_LONG} letters, not read before: {_milliseconds(lambda: _fresh(long)):.0f} ms")


def _fresh(text: str) -> None:
    """A check that remembers nothing of the last one."""
    encoder().forget()
    check(text)


def _best(run: Callable[[str], object], text: str) -> float:
    return min(_milliseconds(lambda: run(text)) for _ in range(_ROUNDS))


def _milliseconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return (time.process_time() - start) * 1000
