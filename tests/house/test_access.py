"""Who may call what: every address and method, as eleven people meet it.

The table is closed: an address without a row fails. Each row asks about Noor (the last column:
Ada asks about Wes, who has taken back his consent). A refused call changes no table, not yours is
not there, and nobody ever reads a word that stands only in somebody else's rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLResolver, get_resolver, resolve
from django.views.generic import RedirectView
from django.views.generic.edit import ProcessFormView

from tests.house.calls import Row, ask, ids_of
from tests.isolation.cast import Cast, canary
from tests.isolation.phone import fresh
from tests.isolation.tables import Tables

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

# noor is asked about. eli: Ada's too. sam: of the other practice. ada: her coach. jo: her cover.
# max: was her cover. olga: owns the practice. dee: switched off. bo: coach of the other practice.
ACCESS = """
                                                         an  no  el  sa  ad  jo  ma  ol  de  bo  we
GET    /                                                 302
GET    /livez                                            200
GET    /readyz                                           200
GET    /health/deep                                      503
GET    /metrics                                          404

GET    /accounts/2fa/                                    302 200 200 200 200 200 200 200 302 200 200
GET    /accounts/2fa/authenticate/                       302
POST   /accounts/2fa/authenticate/                       302
GET    /accounts/2fa/reauthenticate/                     302 302 302 302 403 403 403 403 302 403 403
POST   /accounts/2fa/reauthenticate/                     302 302 302 302 403 403 403 403 302 403 403
GET    /accounts/2fa/recovery-codes/                     302 404 404 404 404 404 404 404 302 404 404
GET    /accounts/2fa/recovery-codes/download/            302 404 404 404 404 404 404 404 302 404 404
GET    /accounts/2fa/recovery-codes/generate/            302 302 302 302 200 200 200 200 302 200 200
POST   /accounts/2fa/recovery-codes/generate/            302 302 302 302 200 200 200 200 302 200 200
GET    /accounts/2fa/totp/activate/                      302 302 302 302 200 200 200 200 302 200 200
POST   /accounts/2fa/totp/activate/                      302 302 302 302 200 200 200 200 302 200 200
GET    /accounts/2fa/totp/deactivate/                    302 404 404 404 404 404 404 404 302 404 404
POST   /accounts/2fa/totp/deactivate/                    302 404 404 404 404 404 404 404 302 404 404
GET    /accounts/2fa/webauthn/                           302 200 200 200 200 200 200 200 302 200 200
GET    /accounts/2fa/webauthn/add/                       302 302 302 302 200 200 200 200 302 200 200
POST   /accounts/2fa/webauthn/add/                       302 302 302 302 200 200 200 200 302 200 200
GET    /accounts/2fa/webauthn/keys/1/edit/               302 302 302 302 404 404 404 404 302 404 404
POST   /accounts/2fa/webauthn/keys/1/edit/               302 302 302 302 404 404 404 404 302 404 404
GET    /accounts/2fa/webauthn/keys/1/remove/             302 302 302 302 404 404 404 404 302 404 404
POST   /accounts/2fa/webauthn/keys/1/remove/             302 302 302 302 404 404 404 404 302 404 404
DELETE /accounts/2fa/webauthn/keys/1/remove/             302 302 302 302 404 404 404 404 302 404 404
GET    /accounts/2fa/webauthn/login/                     302
POST   /accounts/2fa/webauthn/login/                     302
GET    /accounts/2fa/webauthn/reauthenticate/            302 302 302 302 403 403 403 403 302 403 403
POST   /accounts/2fa/webauthn/reauthenticate/            302 302 302 302 403 403 403 403 302 403 403
GET    /accounts/confirm-email/                          302
GET    /accounts/email/                                  302 200 200 200 200 200 200 200 302 200 200
POST   /accounts/email/                                  302
GET    /accounts/inactive/                               200
GET    /accounts/login/                                  200 302 302 302 302 302 302 302 200 302 302
POST   /accounts/login/                                  200 302 302 302 302 302 302 302 200 302 302
GET    /accounts/login/code/                             200 302 302 302 302 302 302 302 200 302 302
POST   /accounts/login/code/                             200 302 302 302 302 302 302 302 200 302 302
GET    /accounts/login/code/confirm/                     302
POST   /accounts/login/code/confirm/                     302
GET    /accounts/logout/                                 302 200 200 200 200 200 200 200 302 200 200
POST   /accounts/logout/                                 302
GET    /accounts/password/change/                        302 200 200 200 302 302 302 302 302 302 302
POST   /accounts/password/change/                        302 200 200 200 302 302 302 302 302 302 302
GET    /accounts/password/reset/                         200
POST   /accounts/password/reset/                         200
GET    /accounts/password/reset/complete/                302
POST   /accounts/password/reset/complete/                302
GET    /accounts/password/reset/confirm/                 302
POST   /accounts/password/reset/confirm/                 302
GET    /accounts/password/reset/done/                    200
GET    /accounts/password/set/                           302 302 302 302 200 200 200 200 302 200 200
POST   /accounts/password/set/                           302 302 302 302 200 200 200 200 302 200 200
GET    /accounts/reauthenticate/                         302 200 200 200 403 403 403 403 302 403 403
POST   /accounts/reauthenticate/                         302 200 200 200 403 403 403 403 302 403 403
GET    /accounts/signup/                                 200 302 302 302 302 302 302 302 200 302 302
POST   /accounts/signup/                                 200 302 302 302 302 302 302 302 200 302 302

