"""The addresses of clients, plans and reports under /v1/."""

from __future__ import annotations

from django.urls import path

from clients.api import (
    clients,
    coaching,
    outcomes,
    people,
    regressions,
    reports,
    rule_books,
    rules,
    technique,
    today,
    training,
)

urlpatterns = [
    path("me", people.MeView.as_view()),
    path("invitations", people.InvitationsView.as_view()),
    path("invitations/preview", people.InvitationPreviewView.as_view()),
    path("invitations/accept", people.InvitationAcceptView.as_view()),
    path("consents/<str:purpose>", people.ConsentView.as_view()),
    path("today", today.TodayView.as_view()),
    path("week", today.WeekView.as_view()),
    path("sessions/<uuid:session_id>", training.SessionView.as_view()),
    path("sets/<uuid:set_id>", training.SetView.as_view()),
    path("rules", rules.RulesView.as_view()),
    path("report-form", reports.ReportFormView.as_view()),
    path("reports", reports.ReportsView.as_view()),
    path("reports/<uuid:report_id>", reports.ReportView.as_view()),
    path("reports/<uuid:report_id>/answers/<uuid:answer_id>", reports.AnswerView.as_view()),
    path("follow-ups", reports.FollowUpsView.as_view()),
    path(
        "follow-ups/<uuid:follow_up_id>/answers/<uuid:answer_id>",
        reports.FollowUpAnswerView.as_view(),
    ),
    path("inbox", coaching.InboxView.as_view()),
    path("inbox/<uuid:report_id>", coaching.CoachReportView.as_view()),
    path("inbox/<uuid:report_id>/options/<str:option_id>", coaching.PreviewView.as_view()),
    path("inbox/<uuid:report_id>/apply", coaching.ApplyView.as_view()),
    path("inbox/<uuid:report_id>/clearance", coaching.ClearanceView.as_view()),
    path("inbox/<uuid:report_id>/answers/<uuid:answer_id>", coaching.CoachAnswerView.as_view()),
    path("inbox/<uuid:report_id>/decisions/acknowledge", coaching.AcknowledgeView.as_view()),
    path("inbox/<uuid:report_id>/decisions/watch", coaching.WatchView.as_view()),
    path("inbox/<uuid:report_id>/decisions/mistaken-tap", coaching.MistakenTapView.as_view()),
    path("regressions/<uuid:regression_id>/undo", regressions.UndoView.as_view()),
    path("regressions/<uuid:regression_id>/end", regressions.EndView.as_view()),
    path("regressions/<uuid:regression_id>/extend", regressions.ExtendView.as_view()),
    path("regressions/<uuid:regression_id>/step", regressions.StepView.as_view()),
    path("regressions/<uuid:regression_id>/keep", regressions.KeepView.as_view()),
    path("clients", clients.ClientsView.as_view()),
    path("clients/<uuid:client_id>/cover", clients.CoverView.as_view()),
    path("outcomes", outcomes.OutcomesView.as_view()),
    path("clients/<uuid:client_id>/plan", clients.ClientPlanView.as_view()),
    path("clients/<uuid:client_id>/technique/<str:exercise_id>", technique.TechniqueView.as_view()),
    path("rule-books/<str:kind>", rule_books.RuleBookView.as_view()),
    path("rule-books/<str:kind>/versions", rule_books.RuleBookVersionsView.as_view()),
]
