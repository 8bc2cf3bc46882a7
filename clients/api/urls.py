"""The addresses of clients, plans and reports under /v1/."""

from __future__ import annotations

from django.urls import path

from clients.api import coaching, people, reports, today, training

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
    path("inbox/<uuid:report_id>/decisions/<str:act>", coaching.DecisionView.as_view()),
    path("regressions/<uuid:regression_id>/<str:act>", coaching.RegressionActView.as_view()),
    path("clients", coaching.ClientsView.as_view()),
    path("clients/<uuid:client_id>/cover", coaching.CoverView.as_view()),
    path("outcomes", coaching.OutcomesView.as_view()),
    path("clients/<uuid:client_id>/plan", coaching.ClientPlanView.as_view()),
]