GET    /phone/                                           200
GET    /phone/join/                                      200
GET    /phone/manifest.webmanifest                       200
GET    /phone/sw.js                                      200

GET    /v1/alert-precision                               401 404 404 404 200 200 200 200 401 200 200
GET    /v1/absences                                      401 200 200 200 200 200 200 200 401 200 200
POST   /v1/absences                                      401 201 201 201 201 201 201 201 401 201 201
DELETE /v1/absences/{absence_id}                         401 404 404 404 204 404 404 404 401 404 204
GET    /v1/alert-preferences                             401 200 200 200 200 200 200 200 401 200 200
PUT    /v1/alert-preferences                             401 200 200 200 200 200 200 200 401 200 200
GET    /v1/alerts                                        401 200 200 200 200 200 200 200 401 200 200
GET    /v1/check-in-form                                 401 200 200 200 404 404 404 404 401 404 404
GET    /v1/check-ins                                     401 200 200 200 404 404 404 404 401 404 404
GET    /v1/check-ins/{check_in_id}                       401 200 404 404 404 404 404 404 401 404 404
PUT    /v1/check-ins/{check_in_id}                       401 200 404 404 404 404 404 404 401 404 404
GET    /v1/clients                                       401 200 200 200 200 200 200 200 401 200 200
POST   /v1/clients/{client_id}/cover                     401 404 404 404 204 204 404 404 401 404 404
DELETE /v1/clients/{client_id}/cover                     401 404 404 404 204 204 404 404 401 404 204
GET    /v1/clients/{client_id}/check-ins                 401 404 404 404 200 200 404 404 401 404 404
GET    /v1/clients/{client_id}/messages                  401 404 404 404 200 200 404 404 401 404 404
PUT    /v1/clients/{client_id}/messages/{answer_id}      401 404 404 404 201 201 404 404 401 404 404
PUT    /v1/clients/{client_id}/messages/read             401 404 404 404 200 200 404 404 401 404 404
GET    /v1/clients/{client_id}/grants                    401 404 404 404 200 200 404 404 401 404 404
POST   /v1/clients/{client_id}/grants                    401 404 404 404 201 201 404 404 401 404 404
DELETE /v1/clients/{client_id}/grants/{grant_id}         401 404 404 404 204 204 404 404 401 404 404
POST   /v1/clients/{client_id}/plan                      401 404 404 404 409 409 404 404 401 404 404
DELETE /v1/clients/{client_id}/plan                      401 404 404 404 204 204 404 404 401 404 404
PUT    /v1/clients/{client_id}/technique/ht_barbell      401 404 404 404 201 201 404 404 401 404 404
GET    /v1/dead-letters                                  401 404 404 404 404 404 404 200 401 200 404
POST   /v1/dead-letters/{delivery_id}/redrive            401 404 404 404 404 404 404 204 401 404 404
DELETE /v1/consents/statistics                           401 204 204 204 404 404 404 404 401 404 404
GET    /v1/devices                                       401 200 200 200 200 200 200 200 401 200 200
GET    /v1/devices/{installation_id}                     401 200 404 404 404 404 404 404 401 404 404
PUT    /v1/devices/{installation_id}                     401 200 201 201 201 201 201 201 401 201 201
DELETE /v1/devices/{installation_id}                     401 204 404 404 404 404 404 404 401 404 404
PUT    /v1/emergency-contact                             401 204 204 204 404 404 404 404 401 404 404
GET    /v1/exercises                                     401 200 200 200 200 200 200 200 401 200 200
POST   /v1/exercises                                     401 404 404 404 201 201 201 201 401 201 201
GET    /v1/exercises/ht_barbell                          401 200 200 200 200 200 200 200 401 200 200
GET    /v1/exercises/{own_exercise_id}                   401 404 404 404 200 200 200 200 401 404 200
PUT    /v1/exercises/{own_exercise_id}                   401 404 404 404 200 200 200 200 401 404 200
POST   /v1/exercises/{own_exercise_id}/archive           401 404 404 404 204 204 204 204 401 404 204
PUT    /v1/exercises/{own_exercise_id}/note              401 404 404 404 200 200 200 200 401 404 200
POST   /v1/exercises/{own_exercise_id}/unarchive         401 404 404 404 204 204 204 204 401 404 204
GET    /v1/follow-ups                                    401 200 200 200 404 404 404 404 401 404 404
PUT    /v1/follow-ups/{follow_up_id}/answers/{answer_id} 401 200 404 404 404 404 404 404 401 404 404
GET    /v1/export                                        401 200 200 200 404 404 404 404 401 404 404
GET    /v1/export/csv                                    401 200 200 200 404 404 404 404 401 404 404
GET    /v1/imports                                       401 200 200 200 404 404 404 404 401 404 404
GET    /v1/imports/{import_id}                           401 200 404 404 404 404 404 404 401 404 404
PUT    /v1/imports/{import_id}                           401 200 404 404 404 404 404 404 401 404 404
POST   /v1/imports/{import_id}/start                     401 202 404 404 404 404 404 404 401 404 404
GET    /v1/grants                                        401 200 200 200 404 404 404 404 401 404 404
PUT    /v1/grants/{grant_id}/uses/{answer_id}            401 201 404 404 404 404 404 404 401 404 404
GET    /v1/inbox                                         401 200 200 200 200 200 200 200 401 200 200
GET    /v1/inbox/{report_id}                             401 404 404 404 200 200 404 404 401 404 404
PUT    /v1/inbox/{report_id}/answers/{answer_id}         401 404 404 404 201 201 404 404 401 404 404
POST   /v1/inbox/{report_id}/apply                       401 404 404 404 201 201 404 404 401 404 404
POST   /v1/inbox/{report_id}/clearance                   401 404 404 404 409 409 404 404 401 404 404
POST   /v1/inbox/{report_id}/decisions/acknowledge       401 404 404 404 204 204 404 404 401 404 404
POST   /v1/inbox/{report_id}/decisions/mistaken-tap      401 404 404 404 409 409 404 404 401 404 404
POST   /v1/inbox/{report_id}/decisions/watch             401 404 404 404 204 204 404 404 401 404 404
GET    /v1/inbox/{report_id}/options/{option_id}         401 404 404 404 200 200 404 404 401 404 404
POST   /v1/invitations                                   401 404 404 404 201 201 201 201 401 201 201
POST   /v1/invitations/accept                            201 201 201 201 201 201 201 201 401 201 201
POST   /v1/invitations/preview                           200 200 200 200 200 200 200 200 401 200 200
GET    /v1/media                                         401 200 200 200 404 404 404 404 401 404 404
GET    /v1/media/{media_id}                              401 200 404 404 404 404 404 404 401 404 404
PUT    /v1/media/{media_id}                              401 200 404 404 404 404 404 404 401 404 404
DELETE /v1/media/{media_id}                              401 204 404 404 404 404 404 404 401 404 404
POST   /v1/uploads                                       401 412 412 412 412 412 412 412 401 412 412
PATCH  /v1/uploads/{media_id}                            401 412 412 412 412 412 412 412 401 412 412
DELETE /v1/uploads/{media_id}                            401 412 412 412 412 412 412 412 401 412 412
GET    /v1/clips/{clip}                                  404
GET    /v1/me                                            401 200 200 200 200 200 200 200 401 200 200
DELETE /v1/me                                            401 403 403 403 403 403 403 403 401 403 403
GET    /v1/sign-ins                                      401 200 200 200 200 200 200 200 401 200 200
DELETE /v1/sign-ins/{sign_in_id}                         401 404 404 404 404 404 404 404 401 404 404
GET    /v1/messages                                      401 200 200 200 404 404 404 404 401 404 404
PUT    /v1/messages/read                                 401 200 404 404 404 404 404 404 401 404 404
GET    /v1/messages/{message_id}                         401 200 404 404 404 404 404 404 401 404 404
PUT    /v1/messages/{message_id}                         401 200 404 404 404 404 404 404 401 404 404
GET    /v1/notifications                                 401 200 200 200 200 200 200 200 401 200 200
POST   /v1/notifications/read                            401 204 404 404 404 404 404 404 401 404 404
GET    /v1/outcomes                                      401 404 404 404 200 200 200 200 401 200 200
POST   /v1/program-imports                               401 404 404 404 200 200 200 200 401 200 200
GET    /v1/programs                                      401 200 200 200 200 200 200 200 401 200 200
POST   /v1/programs                                      401 404 404 404 201 201 201 201 401 201 201
GET    /v1/programs/{program_id}                         401 404 404 404 200 200 200 200 401 404 200
PUT    /v1/programs/{program_id}                         401 404 404 404 200 200 200 200 401 404 200
PATCH  /v1/programs/{program_id}                         401 404 404 404 200 200 200 200 401 404 200
POST   /v1/programs/{program_id}/archive                 401 404 404 404 204 204 204 204 401 404 204
POST   /v1/programs/{program_id}/copy                    401 404 404 404 201 201 201 201 401 404 201
GET    /v1/programs/{program_id}/revisions               401 404 404 404 200 200 200 200 401 404 200
GET    /v1/programs/{program_id}/revisions/1             401 404 404 404 200 200 200 200 401 404 200
POST   /v1/programs/{program_id}/unarchive               401 404 404 404 204 204 204 204 401 404 204
PUT    /v1/programs/{program_id}/visibility              401 404 404 404 204 403 403 204 401 404 204
POST   /v1/regressions/{regression_id}/confirm           401 404 404 404 204 204 404 404 401 404 404
GET    /v1/programs/{program_id}/xlsx                    401 404 404 404 200 200 200 200 401 404 200
POST   /v1/regressions/{regression_id}/end               401 404 404 404 204 204 404 404 401 404 404
POST   /v1/regressions/{regression_id}/extend            401 404 404 404 204 204 404 404 401 404 404
POST   /v1/regressions/{regression_id}/keep              401 404 404 404 204 204 404 404 401 404 404
POST   /v1/regressions/{regression_id}/step              401 404 404 404 409 409 404 404 401 404 404
POST   /v1/regressions/{regression_id}/undo              401 404 404 404 204 204 404 404 401 404 404
GET    /v1/report-form                                   401 200 200 200 404 404 404 404 401 404 404
GET    /v1/reports                                       401 200 200 200 404 404 404 404 401 404 404
GET    /v1/reports/{report_id}                           401 200 404 404 404 404 404 404 401 404 404
PUT    /v1/reports/{report_id}                           401 200 404 404 404 404 404 404 401 404 404
PUT    /v1/reports/{report_id}/answers/{answer_id}       401 201 404 404 404 404 404 404 401 404 404
GET    /v1/rules                                         401 200 200 200 200 200 200 200 401 200 200
GET    /v1/sessions                                      401 200 200 200 404 404 404 404 401 404 404
GET    /v1/sessions/{session_id}                         401 200 404 404 404 404 404 404 401 404 404
PUT    /v1/sessions/{session_id}                         401 200 404 404 404 404 404 404 401 404 404
GET    /v1/sets                                          401 200 200 200 404 404 404 404 401 404 404
GET    /v1/sets/{set_id}                                 401 200 404 404 404 404 404 404 401 404 404
PUT    /v1/sets/{set_id}                                 401 200 404 404 404 404 404 404 401 404 404
GET    /v1/rule-books/protocols                          401 404 404 404 200 200 200 200 401 200 200
PUT    /v1/rule-books/protocols                          401 404 404 404 200 200 200 200 401 200 200
PUT    /v1/rule-books/settings                           401 404 404 404 403 403 403 200 401 200 403
GET    /v1/rule-books/protocols/versions                 401 404 404 404 200 200 200 200 401 200 200
GET    /v1/sync                                          401 200 200 200 404 404 404 404 401 404 404
POST   /v1/sync                                          401 200 200 200 404 404 404 404 401 404 404
GET    /v1/clients/{client_id}/exercises/ht_band/history 401 404 404 404 200 200 404 404 401 404 404
PUT    /v1/clients/{client_id}/policy                    401 404 404 404 204 204 404 404 401 404 404
GET    /v1/exercises/ht_barbell/history                  401 200 200 200 404 404 404 404 401 404 404
GET    /v1/records                                       401 200 200 200 404 404 404 404 401 404 404
GET    /v1/jobs/{job_id}                                 401 404 404 404 200 404 404 404 401 404 200
GET    /v1/plans/{plan_id}                               401 200 404 404 200 200 404 404 401 404 404
POST   /v1/plans/{plan_id}/sessions                      401 404 404 404 201 201 404 404 401 404 404
GET    /v1/plans/{plan_id}/sessions/{session_id}         401 404 404 404 200 200 404 404 401 404 404
PATCH  /v1/plans/{plan_id}/sessions/{session_id}         401 404 404 404 200 200 404 404 401 404 404
GET    /v1/plans/{plan_id}/xlsx                          401 200 404 404 200 200 404 404 401 404 404
GET    /v1/plans/{plan_id}/revisions                     401 404 404 404 200 200 404 404 401 404 404
POST   /v1/plans/{plan_id}/revisions                     401 404 404 404 404 404 404 404 401 404 404
GET    /v1/plans/{plan_id}/revisions/1                   401 404 404 404 200 200 404 404 401 404 404
POST   /v1/programs/{program_id}/assignments             401 404 404 404 202 202 404 404 401 404 404
GET    /v1/programs/{program_id}/flow                    401 404 404 404 200 200 200 200 401 404 200
POST   /v1/programs/{program_id}/flow                    401 404 404 404 202 202 404 404 401 404 404
PUT    /v1/sessions/{session_id}/date                    401 200 404 404 404 404 404 404 401 404 404
PUT    /v1/sessions/{session_id}/swaps/A1                401 200 404 404 404 404 404 404 401 404 404
GET    /v1/today                                         401 200 200 200 404 404 404 404 401 404 404
GET    /v1/rota                                          401 404 404 404 200 200 200 200 401 200 200
PUT    /v1/rota                                          401 404 404 404 403 403 403 200 401 404 403
GET    /v1/webhooks                                      401 404 404 404 404 404 404 200 401 200 404
POST   /v1/webhooks                                      401 404 404 404 404 404 404 201 401 201 404
DELETE /v1/webhooks/{endpoint_id}                        401 404 404 404 404 404 404 204 401 404 404
POST   /v1/webhooks/{endpoint_id}/rotate                 401 404 404 404 404 404 404 200 401 404 404
POST   /v1/webhooks/{endpoint_id}/test                   401 404 404 404 404 404 404 202 401 404 404
GET    /v1/week                                          401 200 200 200 404 404 404 404 401 404 404

