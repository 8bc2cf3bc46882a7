{% load i18n %}// Shows a push while no page of the desk is open. The push holds a pointer; the words stand here,
// neutral, because a lock screen is read by whoever is near.
"use strict";
const TITLE = "{% filter escapejs %}{% translate "New message in the app" %}{% endfilter %}";
const BODY = "{% filter escapejs %}{% translate "Open it to read." %}{% endfilter %}";
const INBOX = new URL("./", self.location).href;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

// A second try of the same alert carries the same tag: the browser shows one.
self.addEventListener("push", (event) => {
  let sent = {};
  try { sent = event.data.json(); } catch { /* no pointer: the inbox will do */ }
  const options = { body: BODY, tag: String(sent.tag ?? "inbox"), data: { to: String(sent.deep_link ?? "") } };
  event.waitUntil(self.registration.showNotification(TITLE, options));
});

const ours = (link) => {
  try {
    const to = new URL(link, INBOX);
    return to.href.startsWith(INBOX) ? to.href : INBOX;
  } catch { return INBOX; }
};

self.addEventListener("notificationclick", (event) => {
  const to = ours(event.notification.data?.to ?? "");
  event.notification.close();
  event.waitUntil((async () => {
    const pages = await self.clients.matchAll({ type: "window" });
    const page = pages.find((each) => each.url.startsWith(INBOX));
    if (!page) return self.clients.openWindow(to);
    await page.focus();
    return page.navigate(to);
  })());
});
