"""Where a delivery can stand, and which way it can go from there: one table, pure.

                      ┌──────────── wait, retry, park ───────────┐
                      ▼                                          │
    booked ──claim──► staging ──all invisible steps done──► ready ──claim──► sending ──receipt──► live
                         │                                    ▲                 │ │
                         │ answer lost                        │ not there       │ └─accepted──► confirming ──► live
                         └───────────────► unclear ───────────┘◄────answer lost─┘
                                              │ found ──► live

Everything that has not ended can be held with a reason, and what nobody is working on can be cancelled. What was held
because there was no key to look with goes back to where it was: it is looked for, or confirmed, before it is sent again."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    BOOKED = "booked"  # media still have to go up
    STAGING = "staging"  # a worker is doing the invisible steps
    READY = "ready"  # only the visible call is left
    SENDING = "sending"  # a worker is doing the visible call
    CONFIRMING = "confirming"  # the visible call was accepted, the platform is still working
    UNCLEAR = "unclear"  # an answer was lost: look before anything else
    HELD = "held"  # waits for a person, with a reason
    LIVE = "live"  # confirmed, with a receipt
    CANCELLED = "cancelled"  # a person took it back before it was visible
    DROPPED = "dropped"  # its rule said: too late is never


class Lane(StrEnum):
    """Which workers take the next action."""

    UPLOAD = "upload"
    PUBLISH = "publish"
    SPEAK = "speak"  # stations, in bulk


class Reason(StrEnum):
    """Why a delivery is held or has ended without being live."""

    NONE = ""
    REFUSED = "refused"  # the content would never be accepted
    SETTINGS = "settings"  # the account lacks a right or a package
    RECONNECT = "reconnect"  # no usable credential, and the visible call has not been made
    BLIND = "blind"  # it may be there, and no usable credential to look with
    LATE = "late"
    APPROVAL = "approval"  # what was approved is not what would go out
    FROZEN = "frozen"
    CHANGED = "changed"  # channel, media or the frozen request are no longer what was booked
    UNREACHABLE = "unreachable"  # too many tries without an answer
    NEEDS_LOOK = "needs-look"  # a person must look whether it is there
    BY_HAND = "by-hand"  # a kind without connector, or a person took it over
    BY_PERSON = "by-person"  # somebody pressed hold or cancel
    WITHDRAWN = "withdrawn"  # an asset it carries may go out nowhere any more
    STATION = "station"  # a station's script cannot be made from its facts
    FAULT = "fault"  # our own software failed; the log has more


#: A worker is on it and keeps a lease.
LEASED = frozenset({State.STAGING, State.SENDING})
#: A worker may take a lease on these without moving them.
WATCHED = frozenset({State.CONFIRMING, State.UNCLEAR})
#: Nothing will happen any more.
TERMINAL = frozenset({State.LIVE, State.CANCELLED, State.DROPPED})
#: Somebody or something still has to act.
OPEN = frozenset(State) - TERMINAL
#: The wire has not been touched for the visible call, and nobody is at work: may be held or cancelled by a person.
AT_REST = frozenset({State.BOOKED, State.READY})
#: The visible call may have happened.
MAYBE_VISIBLE = frozenset({State.SENDING, State.CONFIRMING, State.UNCLEAR})
#: Held for one of these, citizens may see it: it is looked for, by a person or by the platform's answer, before it is
#: sent again, cancelled or taken over.
MAYBE_THERE = frozenset({Reason.NEEDS_LOOK, Reason.BLIND})

TRANSITIONS: dict[State, frozenset[State]] = {
    State.BOOKED: frozenset({State.BOOKED, State.STAGING, State.READY, State.HELD, State.CANCELLED, State.DROPPED}),
    State.STAGING: frozenset(
        {State.STAGING, State.BOOKED, State.READY, State.UNCLEAR, State.HELD, State.CANCELLED, State.DROPPED}
    ),
    State.READY: frozenset({State.READY, State.SENDING, State.BOOKED, State.HELD, State.CANCELLED, State.DROPPED}),
    State.SENDING: frozenset(
        {
            State.SENDING,
            State.BOOKED,
            State.READY,
            State.CONFIRMING,
            State.UNCLEAR,
            State.HELD,
            State.LIVE,
            State.CANCELLED,
            State.DROPPED,
        }
    ),
    State.CONFIRMING: frozenset(
        {State.CONFIRMING, State.BOOKED, State.READY, State.UNCLEAR, State.HELD, State.LIVE}
    ),
    State.UNCLEAR: frozenset(
        {State.UNCLEAR, State.BOOKED, State.READY, State.CONFIRMING, State.HELD, State.LIVE}
    ),
    State.HELD: frozenset(
        {
            State.BOOKED,
            State.READY,
            State.CONFIRMING,
            State.UNCLEAR,
            State.CANCELLED,
            State.LIVE,
            State.HELD,
        }
    ),
    State.LIVE: frozenset(),
    State.CANCELLED: frozenset(),
    State.DROPPED: frozenset(),
}  # fmt: skip


def may_move(source: State, target: State) -> bool:
    """Return whether a delivery may go from `source` to `target`."""
    return target in TRANSITIONS[source]


def sources_of(target: State) -> frozenset[State]:
    """Return the states from which `target` can be reached."""
    return frozenset(state for state, targets in TRANSITIONS.items() if target in targets)


def lane_of(state: State, is_station: bool) -> Lane:
    """Return the lane whose workers take the next action of a delivery in `state`."""
    if is_station:
        return Lane.SPEAK
    return Lane.UPLOAD if state in (State.BOOKED, State.STAGING) else Lane.PUBLISH
