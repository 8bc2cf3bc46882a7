// This browser's push subscription: switched on by a button, and told to the server anew whenever
// the sign-in is a new one. Only for the person who switched it on. Its words stand in the page.
"use strict";
(() => {
  const { key, url, worker, scope, user, mark } = document.currentScript.dataset;
  const $ = (what) => document.querySelector(what);
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  const held = () => JSON.parse(localStorage.getItem("push") ?? "null");
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

  const tell = async (subscription) => {
    const { endpoint, keys } = subscription.toJSON();
    const answer = await fetch(url, {
      method: "POST",
      headers: { "X-CSRFToken": $("[name=csrfmiddlewaretoken]").value },
      body: new URLSearchParams({ endpoint, ...keys }),
    });
    if (!answer.ok) throw new Error(answer.status);
    localStorage.setItem("push", JSON.stringify({ user, mark, endpoint }));
  };

  const refresh = async () => {
    const before = held();
    if (before?.user !== user || Notification.permission !== "granted") return;
    const registration = await navigator.serviceWorker.getRegistration(scope);
    const subscription = await registration?.pushManager.getSubscription();
    if (subscription && (before.mark !== mark || before.endpoint !== subscription.endpoint)) await tell(subscription);
  };

  const subscribe = async () => {
    if ((await Notification.requestPermission()) !== "granted") return "blocked";
    await navigator.serviceWorker.register(worker, { scope });
    const { pushManager } = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: bytes(key) };
    const old = await pushManager.getSubscription();
    if (old) await old.unsubscribe(); // perhaps made for another key
    await tell(await pushManager.subscribe(options));
    return "on";
  };

  const panel = $("[data-push]");
  const show = (state) => {
    $("[data-push-state]").textContent = panel.dataset[state];
    $("[data-push-on]").hidden = state === "unable" || state === "on";
  };
  if (panel) {
    const button = $("[data-push-on]");
    button.addEventListener("click", async () => {
      button.setAttribute("aria-busy", "true");
      try {
        const state = await subscribe();
        if (state === "on") location.reload();
        else show(state);
      } catch { show("failed"); }
      button.removeAttribute("aria-busy");
    });
    if (!able) show("unable");
    else if (Notification.permission === "denied") show("blocked");
    else show("here" in panel.dataset && held()?.user === user ? "on" : "off");
  }
  if (able) refresh().catch(() => {});
})();
