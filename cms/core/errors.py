"""The error tree of the house.

    LanToaError                 every error that carries a sentence for the person who met it
    ├── InputRefused            what was given cannot be taken as it stands (also names the field)
    │   └── UploadRefused       a file that is not what it claims, too large, or unreadable
    ├── NotAllowed              the person's part of the tree does not hold this
    ├── ConflictingState        the thing has moved on since it was read
    └── OutsideUnreachable      another system did not answer in time

The sentence (`str(error)`) is Vietnamese, whole and polite, and never holds a secret.
"""


class LanToaError(Exception):
    """An error with a sentence for the person who met it."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)


class InputRefused(LanToaError):
    """What was given cannot be taken as it stands; `field` names the place on the form, if there is one."""

    def __init__(self, sentence: str, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class UploadRefused(InputRefused):
    """A file that is not what it claims to be, is too large, or cannot be read."""


class NotAllowed(LanToaError):
    """The person may not do this to this thing."""


class ConflictingState(LanToaError):
    """The thing has moved on since it was read; reading it again shows where it stands."""


class OutsideUnreachable(LanToaError):
    """Another system did not answer in time; nothing is known to have happened there."""