GET    /desk/                                            302 200 200 200 200 200 200 200 302 200 200
GET    /desk/alerts/{alert_id}/                          302 302 404 404 302 302 404 200 302 404 404
POST   /desk/alerts/{alert_id}/have/                     302 303 404 404 303 303 404 303 302 404 404
GET    /desk/clients/                                    302 200 200 200 200 200 200 200 302 200 200
GET    /desk/clients/invite/                             302 200 200 200 200 200 200 200 302 200 200
POST   /desk/clients/invite/                             302 404 404 404 200 200 200 200 302 200 200
GET    /desk/clients/{client_id}/                        302 404 404 404 200 200 404 404 302 404 404
GET    /desk/clients/{client_id}/allowed/                302 404 404 404 200 200 404 404 302 404 404
POST   /desk/clients/{client_id}/allowed/                302 404 404 404 303 303 404 404 302 404 404
POST   /desk/clients/{client_id}/allowed/{grant_id}/     302 404 404 404 303 303 404 404 302 404 404
GET    /desk/clients/{client_id}/assign/                 302 404 404 404 200 200 404 404 302 404 404
POST   /desk/clients/{client_id}/assign/                 302 404 404 404 409 409 404 404 302 404 404
GET    /desk/clients/{client_id}/messages/               302 404 404 404 200 200 404 404 302 404 404
POST   /desk/clients/{client_id}/messages/               302 404 404 404 303 303 404 404 302 404 404
POST   /desk/clients/{client_id}/read/{message_id}/      302 404 404 404 204 204 404 404 302 404 404
GET    /desk/clients/{client_id}/exercises/ht_band/      302 404 404 404 200 200 404 404 302 404 404
GET    /desk/clients/{client_id}/plan/                   302 404 404 404 200 200 404 404 302 404 404
GET    /desk/clients/{client_id}/plan/xlsx/              302 404 404 404 200 200 404 404 302 404 404
POST   /desk/clients/{client_id}/plan/policy/            302 404 404 404 303 303 404 404 302 404 404
GET    /desk/clients/{client_id}/plan/history/           302 404 404 404 200 200 404 404 302 404 404
POST   /desk/clients/{client_id}/plan/history/           302 404 404 404 404 404 404 404 302 404 404
GET    /desk/clients/{client_id}/plan/new/               302 404 404 404 200 200 404 404 302 404 404
POST   /desk/clients/{client_id}/plan/new/               302 404 404 404 303 303 404 404 302 404 404
GET    /desk/clients/{client_id}/plan/{session_id}/      302 404 404 404 200 200 404 404 302 404 404
POST   /desk/clients/{client_id}/plan/{session_id}/      302 404 404 404 303 303 404 404 302 404 404
POST   /desk/clients/{client_id}/plan/{session_id}/day/  302 404 404 404 303 303 404 404 302 404 404
POST   /desk/clients/{client_id}/plan/{session_id}/days/ 302 404 404 404 303 303 404 404 302 404 404
GET    /desk/jobs/{job_id}/                              302 404 404 404 200 404 404 404 302 404 200
GET    /desk/programs/{program_id}/flow/                 302 404 404 404 200 200 200 200 302 404 200
POST   /desk/programs/{program_id}/flow/                 302 404 404 404 303 303 404 404 302 404 404
GET    /desk/programs/{program_id}/give/                 302 404 404 404 200 200 200 200 302 404 200
POST   /desk/programs/{program_id}/give/                 302 404 404 404 303 303 422 422 302 404 422
GET    /desk/clients/{client_id}/technique/              302 404 404 404 200 200 404 404 302 404 404
POST   /desk/clients/{client_id}/technique/              302 404 404 404 303 303 404 404 302 404 404
GET    /desk/dead-letters/                               302 404 404 404 404 404 404 200 302 200 404
POST   /desk/dead-letters/{delivery_id}/redrive/         302 404 404 404 404 404 404 303 302 404 404
GET    /desk/digest/                                     302 200 200 200 200 200 200 200 302 200 200
POST   /desk/digest/                                     302 303 303 303 303 303 303 303 302 303 303
GET    /desk/form-checks/                                302 200 200 200 200 200 200 200 302 200 200
GET    /desk/form-checks/{media_id}/                     302 404 404 404 200 200 404 404 302 404 404
POST   /desk/form-checks/{media_id}/                     302 404 404 404 303 303 404 404 302 404 404
GET    /desk/inbox/count/                                302 200 200 200 200 200 200 200 302 200 200
GET    /desk/inbox/live/                                 302 200 200 200 200 200 200 200 302 200 200
GET    /desk/exercises/                                  302 200 200 200 200 200 200 200 302 200 200
GET    /desk/exercises/new/                              302 404 404 404 200 200 200 200 302 200 200
POST   /desk/exercises/new/                              302 404 404 404 303 303 303 303 302 303 303
GET    /desk/exercises/{own_exercise_id}/                302 404 404 404 200 200 200 200 302 404 200
POST   /desk/exercises/{own_exercise_id}/                302 404 404 404 303 303 303 303 302 404 303
POST   /desk/exercises/{own_exercise_id}/archive/        302 404 404 404 303 303 303 303 302 404 303
POST   /desk/exercises/{own_exercise_id}/unarchive/      302 404 404 404 303 303 303 303 302 404 303
GET    /desk/programs/                                   302 200 200 200 200 200 200 200 302 200 200
GET    /desk/programs/import/                            302 404 404 404 200 200 200 200 302 200 200
POST   /desk/programs/import/                            302 404 404 404 200 200 200 200 302 200 200
GET    /desk/programs/new/                               302 404 404 404 200 200 200 200 302 200 200
POST   /desk/programs/new/                               302 404 404 404 303 303 303 303 302 303 303
POST   /desk/programs/sample/                            302 404 404 404 303 303 303 303 302 303 303
GET    /desk/programs/sample.csv                         302 200 200 200 200 200 200 200 302 200 200
GET    /desk/programs/{program_id}/                      302 404 404 404 200 200 200 200 302 404 200
POST   /desk/regressions/{regression_id}/confirm/        302 404 404 404 303 303 404 404 302 404 404
POST   /desk/programs/{program_id}/archive/              302 404 404 404 303 303 303 303 302 404 303
POST   /desk/programs/{program_id}/copy/                 302 404 404 404 303 303 303 303 302 404 303
GET    /desk/programs/{program_id}/edit/                 302 404 404 404 200 200 200 200 302 404 200
POST   /desk/programs/{program_id}/edit/                 302 404 404 404 303 303 303 303 302 404 303
POST   /desk/programs/{program_id}/hide/                 302 404 404 404 303 403 403 303 302 404 303
POST   /desk/programs/{program_id}/share/                302 404 404 404 303 303 303 303 302 404 303
POST   /desk/programs/{program_id}/unarchive/            302 404 404 404 303 303 303 303 302 404 303
GET    /desk/programs/{program_id}/xlsx/                 302 404 404 404 200 200 200 200 302 404 200
POST   /desk/regressions/{regression_id}/end/            302 404 404 404 303 303 404 404 302 404 404
POST   /desk/regressions/{regression_id}/extend/         302 404 404 404 303 303 404 404 302 404 404
POST   /desk/regressions/{regression_id}/keep/           302 404 404 404 303 303 404 404 302 404 404
POST   /desk/regressions/{regression_id}/step/           302 404 404 404 409 409 404 404 302 404 404
POST   /desk/regressions/{regression_id}/undo/           302 404 404 404 303 303 404 404 302 404 404
GET    /desk/reports/{report_id}/                        302 404 404 404 200 200 404 404 302 404 404
POST   /desk/reports/{report_id}/apply/                  302 404 404 404 303 303 404 404 302 404 404
POST   /desk/reports/{report_id}/clearance/              302 404 404 404 409 409 404 404 302 404 404
POST   /desk/reports/{report_id}/have/                   302 404 404 404 303 303 404 404 302 404 404
POST   /desk/reports/{report_id}/mistaken/               302 404 404 404 409 409 404 404 302 404 404
POST   /desk/reports/{report_id}/seen/                   302 404 404 404 204 204 404 404 302 404 404
POST   /desk/reports/{report_id}/told/                   302 404 404 404 303 303 404 404 302 404 404
POST   /desk/reports/{report_id}/watch/                  302 404 404 404 303 303 404 404 302 404 404
GET    /desk/outcomes/                                   302 404 404 404 200 200 200 200 302 200 200
GET    /desk/outcomes/alerts/                            302 404 404 404 200 200 200 200 302 200 200
GET    /desk/rules/                                      302 404 404 404 200 200 200 200 302 200 200
GET    /desk/rules/protocols/                            302 404 404 404 200 200 200 200 302 200 200
POST   /desk/rules/protocols/                            302 404 404 404 303 303 303 303 302 303 303
POST   /desk/rules/settings/                             302 404 404 404 403 403 403 303 302 303 403
GET    /desk/settings/                                   302 200 200 200 200 200 200 200 302 200 200
GET    /desk/settings/devices/                           302 200 200 200 200 200 200 200 302 200 200
POST   /desk/settings/devices/                           302 204 204 204 204 204 204 204 302 204 204
POST   /desk/settings/devices/{installation_id}/forget/  302 303 404 404 404 404 404 404 302 404 404
GET    /desk/settings/webhooks/                          302 404 404 404 404 404 404 200 302 200 404
POST   /desk/settings/webhooks/                          302 404 404 404 404 404 404 200 302 200 404
POST   /desk/settings/webhooks/{endpoint_id}/rotate/     302 404 404 404 404 404 404 200 302 404 404
POST   /desk/settings/webhooks/{endpoint_id}/test/       302 404 404 404 404 404 404 303 302 404 404
POST   /desk/settings/webhooks/{endpoint_id}/remove/     302 404 404 404 404 404 404 303 302 404 404
GET    /desk/sw.js                                       200
POST   /desk/settings/                                   302 303 303 303 303 303 303 303 302 303 303
GET    /desk/settings/alerts/                            302 200 200 200 200 200 200 200 302 200 200
POST   /desk/settings/alerts/                            302 303 303 303 303 303 303 303 302 303 303
GET    /desk/settings/away/                              302 200 200 200 200 200 200 200 302 200 200
POST   /desk/settings/away/                              302 303 303 303 303 303 303 303 302 303 303
POST   /desk/settings/away/{absence_id}/                 302 404 404 404 303 404 404 404 302 404 303
POST   /desk/settings/rota/                              302 404 404 404 403 403 403 303 302 404 403
POST   /desk/settings/sign-ins/{sign_in_id}/end/         302 404 404 404 404 404 404 404 302 404 404
"""

# Whose own words may appear in an answer to whom; nobody else's ever.
READS = {
    "noor": {"noor"},
    "eli": {"eli"},
    "sam": {"sam"},
    "ada": {"noor", "eli"},
    "jo": {"noor"},
    "bo": {"sam"},
}
NAMES = ("GET /desk/alerts/{alert_id}/", "olga")  # an owner reads a name, a level and times
COLUMNS = ("anonymous", "noor", "eli", "sam", "ada", "jo", "max", "olga", "dee", "bo", "wes")


def rows() -> Iterator[Row]:
    """The table, read."""
    for line in ACCESS.splitlines():
        words = line.split()
        if words and words[0] in METHODS:
            statuses = [int(word) for word in words[2:]]
            if len(statuses) == 1:
                statuses *= len(COLUMNS)
            yield Row(words[0], words[1], dict(zip(COLUMNS, statuses, strict=True)))


ROWS = list(rows())


def undone(row: Row, column: str, cast: Cast) -> HttpResponse:
    """The call, and whatever it did taken back."""
    with transaction.atomic():
        answer = ask(row, column, cast)
        transaction.set_rollback(True)
    return answer


def answers(view: Any, method: str) -> bool:
    """Whether a view has a method of its own: a form's PUT is its POST by another name."""
    return getattr(view, method.lower(), ProcessFormView.put) is not ProcessFormView.put


