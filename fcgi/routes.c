#include <string.h>

#include "routes.h"

#include "account/account.h"
#include "dispatch.h"
#include "domain/attachment.h"
#include "domain/photo.h"
#include "engine/list.h"
#include "institution/accounts/accounts.h"
#include "institution/aids/aids.h"
#include "institution/dashboard/dashboard.h"
#include "institution/inspections/inspections.h"
#include "institution/labels/labels.h"
#include "institution/locations/locations.h"
#include "institution/planning/planning.h"
#include "institution/requests/requests.h"
#include "institution/requests/verdicts.h"
#include "institution/services/services.h"
#include "institution/stand_in/stand_in.h"
#include "supplier/accounts/accounts.h"
#include "supplier/audit/audit.h"
#include "supplier/inspections/inspections.h"
#include "supplier/locations/locations.h"
#include "supplier/mechanics/mechanics.h"
#include "supplier/organisations/organisations.h"
#include "supplier/aids/aids.h"
#include "supplier/planning/planning.h"
#include "supplier/requests/requests.h"

/*
 * Every address of the portal. Whatever does not stand here is 404. Each
 * macro asks for a right, so that a route without one does not compile:
 *
 *   GET(path, portal, right, formats, handler)
 *   POST(path, portal, right, handler)
 *   UPLOAD(path, portal, right, handler)      a POST with files
 *   FRESH(path, portal, right, handler)       a POST that wants a fresh code
 *   LIST(path, portal, right, formats, id of the list)
 *
 * portal: NOBODY (any), INSTITUTION, PROFESSIONAL, SUPPLIER. right: PUBLIC,
 * SIGNED_IN, or one of access/rights.xml.
 */
