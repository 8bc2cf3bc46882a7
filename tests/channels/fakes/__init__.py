"""Stand-ins for FCM, APNs, push services and webhook receivers, over real HTTP.

Each is a context manager that yields an object with ``url``, ``taken`` (every message accepted, in
order) and ``fail(*faults)``: what the next requests meet, one each, then all is well again. Faults
every fake knows:

- ``"503"``, ``"429 7"``: that status, with ``Retry-After: 7`` where a number follows;
- ``"hang 3"``: no answer for so many seconds; ``"reset"``: the connection is cut;
- a ``+`` before any of them takes the message first: ``"+503"`` is accepted, then denied.

    with fcm.running() as fake:
        settings.FCM_URL, settings.FCM_CREDENTIALS = fake.url, fake.credentials

They hold to the providers' own rules, which is shown by the official clients in
``test_official_clients.py``; then our senders meet the same fakes in ``test_senders.py``.
"""