def addresses() -> set[tuple[str, str]]:
    """Every address of ours with every method it answers."""

    def walk(patterns: Any, before: str = "") -> Iterator[tuple[str, Any]]:
        for each in patterns:
            here = before + str(each.pattern)
            if isinstance(each, URLResolver):
                yield from walk(each.url_patterns, here)
            else:
                yield here, each.callback

    found = set()
    for route, callback in walk(get_resolver().url_patterns):
        view = getattr(callback, "view_class", None) or getattr(callback, "cls", None)
        plain = view is None or view is RedirectView
        methods = ["GET"] if plain else [m for m in METHODS if answers(view, m)]
        found |= {(route, method) for method in methods if not route.startswith("_allauth/")}
    return found


def test_every_address_and_method_has_a_row(cast: Cast) -> None:
    ids = ids_of(cast.lives["noor"], cast)
    known = {(resolve(row.path.format(**ids)).route, row.method) for row in ROWS}
    missing = sorted(addresses() - known)
    words = [f"{m} /{r} has no row in ACCESS. Add who may call it." for r, m in missing]
    assert not missing, "\n".join(words)
    assert known <= addresses(), known - addresses()


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_each_person_gets_what_the_table_says(row: Row, cast: Cast) -> None:
    wrong = []
    with Tables() as tables:
        before = tables.state()
        for column, expected in row.expected.items():
            answer = (ask if refused(row, column, expected) else undone)(row, column, cast)
            if answer.status_code != expected:
                wrong.append(f"{column}: {answer.status_code}, not {expected}")
            heard = overheard(answer, column)
            wrong += [f"{column} read {whose}" for whose in heard if (str(row), column) != NAMES]
        changed = tables.differing(before)
    assert not wrong, "\n".join(wrong)
    assert changed == [], f"refused calls changed {changed}"


