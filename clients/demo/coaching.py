"""What the demo's coaches do about it: each act a row of theirs, some minutes later."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clients.actions import clearances, ladder, referrals, regressions, seeing
from clients.demo.life import Life
from clients.domain.moments import local_date
from clients.queries import options


class Story(Life):
    """A client's weeks together with the acts of the lead coach."""

    def coach_sees(self, after: int = 0) -> None:
        """Open the report, so many minutes after whatever came last."""
        self.at += dt.timedelta(minutes=after or self.rng.randrange(3, 40))
        seeing.seen(client=self.client, report_id=self.report_id, by=self.lead, at=self.at)

    def coach_applies(self, option_id: str) -> None:
        """Choose an option from what is offered, as the page does it."""
        self.coach_sees()
        found = options.choice(self.told, client=self.client, at=self.at)
        made = regressions.apply(**self._act(), report_id=self.report_id, option_id=option_id,
                                 basis=found.basis)  # fmt: skip
        self.regression_id = made.pk

    def coach_watches(self, note: str) -> None:
        """Change nothing, and say so."""
        self.coach_sees()
        regressions.watch(**self._act(), report_id=self.report_id, note=note)

    def coach_steps_up(self, anyway: str = "") -> None:
        """One rung of the way back on the next day, once the morning has been answered."""
        self.lives_to(self.at + dt.timedelta(hours=14))
        ladder.step(**self._act(), regression_id=self.regression_id, anyway=anyway)

    def coach_extends(self, days: int) -> None:
        """Set the review so many days from now."""
        until = local_date(self.at, self.client.time_zone) + dt.timedelta(days=days)
        regressions.extend(**self._act(), regression_id=self.regression_id, review_on=until)

    def coach_ends(self, outcome: str) -> None:
        """End the change, and say what it came to."""
        regressions.end(**self._act(), regression_id=self.regression_id, outcome=outcome)

    def coach_sends_to_be_checked(self) -> None:
        """Tell the client to get it checked; the referral stays open."""
        self.coach_sees()
        referrals.told(**self._act(), report_id=self.report_id)

    def coach_clears(self, professional: str, limits: str = "") -> None:
        """Write down that a professional has looked."""
        seen_on = local_date(self.at, self.client.time_zone)
        clearances.record(**self._act(), report_id=self.report_id, seen_on=seen_on,
                          professional=professional, limits=limits)  # fmt: skip

    def _act(self) -> dict[str, Any]:
        self.at += dt.timedelta(minutes=2)
        return {"client": self.client, "by": self.lead, "at": self.at}
