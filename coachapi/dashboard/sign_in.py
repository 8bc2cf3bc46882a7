"""Sign-in and sign-out of the pages: allauth's own views, so that its rate limits hold here too."""

from __future__ import annotations

from allauth.account.views import LoginView, LogoutView, SignupView
from django.contrib.auth.decorators import login_not_required
from django.urls import path

urlpatterns = [
    path("login/", login_not_required(LoginView.as_view()), name="account_login"),
    path("logout/", LogoutView.as_view(), name="account_logout"),
    # Closed by the adapter: accounts come from invitations. allauth wants the name to exist.
    path("signup/", login_not_required(SignupView.as_view()), name="account_signup"),
]