def refused(row: Row, column: str, expected: int) -> bool:
    """Whether the cell must leave no trace: a reading, a refusal, or the way to the sign-in."""
    to_sign_in = expected == 302 and column in {"anonymous", "dee"}
    return row.method == "GET" or expected >= 400 or to_sign_in


NAMED = [row for row in ROWS if "{" in row.path and row.expected["bo"] == 404]


@pytest.mark.parametrize("row", NAMED, ids=str)
def test_not_yours_is_answered_as_not_there(row: Row, cast: Cast) -> None:
    nothing = {name: fresh() for name in ids_of(cast.lives["noor"], cast)}
    for column in ("bo", "max", "eli"):
        if row.expected[column] == 404 and not (column == "eli" and row.method == "PUT"):
            theirs, none = ask(row, column, cast), ask(row, column, cast, nothing)
            assert (theirs.status_code, theirs.content) == (none.status_code, none.content), column
            assert said(theirs) == said(none)


def said(answer: HttpResponse) -> dict[str, str]:
    """The headers, without what is each request's own: its id, and how many are left."""
    own = {"RateLimit", "Request-Id"}
    return {name: value for name, value in answer.headers.items() if name not in own}


def overheard(answer: HttpResponse, column: str) -> list[str]:
    """Whose words stand in an answer that this person may not read."""
    said = answer.content if not answer.streaming else b"".join(answer)  # type: ignore[attr-defined]
    said += str(dict(answer.headers)).encode()
    mine = READS.get("ada" if column == "wes" else column, set())
    return [
        w for w in ("noor", "eli", "sam", "wes") if w not in mine and canary(w).encode() in said
    ]
