"""The one way to say no: a code for programs, a sentence for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with what was sent: where (JSON pointer), a code, a sentence."""

    pointer: str
    code: str
    detail: str


class Refused(Exception):
    """An anticipated no. Subclasses stand beside the function that raises them.

    ``code`` is stable for programs; ``status`` is what HTTP answers; the message is the sentence
    that the phone and the page both show.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    title: ClassVar[str] = "Not done"

    def __init__(
        self,
        sentence: str,
        *,
        faults: tuple[Fault, ...] = (),
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.faults = faults
        self.extra = dict(extra or {})


class NotThere(Refused):
    """Not there, or not yours: the same answer, so that nobody learns which."""

    code = "not_found"
    status = 404
    title = "Not found"

    def __init__(self, sentence: str = "There is no such thing, or it is not yours.") -> None:
        super().__init__(sentence)


class Unreadable(Refused):
    """What was sent does not have the shape that is accepted; each fault has a pointer."""

    code = "validation_error"
    status = 422
    title = "Not accepted"


class ChangedMeanwhile:
    """Marks a refusal of what corrects a version that is no longer the newest: read it again first.

    Its ``extra`` names the ``rev`` that stands.
    """
