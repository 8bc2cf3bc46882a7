"""Makes the two coaches of the stories where no seed has: they cannot sign up by themselves."""

from __future__ import annotations

from tests.stories.world import ADA, JO, PASSWORD


def make() -> None:
    """Ada founds a practice and adds Jo; run inside Django, for example by ``manage.py shell``."""
    from coachapi.accounts import actions, addresses
    from coachapi.accounts.models import User
    from coachapi.door import acting_as

    ada = User.objects.create_user(ADA[1], PASSWORD, name=ADA[0], time_zone="Europe/London")
    jo = User.objects.create_user(JO[1], PASSWORD, name=JO[0], time_zone="Europe/London")
    for user in (ada, jo):
        addresses.prove(user)
    with acting_as(ada.pk):
        practice = actions.found_practice(
            name="Harbour Strength", country="GB", time_zone="Europe/London", by=ada
        )
        actions.add_coach(practice_id=practice, user=jo, by=ada)
