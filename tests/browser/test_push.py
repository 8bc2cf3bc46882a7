"""Push in a real browser: switched on in the settings, shown by the service worker, opened."""

from __future__ import annotations

import json
from typing import Any

from pytest_django import Settings

from coachapi.accounts.models import User
from coachapi.door import acting_as
from coachapi.notifications import channels, devices
from coachapi.notifications.channels.webpush import public_key
from tests.channels.conftest import parcel, push_service, vapid
from tests.channels.fakes import webpush

__all__ = ["push_service", "vapid"]

# Chromium asks Google for a subscription, which no test may; the keys are the push service's.
SUBSCRIBE = """
(made) => {
  const subscription = { endpoint: made.endpoint, toJSON: () => made };
  let held = null;
  PushManager.prototype.getSubscription = async () => held;
  PushManager.prototype.subscribe = async (options) => {
    window.asked = options.userVisibleOnly && options.applicationServerKey.length;
    held = subscription;
    return held;
  };
}
"""


def test_a_push_is_switched_on_shown_neutrally_and_leads_to_the_alert(
    open_page: Any,
    ada: User,
    vapid: str,
    push_service: webpush.PushService,
    settings: Settings,
) -> None:
    settings.PUSH_CHANNELS = ["webpush"]
    made = push_service.subscribe(public_key(vapid))
    page = open_page("/desk/settings/devices/", permissions=["notifications"])
    assert page.inner_text("[data-push-state]") == "This browser is not told yet."
    debugger = page.context.new_cdp_session(page)
    registered: list[dict[str, Any]] = []
    debugger.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registered.extend(event["registrations"]),
    )
    debugger.send("ServiceWorker.enable")
    page.evaluate(SUBSCRIBE, made)
    with page.expect_navigation():
        page.click("text=Notify me in this browser")
    assert page.inner_text("[data-push-state]") == "This browser is told."

    with acting_as(ada.pk):
        (device,) = devices.live([ada.pk])
    address = devices.Address("subscription", made["endpoint"], made["keys"], "en").packed()
    mine = parcel("webpush", address, recipient_id=ada.pk, device_key=device.key)
    channels.SENDERS["webpush"](mine)
    (sent,) = push_service.messages(made)

    page.evaluate("navigator.serviceWorker.ready.then(() => 1)")
    origin = page.evaluate("location.origin")
    for _ in range(2):  # the second try of the same alert replaces the first
        debugger.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": origin,
                "registrationId": registered[-1]["registrationId"],
                "data": json.dumps(sent | {"deep_link": f"{origin}/desk/alerts/{mine.alert_id}/"}),
            },
        )
    page.wait_for_function(
        "navigator.serviceWorker.ready.then(r => r.getNotifications()).then(n => n.length)"
    )
    shown = page.evaluate(
        "navigator.serviceWorker.ready.then(r => r.getNotifications())"
        ".then(all => all.map(n => [n.title, n.body, n.tag]))"
    )
    assert shown == [["New message in the app", "Open it to read.", mine.collapse_id]]

    (worker,) = page.context.service_workers
    wanted = worker.evaluate(
        """async () => {
          const went = [];
          WindowClient.prototype.focus = async function () { return this; };
          WindowClient.prototype.navigate = async function (to) { went.push(to); return this; };
          const [notification] = await registration.getNotifications();
          const click = new NotificationEvent("notificationclick", { notification });
          const done = new Promise((over) => { click.waitUntil = over; });
          dispatchEvent(click);
          await (await done);
          return went;
        }"""
    )
    assert wanted == [f"{origin}/desk/alerts/{mine.alert_id}/"]
