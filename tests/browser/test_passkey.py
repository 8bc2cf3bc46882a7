"""A coach adds a passkey and signs in with it, in a browser with a virtual authenticator."""

from __future__ import annotations

from typing import Any

import pytest

from coachapi.accounts import addresses
from coachapi.accounts.models import User
from tests.browser.axe import faults
from tests.dashboard.world import PASSWORD


@pytest.fixture
def page(chromium: Any, server: str, ada: User, settings: Any) -> Any:
    """A browser window whose machine holds a passkey authenticator; nothing broke at the end."""
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    addresses.prove(ada)
    context = chromium.new_context(base_url=server.replace("127.0.0.1", "localhost"))
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda line: complaints.append(line.text) if line.type == "error" else 0)
    devtools = context.new_cdp_session(opened)
    devtools.send("WebAuthn.enable")
    virtual = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": virtual})
    yield opened
    context.close()
    assert not complaints, complaints


def test_a_passkey_is_added_and_signs_in_without_a_password(page: Any, ada: User) -> None:
    page.goto("/accounts/login/")
    assert faults(page) == []
    page.fill("[name=login]", ada.email)
    page.fill("[name=password]", PASSWORD)
    page.click("text=/^Sign in$/ >> visible=true >> nth=-1")
    page.wait_for_url("**/desk/")
    page.goto("/desk/settings/")
    assert page.is_visible(".nudge")
    page.click("text=Passkeys and second factor")
    assert faults(page) == []
    page.click("a[href='/accounts/2fa/webauthn/add/']")
    page.fill("[type=password]", PASSWORD)
    page.click("button[type=submit]")
    page.fill("[name=name]", "Ada's laptop")
    page.check("[name=passwordless]")
    assert faults(page) == []
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/**")
    assert faults(page) == []
    page.check("#codes_saved")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.click("text=Sign in with a passkey")
    page.wait_for_url("**/desk/")
    page.goto("/desk/settings/")
    assert not page.is_visible(".nudge")
