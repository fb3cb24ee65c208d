"""How long to wait before the next try: pure arithmetic, seconds in, seconds out."""

from __future__ import annotations

from random import Random

#: First wait after a try that certainly did nothing, doubled with every further one.
FIRST_WAIT = 10.0
LONGEST_WAIT = 900.0
#: Share of the wait by which it may be shorter or longer, so that channels do not march in step.
JITTER = 0.2
#: Tries that did nothing after which a person is asked.
MOST_TRIES = 10
#: Added to the end of a platform's limit, so that parked channels do not all return in one second.
PARK_SPREAD = 20.0
#: Waits of a platform that names none.
UNNAMED_LIMIT = 300.0
#: First wait for a platform that is still processing, half as long again with every further question.
FIRST_POLL = 2.0
#: Looks that could not be made (platform away) after which a person is asked.
MOST_BLIND_LOOKS = 12


def wait_after(tries: int, random: Random) -> float:
    """Return the seconds to wait after the `tries`-th try that did nothing (1 for the first).

    10 s, 20 s, 40 s … at most 15 minutes, each up to a fifth shorter or longer. Raises ValueError for `tries` < 1."""
    if tries < 1:
        raise ValueError("there is nothing to wait for before the first try")
    # The exponent is capped first: 2 ** 10000 is a number nobody needs.
    wait = min(FIRST_WAIT * 2 ** min(tries - 1, 20), LONGEST_WAIT)
    return wait * (1 + random.uniform(-JITTER, JITTER))


def spread_after_limit(random: Random) -> float:
    """Return the seconds to add after the end of a limit: 0 to 20."""
    return random.uniform(0.0, PARK_SPREAD)


def wait_for_processing(polls: int, longest: float) -> float:
    """Return the seconds until a platform that is still processing is asked again after `polls` questions.

    2 s, 3 s, 4.5 s … at most `longest`: short clips are ready soon, long ones are not asked for every second."""
    return min(FIRST_POLL * 1.5 ** min(polls, 20), longest)
