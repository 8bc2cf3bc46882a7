"""Addresses of the desk that are about clients."""

from __future__ import annotations

from django.urls import URLPattern, path

from clients.dashboard import (
    decisions,
    digest,
    giving,
    grants,
    inbox,
    lifts,
    messages,
    outcomes,
    people,
    plan,
    precision,
    report,
    rules,
    session_editor,
    technique,
    telling_settings,
)
from coachapi.dashboard.settings_page import SettingsPage, SignOutThere

urlpatterns: list[URLPattern] = [
    path("", inbox.InboxPage.as_view(), name="inbox"),
    path("inbox/live/", inbox.LiveInbox.as_view(), name="inbox-live"),
    path("inbox/count/", inbox.WaitingCount.as_view(), name="inbox-count"),
    path("alerts/<uuid:alert_id>/", digest.AlertLink.as_view(), name="alert"),
    path("alerts/<uuid:alert_id>/have/", digest.AlertHave.as_view(), name="alert-have"),
    path("digest/", digest.DigestPage.as_view(), name="digest"),
    path("reports/<uuid:report_id>/", report.ReportPage.as_view(), name="report"),
    path("reports/<uuid:report_id>/apply/", report.Apply.as_view(), name="apply"),
    path("reports/<uuid:report_id>/watch/", decisions.Watch.as_view(), name="watch"),
    path("reports/<uuid:report_id>/have/", decisions.Have.as_view(), name="have"),
    path("reports/<uuid:report_id>/seen/", decisions.Seen.as_view(), name="seen"),
    path("reports/<uuid:report_id>/told/", decisions.Told.as_view(), name="told"),
    path("reports/<uuid:report_id>/clearance/", report.Clearance.as_view(), name="clearance"),
    path("reports/<uuid:report_id>/mistaken/", report.Mistaken.as_view(), name="mistaken"),
    path("clients/<uuid:client_id>/allowed/", grants.AllowedPage.as_view(), name="allowed"),
    path(
        "clients/<uuid:client_id>/allowed/<uuid:grant_id>/",
        grants.Withdraw.as_view(),
        name="withdraw",
    ),
    path("regressions/<uuid:regression_id>/confirm/", grants.Confirm.as_view(), name="confirm"),
    path("regressions/<uuid:regression_id>/undo/", decisions.Undo.as_view(), name="undo"),
    path("regressions/<uuid:regression_id>/end/", decisions.End.as_view(), name="end"),
    path("regressions/<uuid:regression_id>/step/", decisions.Step.as_view(), name="step"),
    path("regressions/<uuid:regression_id>/keep/", decisions.Keep.as_view(), name="keep"),
    path("regressions/<uuid:regression_id>/extend/", decisions.Extend.as_view(), name="extend"),
    path("clients/", people.ClientList.as_view(), name="clients"),
    path("clients/invite/", people.Invite.as_view(), name="invite"),
    path("clients/<uuid:client_id>/", people.ClientPage.as_view(), name="client"),
    path(
        "clients/<uuid:client_id>/technique/", technique.TechniquePage.as_view(), name="technique"
    ),
    path("clients/<uuid:client_id>/messages/", messages.MessagesPage.as_view(), name="messages"),
    path(
        "clients/<uuid:client_id>/read/<uuid:message_id>/",
        messages.MessagesRead.as_view(),
        name="messages-read",
    ),
    path("clients/<uuid:client_id>/plan/", plan.PlanPage.as_view(), name="plan"),
    path("clients/<uuid:client_id>/plan/policy/", plan.Policy.as_view(), name="plan-policy"),
    path("clients/<uuid:client_id>/plan/history/", plan.PlanHistory.as_view(), name="plan-history"),
    path(
        "clients/<uuid:client_id>/plan/<uuid:session_id>/",
        session_editor.SessionEditor.as_view(),
        name="plan-session",
    ),
    path(
        "clients/<uuid:client_id>/plan/<uuid:session_id>/day/",
        plan.SessionAct.as_view(),
        name="plan-session-day",
    ),
    path(
        "clients/<uuid:client_id>/exercises/<str:exercise_id>/",
        lifts.LiftPage.as_view(),
        name="lift",
    ),
    path("programs/<uuid:program_id>/give/", giving.Give.as_view(), name="give"),
    path("programs/<uuid:program_id>/flow/", giving.Flow.as_view(), name="flow"),
    path("jobs/<uuid:job_id>/", giving.JobPage.as_view(), name="job"),
    path("clients/<uuid:client_id>/assign/", people.Assign.as_view(), name="assign"),
    path("outcomes/", outcomes.OutcomesPage.as_view(), name="outcomes"),
    path("outcomes/alerts/", precision.PrecisionPage.as_view(), name="precision"),
    path("rules/", rules.RulesPage.as_view(), name="rules"),
    path("rules/<str:kind>/", rules.RuleBookPage.as_view(), name="rule-book"),
    path("settings/", SettingsPage.as_view(), name="settings"),
    path("settings/alerts/", telling_settings.TellingPage.as_view(), name="settings-alerts"),
    path("settings/away/", telling_settings.BeAway.as_view(), name="be-away"),
    path("settings/away/<uuid:absence_id>/", telling_settings.BeBack.as_view(), name="be-back"),
    path("settings/rota/", telling_settings.Rota.as_view(), name="rota"),
    path("settings/sign-ins/<uuid:sign_in_id>/end/", SignOutThere.as_view(), name="sign-out-there"),
]
