"""The tables of the second floor, one file per aggregate."""

from clients.models.check_ins import CheckIn
from clients.models.grants import Grant, GrantUse
from clients.models.imports import Import, PastSet
from clients.models.jobs import Job, JobItem
from clients.models.media import Media
from clients.models.messages import Message
from clients.models.people import Client, Coaching, Consent, HealthProfile, Invitation
from clients.models.plans import Plan, PlanRevision, Session, SessionChange, SetLog
from clients.models.regressions import Clearance, Decision, Regression, RegressionStep
from clients.models.reports import Answer, Episode, FollowUp, Site, SymptomReport, Verdict
from clients.models.shown import Projection, ProjectionMark, ShownPrescription, ShownSession
from clients.models.sync import Quarantined, RemovedSet
from clients.models.technique import TechniqueCheck

__all__ = [
    "Answer",
    "CheckIn",
    "Clearance",
    "Client",
    "Coaching",
    "Consent",
    "Decision",
    "Episode",
    "FollowUp",
    "Grant",
    "GrantUse",
    "HealthProfile",
    "Invitation",
    "Import",
    "Job",
    "JobItem",
    "Media",
    "Message",
    "PastSet",
    "Plan",
    "PlanRevision",
    "Projection",
    "ProjectionMark",
    "Quarantined",
    "Regression",
    "RegressionStep",
    "RemovedSet",
    "Session",
    "SessionChange",
    "SetLog",
    "ShownPrescription",
    "ShownSession",
    "Site",
    "SymptomReport",
    "TechniqueCheck",
    "Verdict",
]
