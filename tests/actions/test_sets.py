"""A set …"""

from __future__ import annotations

import pytest

from clients import models
from clients.actions import sets, training
from coachapi.door import acting_as
from coachapi.ids import new_id
from coachapi.refusals import NotThere
from tests.bodies import TODAY, emergency_body
from tests.world import DAY, World


def test_begins_its_session_and_keeps_what_the_phone_showed(w: World) -> None:
    before = w.session(w.noor)
    w.logged(w.noor)
    session = w.session(w.noor)
    assert (before.state, before.frozen, session.state) == ("planned", None, "started")
    assert session.frozen is not None and session.frozen[0]["now"]["exercise"] == "ht_barbell"


def test_sent_again_is_the_same_set(w: World) -> None:
    id_ = new_id()
    first, new = w.logged(w.noor, set_id=id_)
    again, newer = w.logged(w.noor, set_id=id_)
    assert (new, newer, again.rev) == (True, False, 1)


def test_is_corrected_by_the_revision_it_was_read_at_and_by_no_other(w: World) -> None:
    id_ = new_id()
    w.logged(w.noor, set_id=id_)
    for stale in (None, 2):
        with pytest.raises(sets.AnotherBody) as no:
            w.logged(w.noor, set_id=id_, rev=stale, reps=7)
        assert no.value.extra == {"rev": 1}
    corrected, new = w.logged(w.noor, set_id=id_, rev=1, reps=7)
    assert (corrected.reps, corrected.rev, new) == (7, 2, False)


def test_under_somebody_elses_id_is_not_there(w: World) -> None:
    sams, _ = w.logged(w.sam)
    for rev in (None, 1):
        with pytest.raises(NotThere):
            w.logged(w.noor, set_id=sams.pk, rev=rev)
    with acting_as(w.bo.pk):
        assert models.SetLog.objects.get(pk=sams.pk).client_id == w.sam.pk


def test_of_somebody_elses_session_is_not_there(w: World) -> None:
    with pytest.raises(NotThere):
        w.logged(w.noor, session_id=w.session(w.sam).pk)
    assert w.session(w.sam).state == "planned"


def test_can_be_logged_whatever_else_is_paused(w: World) -> None:
    w.hurts(w.noor, emergency_body())
    assert w.logged(w.noor)[1]


def test_comes_before_the_end_of_a_session(w: World) -> None:
    ahead = w.session(w.noor, TODAY + 2 * DAY)
    with acting_as(w.ada.pk), pytest.raises(training.NotStarted):
        training.finish_session(client=w.noor, session_id=ahead.pk, at=w.acts(w.noor)["at"])