#define GET(path, portal, right, formats, handler)                             \
	{METHOD_GET, path, DB_##portal, RIGHT_##right, formats, handler, NULL},
#define POST(path, portal, right, handler)                                     \
	{METHOD_POST, path, DB_##portal, RIGHT_##right, 0, handler, NULL},
#define UPLOAD(path, portal, right, handler)                                   \
	{METHOD_POST, path, DB_##portal, RIGHT_##right, ROUTE_UPLOAD, handler, \
		NULL},
#define PHOTOS(path, portal, right, handler)                                   \
	{METHOD_POST, path, DB_##portal, RIGHT_##right,                        \
		ROUTE_UPLOAD | ROUTE_PHOTOS, handler, NULL},
#define TABLE(path, portal, right, handler)                                    \
	{METHOD_POST, path, DB_##portal, RIGHT_##right,                        \
		ROUTE_UPLOAD | ROUTE_TABLE, handler, NULL},
#define FRESH(path, portal, right, handler)                                    \
	{METHOD_POST, path, DB_##portal, RIGHT_##right, ROUTE_FRESH, handler,  \
		NULL},
#define LIST(path, portal, right, formats, id)                                 \
	{METHOD_GET, path, DB_##portal, RIGHT_##right, formats, list_page, id},

/* clang-format off */
const struct route routes[] = {
	/* The process and its database */
	GET("/health", NOBODY, PUBLIC, ROUTE_BARE, health_page)
	GET("/ready", NOBODY, PUBLIC, ROUTE_BARE, ready_page)

	/* Log-in and account */
	GET("/", NOBODY, SIGNED_IN, 0, home_page)
	GET("/login", NOBODY, PUBLIC, ROUTE_XML, login_page)
	POST("/login", NOBODY, PUBLIC, login_post)
	GET("/login/verify", NOBODY, PUBLIC, ROUTE_XML, verify_page)
	POST("/login/verify", NOBODY, PUBLIC, verify_post)
	POST("/login/verify/sms", NOBODY, PUBLIC, verify_sms_post)
	GET("/login/again", NOBODY, SIGNED_IN, ROUTE_XML, again_page)
	POST("/login/again", NOBODY, SIGNED_IN, again_post)
	POST("/login/again/sms", NOBODY, SIGNED_IN, again_sms_post)
	GET("/login/enrol", NOBODY, PUBLIC, ROUTE_XML, enrol_page)
	GET("/login/enrol/app", NOBODY, PUBLIC, ROUTE_XML, enrol_app_page)
	POST("/login/enrol/app", NOBODY, PUBLIC, enrol_app_post)
	GET("/login/enrol/sms", NOBODY, PUBLIC, ROUTE_XML, enrol_sms_page)
	POST("/login/enrol/sms", NOBODY, PUBLIC, enrol_sms_post)
	GET("/login/enrol/sms/code", NOBODY, PUBLIC, ROUTE_XML,
		enrol_sms_code_page)
	POST("/login/enrol/sms/code", NOBODY, PUBLIC, enrol_sms_code_post)
	GET("/login/guide", NOBODY, PUBLIC, ROUTE_XML, login_guide_page)
	GET("/activate", NOBODY, PUBLIC, ROUTE_XML, activate_page)
	POST("/activate", NOBODY, PUBLIC, activate_post)
	GET("/login/help", NOBODY, PUBLIC, ROUTE_XML, login_help_page)
	POST("/login/help", NOBODY, PUBLIC, login_help_post)
	GET("/login/help/sent", NOBODY, PUBLIC, ROUTE_XML,
		login_help_sent_page)
	GET("/reset", NOBODY, PUBLIC, ROUTE_XML, reset_page)
	POST("/reset", NOBODY, PUBLIC, reset_post)
	POST("/logout", NOBODY, SIGNED_IN, logout_post)
	GET("/account", NOBODY, SIGNED_IN, ROUTE_XML, account_page)
	GET("/account/password", NOBODY, SIGNED_IN, ROUTE_XML,
		password_page)
	POST("/account/password", NOBODY, SIGNED_IN, password_post)
	GET("/account/profile", NOBODY, SIGNED_IN, ROUTE_XML, profile_page)
	POST("/account/profile", NOBODY, SIGNED_IN, profile_page)
	GET("/account/membership", NOBODY, SIGNED_IN, ROUTE_XML,
		membership_choose)
	POST("/account/membership", NOBODY, SIGNED_IN, membership_choose_post)
	GET("/account/recovery", NOBODY, SIGNED_IN, ROUTE_XML, recovery_page)
	POST("/account/recovery", NOBODY, SIGNED_IN, recovery_post)
	POST("/account/recovery/seen", NOBODY, SIGNED_IN, recovery_seen_post)
	POST("/account/sessions/end", NOBODY, SIGNED_IN, sessions_end_post)
	GET("/account/calendar", NOBODY, SIGNED_IN, ROUTE_XML, calendar_page)
	POST("/account/calendar", NOBODY, SIGNED_IN, calendar_make_post)
	POST("/account/calendar/revoke", NOBODY, SIGNED_IN,
		calendar_revoke_post)
	GET("/calendar/{secret}.ics", NOBODY, PUBLIC, ROUTE_BARE,
		calendar_feed)
	GET("/roles", NOBODY, SIGNED_IN, ROUTE_XML, roles_page)

	/* What the code on an aid's label says */
	GET("/q/{id}", NOBODY, PUBLIC, ROUTE_XML, label_scanned)

	/* The search of the page's head */
	GET("/search", INSTITUTION, AID_VIEW, 0, aid_search)
	GET("/search", SUPPLIER, WORK_VIEW, 0, work_search)

	/* What was drawn in the background */
	LIST("/exports", INSTITUTION, SIGNED_IN, ROUTE_XML, "exports")
	POST("/exports", INSTITUTION, SIGNED_IN, export_ask_post)
	GET("/exports/{code}", INSTITUTION, SIGNED_IN,
		ROUTE_XML | ROUTE_PDF | ROUTE_XLSX, export_page)
	POST("/exports/{code}/delete", INSTITUTION, SIGNED_IN,
		export_delete_post)

	LIST("/exports", SUPPLIER, SIGNED_IN, ROUTE_XML, "exports")
	POST("/exports", SUPPLIER, SIGNED_IN, export_ask_post)
	GET("/exports/{code}", SUPPLIER, SIGNED_IN,
		ROUTE_XML | ROUTE_PDF | ROUTE_XLSX, export_page)
	POST("/exports/{code}/delete", SUPPLIER, SIGNED_IN, export_delete_post)

	/* Institution */
	GET("/dashboard", INSTITUTION, REQUEST_VIEW, ROUTE_XML, dashboard_page)
	GET("/aids", INSTITUTION, AID_VIEW,
		ROUTE_XML | ROUTE_FILES, aids_page)
	GET("/aids/labels", INSTITUTION, AID_VIEW,
		ROUTE_XML | ROUTE_PDF | ROUTE_LATER, labels_page)
	GET("/aids/repair", INSTITUTION, SERVICE_REQUEST, ROUTE_XML,
		service_page)
	PHOTOS("/aids/repair", INSTITUTION, SERVICE_REQUEST, service_post)
	GET("/aids/move", INSTITUTION, SERVICE_REQUEST, ROUTE_XML,
		service_page)
	POST("/aids/move", INSTITUTION, SERVICE_REQUEST, service_post)
	GET("/aids/from-depot", INSTITUTION, SERVICE_REQUEST, ROUTE_XML,
		service_page)
	POST("/aids/from-depot", INSTITUTION, SERVICE_REQUEST, service_post)
	GET("/aids/to-depot", INSTITUTION, SERVICE_REQUEST, ROUTE_XML,
		service_page)
	POST("/aids/to-depot", INSTITUTION, SERVICE_REQUEST, service_post)
	GET("/aids/pick-up", INSTITUTION, SERVICE_REQUEST, ROUTE_XML,
		service_page)
	POST("/aids/pick-up", INSTITUTION, SERVICE_REQUEST, service_post)
	GET("/aids/{id}", INSTITUTION, AID_VIEW,
		ROUTE_XML | ROUTE_PDF | ROUTE_LATER, aid_page)
	GET("/aids/{id}/history", INSTITUTION, AID_VIEW,
		ROUTE_XML | ROUTE_FILES, aid_history_page)
	GET("/aids/{id}/label", INSTITUTION, AID_VIEW, ROUTE_XML | ROUTE_PDF,
		label_page)
	GET("/aids/{id}/service", INSTITUTION, SERVICE_REQUEST, 0,
		service_choose)
	GET("/aids/{id}/repair", INSTITUTION, SERVICE_REQUEST, ROUTE_XML,
		service_page)
	PHOTOS("/aids/{id}/repair", INSTITUTION, SERVICE_REQUEST, service_post)
	GET("/aids/{id}/move", INSTITUTION, SERVICE_REQUEST, ROUTE_XML,
		service_page)
	POST("/aids/{id}/move", INSTITUTION, SERVICE_REQUEST, service_post)
	GET("/aids/{id}/from-depot", INSTITUTION, SERVICE_REQUEST, ROUTE_XML,
		service_page)
	POST("/aids/{id}/from-depot", INSTITUTION, SERVICE_REQUEST, service_post)
	GET("/aids/{id}/to-depot", INSTITUTION, SERVICE_REQUEST, ROUTE_XML,
		service_page)
	POST("/aids/{id}/to-depot", INSTITUTION, SERVICE_REQUEST, service_post)
	GET("/aids/{id}/pick-up", INSTITUTION, SERVICE_REQUEST, ROUTE_XML,
		service_page)
	POST("/aids/{id}/pick-up", INSTITUTION, SERVICE_REQUEST, service_post)
	GET("/account/stand-in", INSTITUTION, SERVICE_AUTHORISE, ROUTE_XML,
		stand_in_page)
	POST("/account/stand-in", INSTITUTION, SERVICE_AUTHORISE,
		stand_in_post)
	POST("/account/stand-in/end", INSTITUTION, SERVICE_AUTHORISE,
		stand_in_end_post)
	LIST("/actions", INSTITUTION, REQUEST_VIEW,
		ROUTE_XML | ROUTE_FILES, "actions")
	GET("/planning", INSTITUTION, PLANNING_VIEW,
		ROUTE_XML | ROUTE_FILES, planning_page)
	GET("/planning/week", INSTITUTION, PLANNING_VIEW, ROUTE_XML,
		planning_week)
	GET("/planning/month", INSTITUTION, PLANNING_VIEW, ROUTE_XML,
		planning_month)
	GET("/inspections", INSTITUTION, AID_VIEW,
		ROUTE_XML | ROUTE_FILES, inspections_page)
	GET("/inspections/request", INSTITUTION, SERVICE_REQUEST, ROUTE_XML,
		inspection_request)
	POST("/inspections/request", INSTITUTION, SERVICE_REQUEST,
		inspection_request)
	GET("/certificates/{number}", INSTITUTION, AID_VIEW,
		ROUTE_PDF, institution_certificate)
	LIST("/messages", INSTITUTION, REQUEST_VIEW, ROUTE_XML, "messages")
	GET("/approvals", INSTITUTION, SERVICE_AUTHORISE, ROUTE_XML,
		approvals_page)
	GET("/approvals/approve", INSTITUTION, SERVICE_AUTHORISE, ROUTE_XML,
		verdicts_page)
	POST("/approvals/approve", INSTITUTION, SERVICE_AUTHORISE,
		verdicts_post)
	GET("/approvals/reject", INSTITUTION, SERVICE_AUTHORISE, ROUTE_XML,
		verdicts_page)
	POST("/approvals/reject", INSTITUTION, SERVICE_AUTHORISE, verdicts_post)

	GET("/requests/{number}", INSTITUTION, REQUEST_VIEW,
		ROUTE_XML | ROUTE_PDF, request_page)
	GET("/requests/{number}/photos/{n}", INSTITUTION, REQUEST_VIEW, 0,
		photo_page)
	GET("/requests/{number}/files/{n}", INSTITUTION, REQUEST_VIEW, 0,
		attachment_page)
	GET("/requests/{number}/message", INSTITUTION, REQUEST_VIEW, ROUTE_XML,
		request_message)
	PHOTOS("/requests/{number}/message", INSTITUTION, REQUEST_VIEW,
		request_message_post)
	GET("/requests/{number}/sent", INSTITUTION, REQUEST_VIEW, ROUTE_XML,
		request_sent_page)
	GET("/requests/{number}/send", INSTITUTION, REQUEST_VIEW, ROUTE_XML,
		send_page)
	POST("/requests/{number}/send", INSTITUTION, REQUEST_VIEW, send_post)
	GET("/requests/{number}/agree", INSTITUTION, SERVICE_REQUEST,
		ROUTE_XML, answer_page)
	POST("/requests/{number}/agree", INSTITUTION, SERVICE_REQUEST,
		answer_post)
	GET("/requests/{number}/other-date", INSTITUTION, SERVICE_REQUEST,
		ROUTE_XML, answer_page)
	POST("/requests/{number}/other-date", INSTITUTION, SERVICE_REQUEST,
		answer_post)
	GET("/requests/{number}/withdraw", INSTITUTION, SERVICE_REQUEST,
		ROUTE_XML, answer_page)
	POST("/requests/{number}/withdraw", INSTITUTION, SERVICE_REQUEST,
		answer_post)
	GET("/requests/{number}/approve", INSTITUTION, SERVICE_AUTHORISE,
		ROUTE_XML, answer_page)
	POST("/requests/{number}/approve", INSTITUTION, SERVICE_AUTHORISE,
		answer_post)
	GET("/requests/{number}/reject", INSTITUTION, SERVICE_AUTHORISE,
		ROUTE_XML, answer_page)
	POST("/requests/{number}/reject", INSTITUTION, SERVICE_AUTHORISE,
		answer_post)

	/* The organisation's locations, and what it asks to have changed */
	GET("/locations", INSTITUTION, LOCATION_CHANGE, ROUTE_XML,
		locations_page)
	GET("/locations/new", INSTITUTION, LOCATION_CHANGE, ROUTE_XML,
		location_ask_new)
	POST("/locations/new", INSTITUTION, LOCATION_CHANGE,
		location_ask_new)
	GET("/locations/{id}/change", INSTITUTION, LOCATION_CHANGE, ROUTE_XML,
		location_change_form)
	POST("/locations/{id}/change", INSTITUTION, LOCATION_CHANGE,
		location_change_form)
	GET("/locations/changes/{number}", INSTITUTION, LOCATION_CHANGE,
		ROUTE_XML, location_request_page)
	GET("/locations/changes/{number}/withdraw", INSTITUTION,
		LOCATION_CHANGE, ROUTE_XML, location_withdraw)
	POST("/locations/changes/{number}/withdraw", INSTITUTION,
		LOCATION_CHANGE, location_withdraw)
	GET("/requests/{number}/performed", INSTITUTION, SERVICE_REQUEST,
		ROUTE_XML, answer_page)
	POST("/requests/{number}/performed", INSTITUTION, SERVICE_REQUEST,
		answer_post)
	GET("/requests/{number}/call-off", INSTITUTION, SERVICE_REQUEST,
		ROUTE_XML, answer_page)
	POST("/requests/{number}/call-off", INSTITUTION, SERVICE_REQUEST,
		answer_post)

	/* Institution: accounts; the fixed addresses before {id} */
	GET("/accounts", INSTITUTION, ACCOUNT_MANAGE, ROUTE_XML, accounts_page)
	GET("/accounts/new", INSTITUTION, ACCOUNT_MANAGE, ROUTE_XML,
		account_new_page)
	POST("/accounts/new", INSTITUTION, ACCOUNT_MANAGE, account_new_post)
	GET("/accounts/import", INSTITUTION, ACCOUNT_MANAGE, ROUTE_XML,
		account_import_page)
	UPLOAD("/accounts/import", INSTITUTION, ACCOUNT_MANAGE,
		account_import_post)
	GET("/accounts/import/template", INSTITUTION, ACCOUNT_MANAGE, 0,
		account_import_template)
	GET("/accounts/{id}", INSTITUTION, ACCOUNT_MANAGE, ROUTE_XML,
		account_edit_page)
	POST("/accounts/{id}", INSTITUTION, ACCOUNT_MANAGE, account_edit_post)
	GET("/accounts/{id}/places", INSTITUTION, ACCOUNT_MANAGE, ROUTE_XML,
		account_places_page)
	POST("/accounts/{id}/places", INSTITUTION, ACCOUNT_MANAGE,
		account_places_post)
	GET("/accounts/{id}/deactivate", INSTITUTION, ACCOUNT_MANAGE,
		ROUTE_XML, account_action_page)
	POST("/accounts/{id}/deactivate", INSTITUTION, ACCOUNT_MANAGE,
		account_action_post)
	GET("/accounts/{id}/reactivate", INSTITUTION, ACCOUNT_MANAGE,
		ROUTE_XML, account_action_page)
	POST("/accounts/{id}/reactivate", INSTITUTION, ACCOUNT_MANAGE,
		account_action_post)
	GET("/accounts/{id}/resend", INSTITUTION, ACCOUNT_MANAGE, ROUTE_XML,
		account_action_page)
	POST("/accounts/{id}/resend", INSTITUTION, ACCOUNT_MANAGE,
		account_action_post)
	GET("/accounts/{id}/successor", INSTITUTION, ACCOUNT_MANAGE, ROUTE_XML,
		account_action_page)
	POST("/accounts/{id}/successor", INSTITUTION, ACCOUNT_MANAGE,
		account_action_post)

	/* Professional; no export of what a list holds (C26) */
	LIST("/requests", PROFESSIONAL, REQUEST_VIEW, 0, "requests")
	LIST("/messages", PROFESSIONAL, REQUEST_VIEW, 0, "messages")
	GET("/requests/{number}", PROFESSIONAL, REQUEST_VIEW,
		ROUTE_XML | ROUTE_PDF, request_page)
	GET("/requests/{number}/photos/{n}", PROFESSIONAL, REQUEST_VIEW, 0,
		photo_page)
	GET("/requests/{number}/files/{n}", PROFESSIONAL, REQUEST_VIEW, 0,
		attachment_page)
	GET("/requests/{number}/message", PROFESSIONAL, REQUEST_VIEW, ROUTE_XML,
		request_message)
	PHOTOS("/requests/{number}/message", PROFESSIONAL, REQUEST_VIEW,
		request_message_post)
	GET("/requests/{number}/sent", PROFESSIONAL, REQUEST_VIEW, ROUTE_XML,
		request_sent_page)
	GET("/requests/{number}/send", PROFESSIONAL, REQUEST_VIEW, ROUTE_XML,
		send_page)
	POST("/requests/{number}/send", PROFESSIONAL, REQUEST_VIEW, send_post)
	GET("/requests/{number}/agree", PROFESSIONAL, REQUEST_CREATE,
		ROUTE_XML, answer_page)
	POST("/requests/{number}/agree", PROFESSIONAL, REQUEST_CREATE,
		answer_post)
	GET("/requests/{number}/other-date", PROFESSIONAL, REQUEST_CREATE,
		ROUTE_XML, answer_page)
	POST("/requests/{number}/other-date", PROFESSIONAL, REQUEST_CREATE,
		answer_post)

	/* Supplier: aids */
	GET("/supplier/aids", SUPPLIER, AID_VIEW,
		ROUTE_XML | ROUTE_FILES, managed_aids_page)
	GET("/supplier/aids/new", SUPPLIER, AID_MANAGE, ROUTE_XML,
		aid_new_page)
	POST("/supplier/aids/new", SUPPLIER, AID_MANAGE, aid_new_post)
	GET("/supplier/aids/import", SUPPLIER, AID_MANAGE, ROUTE_XML,
		aid_import_page)
	TABLE("/supplier/aids/import", SUPPLIER, AID_MANAGE, aid_import_post)
	GET("/supplier/aids/import/template", SUPPLIER, AID_MANAGE, 0,
		aid_import_template)
	GET("/supplier/aids/{id}", SUPPLIER, AID_VIEW,
		ROUTE_XML | ROUTE_PDF | ROUTE_LATER, managed_aid_page)
	GET("/supplier/aids/{id}/correct", SUPPLIER, AID_MANAGE, ROUTE_XML,
		aid_deed)
	POST("/supplier/aids/{id}/correct", SUPPLIER, AID_MANAGE, aid_deed)
	GET("/supplier/aids/{id}/move", SUPPLIER, AID_MANAGE, ROUTE_XML,
		aid_deed)
	POST("/supplier/aids/{id}/move", SUPPLIER, AID_MANAGE, aid_deed)
	GET("/supplier/aids/{id}/scrap", SUPPLIER, AID_MANAGE, ROUTE_XML,
		aid_deed)
	POST("/supplier/aids/{id}/scrap", SUPPLIER, AID_MANAGE, aid_deed)

	/* Supplier: the branch's planning */
	GET("/supplier/planning", SUPPLIER, WORK_VIEW, ROUTE_XML, work_week)
	GET("/supplier/planning/month", SUPPLIER, WORK_VIEW, ROUTE_XML,
		work_month)
	GET("/supplier/day", SUPPLIER, WORK_VIEW, ROUTE_XML | ROUTE_PDF,
		work_day)

	/* Supplier: who does the branch's work; the fixed address before {id} */
	GET("/supplier/mechanics", SUPPLIER, WORK_PLAN, ROUTE_XML,
		mechanics_page)
	GET("/supplier/mechanics/new", SUPPLIER, WORK_PLAN, ROUTE_XML,
		mechanic_new)
	POST("/supplier/mechanics/new", SUPPLIER, WORK_PLAN, mechanic_new)
	GET("/supplier/mechanics/{id}", SUPPLIER, WORK_PLAN, ROUTE_XML,
		mechanic_edit)
	POST("/supplier/mechanics/{id}", SUPPLIER, WORK_PLAN,
		mechanic_edit)
	GET("/supplier/mechanics/{id}/end", SUPPLIER, WORK_PLAN, ROUTE_XML,
		mechanic_end_page)
	POST("/supplier/mechanics/{id}/end", SUPPLIER, WORK_PLAN,
		mechanic_end_page)

	/* Supplier: the branch's work on requests */
	GET("/supplier/requests", SUPPLIER, WORK_VIEW, ROUTE_XML, work_list)
	LIST("/supplier/messages", SUPPLIER, WORK_VIEW, ROUTE_XML,
		"work-messages")
	GET("/supplier/requests/{number}", SUPPLIER, WORK_VIEW,
		ROUTE_XML | ROUTE_PDF, work_page)
	GET("/supplier/requests/{number}/photos/{n}", SUPPLIER, WORK_VIEW, 0,
		photo_page)
	GET("/supplier/requests/{number}/files/{n}", SUPPLIER, WORK_VIEW, 0,
		attachment_page)
	GET("/supplier/requests/{number}/message", SUPPLIER, WORK_VIEW,
		ROUTE_XML, work_message)
	PHOTOS("/supplier/requests/{number}/message", SUPPLIER, WORK_VIEW,
		work_message_post)
	GET("/supplier/requests/{number}/accept", SUPPLIER, WORK_PLAN,
		ROUTE_XML, work_form)
	POST("/supplier/requests/{number}/accept", SUPPLIER, WORK_PLAN,
		work_post)
	GET("/supplier/requests/{number}/propose", SUPPLIER, WORK_PLAN,
		ROUTE_XML, work_form)
	POST("/supplier/requests/{number}/propose", SUPPLIER, WORK_PLAN,
		work_post)
	GET("/supplier/requests/{number}/plan", SUPPLIER, WORK_PLAN,
		ROUTE_XML, work_form)
	POST("/supplier/requests/{number}/plan", SUPPLIER, WORK_PLAN,
		work_post)
	GET("/supplier/requests/{number}/start", SUPPLIER, WORK_PLAN,
		ROUTE_XML, work_form)
	POST("/supplier/requests/{number}/start", SUPPLIER, WORK_PLAN,
		work_post)
	GET("/supplier/requests/{number}/done", SUPPLIER, WORK_PLAN,
		ROUTE_XML, done_page)
	PHOTOS("/supplier/requests/{number}/done", SUPPLIER, WORK_PLAN,
		done_page)
	GET("/supplier/requests/{number}/lines/{n}", SUPPLIER, WORK_PLAN,
		ROUTE_XML, done_page)
	PHOTOS("/supplier/requests/{number}/lines/{n}", SUPPLIER, WORK_PLAN,
		done_page)
	GET("/supplier/requests/{number}/report", SUPPLIER, WORK_PLAN,
		ROUTE_XML, report_page)
	POST("/supplier/requests/{number}/report", SUPPLIER, WORK_PLAN,
		report_page)
	GET("/supplier/requests/{number}/inspect", SUPPLIER, WORK_PLAN,
		ROUTE_XML, inspect_page)
	POST("/supplier/requests/{number}/inspect", SUPPLIER, WORK_PLAN,
		inspect_page)
	GET("/supplier/requests/{number}/could-not", SUPPLIER, WORK_PLAN,
		ROUTE_XML, work_form)
	POST("/supplier/requests/{number}/could-not", SUPPLIER, WORK_PLAN,
		work_post)
	GET("/supplier/requests/{number}/hold", SUPPLIER, WORK_HOLD,
		ROUTE_XML, work_form)
	POST("/supplier/requests/{number}/hold", SUPPLIER, WORK_HOLD,
		work_post)
	GET("/supplier/requests/{number}/resume", SUPPLIER, WORK_HOLD,
		ROUTE_XML, work_form)
	POST("/supplier/requests/{number}/resume", SUPPLIER, WORK_HOLD,
		work_post)
	GET("/supplier/requests/{number}/correct", SUPPLIER, WORK_CORRECT,
		ROUTE_XML, correct_page)
	POST("/supplier/requests/{number}/correct", SUPPLIER, WORK_CORRECT,
		correct_post)
	GET("/supplier/requests/{number}/cancel", SUPPLIER, WORK_CANCEL,
		ROUTE_XML, work_form)
	POST("/supplier/requests/{number}/cancel", SUPPLIER, WORK_CANCEL,
		work_post)

	/* Supplier: what is to be inspected, and how it ended */
	LIST("/supplier/inspections", SUPPLIER, WORK_VIEW,
		ROUTE_XML | ROUTE_FILES, "inspections-due")
	GET("/supplier/inspections/{number}", SUPPLIER, WORK_PLAN, ROUTE_XML,
		inspection_page)
	POST("/supplier/inspections/{number}", SUPPLIER, WORK_PLAN,
		inspection_page)
	GET("/supplier/certificates/{number}", SUPPLIER, WORK_VIEW,
		ROUTE_PDF, supplier_certificate)

	/* Supplier: organisations, their contracts and places */
	GET("/supplier/organisations", SUPPLIER, ORGANISATION_MANAGE, ROUTE_XML,
		organisations_page)
	GET("/supplier/organisations/new", SUPPLIER, ORGANISATION_MANAGE,
		ROUTE_XML, organisation_new)
	POST("/supplier/organisations/new", SUPPLIER, ORGANISATION_MANAGE,
		organisation_new)
	GET("/supplier/organisations/{code}", SUPPLIER, ORGANISATION_MANAGE,
		ROUTE_XML, organisation_page)
	GET("/supplier/organisations/{code}/edit", SUPPLIER,
		ORGANISATION_MANAGE, ROUTE_XML, organisation_edit)
	POST("/supplier/organisations/{code}/edit", SUPPLIER,
		ORGANISATION_MANAGE, organisation_edit)
	GET("/supplier/organisations/{code}/end", SUPPLIER, ORGANISATION_MANAGE,
		ROUTE_XML, organisation_end)
	POST("/supplier/organisations/{code}/end", SUPPLIER,
		ORGANISATION_MANAGE, organisation_end)
	GET("/supplier/organisations/{code}/resume", SUPPLIER,
		ORGANISATION_MANAGE, ROUTE_XML, organisation_resume)
	POST("/supplier/organisations/{code}/resume", SUPPLIER,
		ORGANISATION_MANAGE, organisation_resume)
	GET("/supplier/organisations/{code}/contracts/new", SUPPLIER,
		CONTRACT_MANAGE, ROUTE_XML, contract_new)
	POST("/supplier/organisations/{code}/contracts/new", SUPPLIER,
		CONTRACT_MANAGE, contract_new)
	GET("/supplier/contracts/{id}", SUPPLIER, CONTRACT_MANAGE, ROUTE_XML,
		contract_edit)
	POST("/supplier/contracts/{id}", SUPPLIER, CONTRACT_MANAGE,
		contract_edit)
	GET("/supplier/organisations/{code}/locations/new", SUPPLIER,
		LOCATION_HANDLE, ROUTE_XML, location_new)
	POST("/supplier/organisations/{code}/locations/new", SUPPLIER,
		LOCATION_HANDLE, location_new)
	GET("/supplier/places/{id}/departments/new", SUPPLIER, LOCATION_HANDLE,
		ROUTE_XML, department_new)
	POST("/supplier/places/{id}/departments/new", SUPPLIER, LOCATION_HANDLE,
		department_new)
	GET("/supplier/places/{id}/edit", SUPPLIER, LOCATION_HANDLE, ROUTE_XML,
		place_edit)
	POST("/supplier/places/{id}/edit", SUPPLIER, LOCATION_HANDLE,
		place_edit)
	GET("/supplier/places/{id}/close", SUPPLIER, LOCATION_HANDLE, ROUTE_XML,
		place_closing)
	POST("/supplier/places/{id}/close", SUPPLIER, LOCATION_HANDLE,
		place_closing)
	GET("/supplier/places/{id}/reopen", SUPPLIER, LOCATION_HANDLE,
		ROUTE_XML, place_reopening)
	POST("/supplier/places/{id}/reopen", SUPPLIER, LOCATION_HANDLE,
		place_reopening)

	/* Supplier: the log of who saw what */
	GET("/supplier/audit", SUPPLIER, AUDIT_VIEW,
		ROUTE_XML | ROUTE_FILES | ROUTE_FRESH, audit_page)
	GET("/supplier/audit/clients", SUPPLIER, AUDIT_VIEW,
		ROUTE_XML | ROUTE_FRESH, audit_clients_page)
	GET("/supplier/audit/{seq}", SUPPLIER, AUDIT_VIEW,
		ROUTE_XML | ROUTE_FRESH, audit_record_page)

	/* Supplier: what institutions ask to have changed of their locations */
	LIST("/supplier/location-changes", SUPPLIER, LOCATION_HANDLE,
		ROUTE_XML, "location-changes")
	GET("/supplier/location-changes/{number}", SUPPLIER, LOCATION_HANDLE,
		ROUTE_XML, location_answer_page)
	GET("/supplier/location-changes/{number}/carry-out", SUPPLIER,
		LOCATION_HANDLE, ROUTE_XML, location_carry_out)
	POST("/supplier/location-changes/{number}/carry-out", SUPPLIER,
		LOCATION_HANDLE, location_carry_out)
	GET("/supplier/location-changes/{number}/decline", SUPPLIER,
		LOCATION_HANDLE, ROUTE_XML, location_decline)
	POST("/supplier/location-changes/{number}/decline", SUPPLIER,
		LOCATION_HANDLE, location_decline)

	/* Supplier: accounts of customers; the fixed addresses before {code} */
	GET("/supplier/accounts", SUPPLIER, ACCOUNT_EXPLAIN, ROUTE_XML,
		office_accounts_page)
	GET("/supplier/accounts/new", SUPPLIER, ACCOUNT_MANAGE, ROUTE_XML,
		office_new)
	POST("/supplier/accounts/new", SUPPLIER, ACCOUNT_MANAGE,
		office_new)
	GET("/supplier/accounts/{code}", SUPPLIER, ACCOUNT_EXPLAIN, ROUTE_XML,
		office_account_page)
	GET("/supplier/accounts/{code}/explain", SUPPLIER, ACCOUNT_EXPLAIN,
		ROUTE_XML, office_explain)
	GET("/supplier/accounts/{code}/join", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML, office_join)
	POST("/supplier/accounts/{code}/join", SUPPLIER, ACCOUNT_MANAGE,
		office_join)
	GET("/supplier/accounts/{code}/name", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML, office_name)
	POST("/supplier/accounts/{code}/name", SUPPLIER, ACCOUNT_MANAGE,
		office_name)
	GET("/supplier/accounts/{code}/resend", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML, office_deed)
	POST("/supplier/accounts/{code}/resend", SUPPLIER, ACCOUNT_MANAGE,
		office_deed)
	GET("/supplier/accounts/{code}/reset-factor", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML | ROUTE_FRESH, office_deed)
	FRESH("/supplier/accounts/{code}/reset-factor", SUPPLIER, ACCOUNT_MANAGE,
		office_deed)
	GET("/supplier/accounts/{code}/address", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML | ROUTE_FRESH, office_deed)
	FRESH("/supplier/accounts/{code}/address", SUPPLIER, ACCOUNT_MANAGE,
		office_deed)
	GET("/supplier/accounts/{code}/link", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML, office_deed)
	POST("/supplier/accounts/{code}/link", SUPPLIER, ACCOUNT_MANAGE,
		office_deed)
	GET("/supplier/accounts/{code}/deactivate", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML, office_deed)
	POST("/supplier/accounts/{code}/deactivate", SUPPLIER, ACCOUNT_MANAGE,
		office_deed)
	GET("/supplier/accounts/{code}/reactivate", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML, office_deed)
	POST("/supplier/accounts/{code}/reactivate", SUPPLIER, ACCOUNT_MANAGE,
		office_deed)
	GET("/supplier/accounts/{code}/end", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML, office_deed)
	POST("/supplier/accounts/{code}/end", SUPPLIER, ACCOUNT_MANAGE,
		office_deed)
	GET("/supplier/accounts/{code}/successor", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML, office_successor)
	POST("/supplier/accounts/{code}/successor", SUPPLIER, ACCOUNT_MANAGE,
		office_successor)
	GET("/supplier/memberships/{id}", SUPPLIER, ACCOUNT_MANAGE, ROUTE_XML,
		membership_page)
	POST("/supplier/memberships/{id}", SUPPLIER, ACCOUNT_MANAGE,
		membership_page)
	GET("/supplier/memberships/{id}/places", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML, membership_places)
	POST("/supplier/memberships/{id}/places", SUPPLIER, ACCOUNT_MANAGE,
		membership_places_post)
	GET("/supplier/memberships/{id}/close", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML, membership_closing)
	POST("/supplier/memberships/{id}/close", SUPPLIER, ACCOUNT_MANAGE,
		membership_closing)
	GET("/supplier/memberships/{id}/open", SUPPLIER, ACCOUNT_MANAGE,
		ROUTE_XML, membership_opening)
	POST("/supplier/memberships/{id}/open", SUPPLIER, ACCOUNT_MANAGE,
		membership_opening)

	/* Supplier: its own staff */
	GET("/supplier/staff", SUPPLIER, STAFF_MANAGE, ROUTE_XML, staff_page)
	GET("/supplier/staff/new", SUPPLIER, STAFF_MANAGE,
		ROUTE_XML | ROUTE_FRESH, staff_new)
	FRESH("/supplier/staff/new", SUPPLIER, STAFF_MANAGE,
		staff_new)
	GET("/supplier/staff/{code}", SUPPLIER, STAFF_MANAGE, ROUTE_XML,
		office_account_page)
	GET("/supplier/staff/{code}/role", SUPPLIER, STAFF_MANAGE,
		ROUTE_XML | ROUTE_FRESH, staff_role)
	FRESH("/supplier/staff/{code}/role", SUPPLIER, STAFF_MANAGE,
		staff_role)
	GET("/supplier/staff/{code}/name", SUPPLIER, STAFF_MANAGE, ROUTE_XML,
		office_name)
	POST("/supplier/staff/{code}/name", SUPPLIER, STAFF_MANAGE,
		office_name)
	GET("/supplier/staff/{code}/resend", SUPPLIER, STAFF_MANAGE, ROUTE_XML,
		office_deed)
	POST("/supplier/staff/{code}/resend", SUPPLIER, STAFF_MANAGE,
		office_deed)
	GET("/supplier/staff/{code}/reset-factor", SUPPLIER, STAFF_MANAGE,
		ROUTE_XML | ROUTE_FRESH, office_deed)
	FRESH("/supplier/staff/{code}/reset-factor", SUPPLIER, STAFF_MANAGE,
		office_deed)
	GET("/supplier/staff/{code}/address", SUPPLIER, STAFF_MANAGE,
		ROUTE_XML | ROUTE_FRESH, office_deed)
	FRESH("/supplier/staff/{code}/address", SUPPLIER, STAFF_MANAGE,
		office_deed)
	GET("/supplier/staff/{code}/deactivate", SUPPLIER, STAFF_MANAGE,
		ROUTE_XML, office_deed)
	POST("/supplier/staff/{code}/deactivate", SUPPLIER, STAFF_MANAGE,
		office_deed)
	GET("/supplier/staff/{code}/reactivate", SUPPLIER, STAFF_MANAGE,
		ROUTE_XML, office_deed)
	POST("/supplier/staff/{code}/reactivate", SUPPLIER, STAFF_MANAGE,
		office_deed)
	GET("/supplier/staff/{code}/end", SUPPLIER, STAFF_MANAGE, ROUTE_XML,
		office_deed)
	POST("/supplier/staff/{code}/end", SUPPLIER, STAFF_MANAGE,
		office_deed)

	{0}
};
/* clang-format on */

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Matches the path; the segments that {…} stands for begin at starts. */
static bool
matches(const char *pattern, const char *path, const char *starts[],
	size_t lengths[], size_t *count)
{
	*count = 0;
	while (*pattern) {
		size_t len = 0;

		if (*pattern != '{') {
			if (*pattern++ != *path++)
				return false;
			continue;
		}
		while (is_word(path[len]))
			len++;
		if (len == 0 || *count == REQUEST_PATH_ARGS)
			return false;
		starts[*count] = path;
		lengths[(*count)++] = len;
		path += len;
		pattern = strchr(pattern, '}') + 1;
	}
	return !*path;
}

const struct route *
route_find(struct request *r, bool *known)
{
	enum method method = r->method == METHOD_HEAD ? METHOD_GET : r->method;
	const struct route *found = NULL;
	const char *starts[REQUEST_PATH_ARGS];
	size_t lengths[REQUEST_PATH_ARGS], count;

	*known = false;
	for (const struct route *t = routes; t->path; t++) {
		if (!matches(t->path, r->path, starts, lengths, &count))
			continue;
		*known = true;
		if (t->method != method)
			continue;
		if (!found)
			found = t;
		if (t->portal == DB_NOBODY || !r->who ||
			t->portal == r->who->portal) {
			found = t;
			break;
		}
	}
	r->route = found;
	if (!found || !matches(found->path, r->path, starts, lengths, &count))
		return NULL;
	for (size_t i = 0; i < count; i++)
		r->args[i] = pool_strndup(r->pool, starts[i], lengths[i]);
	return found;
}

int64_t
route_upload_most(const struct request *r)
{
	const char *starts[REQUEST_PATH_ARGS];
	size_t lengths[REQUEST_PATH_ARGS], count;

	for (const struct route *t = routes; t->path; t++)
		if (t->formats & (ROUTE_PHOTOS | ROUTE_TABLE) &&
			matches(t->path, r->path, starts, lengths, &count))
			return t->formats & ROUTE_TABLE ? REQUEST_TABLE_MAX
							: REQUEST_PHOTOS_MAX;
	return REQUEST_UPLOAD_MAX;
}

void
routes_print(FILE *out)
{
	for (const struct route *t = routes; t->path; t++) {
		unsigned formats = t->formats;

		fprintf(out, "%s\t%s\t%s\t%s\t",
			t->method == METHOD_POST ? "POST" : "GET", t->path,
			t->portal == DB_NOBODY ? "any"
					       : portal_ids[t->portal - 1],
			right_texts[t->right].id);
		fprintf(out, "%s%s%s%s\n",
			formats & ROUTE_NO_HTML ? "" : "html",
			formats & ROUTE_XML ? ",xml" : "",
			formats & ROUTE_PDF ? ",pdf" : "",
			formats & ROUTE_XLSX ? ",xlsx" : "");
	}
}
