-- Whose data: every visibility predicate, one block per entity and portal.
--
-- A statement on a tenant's table says {scope:aid a}; db puts the predicate
-- of the account's portal in its place, with the alias for {a}, and binds by
-- itself :scope_account :scope_membership :scope_organisation :scope_branch
-- (NULL: every branch) and :scope_all_places. What stands between {ticked}
-- and {/ticked} is for who does not see the whole organisation; there the
-- ticked places are lists: {places}, {whole_places} (with all that lies in
-- them) and {locations} (that they are in: an index begins so). For a
-- professional {organisations} are those of its active memberships, and
-- {whole_organisations} those of them it sees all of. An entity without a
-- block for a portal is invisible there. "-- tables:" lines name the tenants'
-- tables, and the entities below choose their rows: each one needs a token
-- for its alias that leaves out the rows of others, or a note that says why
-- not (`-- scope: p l, because ...', `-- scope: none, because ...'). Every
-- other table stands under "-- shared:"; what stands in neither list can't be
-- used.
--
-- Institution: the organisation of the membership, and in it the places
-- ticked for it (membership_place; whole_subtree takes in what lies in a
-- location); all_places is true for administrator and role 1 whatever is
-- ticked. Professional: every organisation with an active membership of the
-- account, narrowed by its visibility: all of it, places, or own requests.
-- Supplier: the branch of the membership, or every one.
--
-- {request scope_r} is the predicate of another entity for the same portal.
-- Names inside begin with scope_, so that they can't hide the statement's.

-- shared: branch category category_text product product_text
-- shared: product_specification counter migration

-- An aid is seen with its home place: where it stands, or stood before it
-- went to a depot of the supplier's.
-- tables: aid

-- :aid institution
{a}.holder_id = :scope_organisation
{ticked}AND {a}.location_id IN ({locations})
AND ({a}.home_place_id IN ({places})
  OR {a}.location_id IN ({whole_places})){/ticked}

-- :aid professional
{a}.holder_id IN ({organisations})
AND ({a}.holder_id IN ({whole_organisations})
  OR EXISTS (
    SELECT 1 FROM membership scope_m
    JOIN membership_place scope_p ON scope_p.membership_id = scope_m.id
    WHERE scope_m.active AND scope_m.account_id = :scope_account
    AND scope_m.portal = 'professional' AND scope_m.visibility = 'places'
    AND scope_m.organisation_id = {a}.holder_id
    AND (scope_p.place_id = {a}.home_place_id
      OR scope_p.place_id = {a}.location_id AND scope_p.whole_subtree))
  OR EXISTS (
    SELECT 1 FROM request_line scope_l
    JOIN request scope_r ON scope_r.id = scope_l.request_id
    WHERE scope_l.organisation_id = {a}.holder_id
    AND scope_l.aid_id = {a}.id
    AND scope_r.requester_id = :scope_account))

-- :aid supplier
(:scope_branch IS NULL OR {a}.branch_id = :scope_branch)

-- A request: also one's own, and the one that waits for one's verdict,
-- wherever it is; one of many aids by the place of each.
-- tables: request

-- :request institution
{a}.organisation_id = :scope_organisation
{ticked}AND ({a}.requester_id = :scope_account
  OR {a}.approver_id = :scope_account
  OR {a}.place_id IN ({places})
  OR {a}.location_id IN ({whole_places})
  OR {a}.many AND EXISTS (
    SELECT 1 FROM request_line scope_l
    WHERE scope_l.request_id = {a}.id
    AND (scope_l.place_id IN ({places})
      OR scope_l.location_id IN ({whole_places})))){/ticked}

-- :request professional
{a}.organisation_id IN ({organisations})
AND ({a}.organisation_id IN ({whole_organisations})
  OR {a}.requester_id = :scope_account
  OR EXISTS (
    SELECT 1 FROM membership scope_m
    JOIN membership_place scope_p ON scope_p.membership_id = scope_m.id
    WHERE scope_m.active AND scope_m.account_id = :scope_account
    AND scope_m.portal = 'professional' AND scope_m.visibility = 'places'
    AND scope_m.organisation_id = {a}.organisation_id
    AND (scope_p.place_id = {a}.place_id
      OR scope_p.place_id = {a}.location_id AND scope_p.whole_subtree
      OR {a}.many AND EXISTS (
        SELECT 1 FROM request_line scope_l
        WHERE scope_l.request_id = {a}.id
        AND (scope_p.place_id = scope_l.place_id
          OR scope_p.place_id = scope_l.location_id
            AND scope_p.whole_subtree)))))

-- :request supplier
(:scope_branch IS NULL OR {a}.branch_id = :scope_branch)

-- A mechanic: of one's own branch, or of every one. Customers see the name
-- that a request has.
-- tables: mechanic

-- :mechanic supplier
(:scope_branch IS NULL OR {a}.branch_id = :scope_branch)

-- What belongs to a request is seen with it.
-- tables: request_line photo attachment request_message request_part

-- :request_line institution
{a}.organisation_id = :scope_organisation
{ticked}AND EXISTS (
  SELECT 1 FROM request scope_r
  WHERE scope_r.id = {a}.request_id
  AND {request scope_r}){/ticked}

-- A line by what it carries itself (039): for lists of many.
-- :action institution
{a}.organisation_id = :scope_organisation
{ticked}AND ({a}.requester_id = :scope_account
  OR {a}.approver_id = :scope_account
  OR {a}.place_id IN ({places})
  OR {a}.location_id IN ({whole_places})){/ticked}

-- :request_line professional
EXISTS (
  SELECT 1 FROM request scope_r
  WHERE scope_r.id = {a}.request_id
  AND scope_r.organisation_id = {a}.organisation_id
  AND {request scope_r})

-- :request_line supplier
EXISTS (
  SELECT 1 FROM request scope_r
  WHERE scope_r.id = {a}.request_id
  AND {request scope_r})

-- An event of an aid: by the organisation that had the aid then, so that a
-- rented bed does not carry one customer's history to the next; for who has
-- places, while one of them is the aid's home.
-- tables: aid_event

-- :aid_event institution
{a}.organisation_id = :scope_organisation
AND (:scope_all_places
  OR EXISTS (
    SELECT 1 FROM aid scope_a
    JOIN membership_place scope_p
      ON scope_p.place_id = scope_a.home_place_id
      OR scope_p.place_id = scope_a.location_id AND scope_p.whole_subtree
    WHERE scope_a.id = {a}.aid_id
    AND scope_a.holder_id = :scope_organisation
    AND scope_p.membership_id = :scope_membership))

-- :aid_event professional
{a}.organisation_id IN ({organisations})
AND ({a}.organisation_id IN ({whole_organisations})
  OR EXISTS (
    SELECT 1 FROM aid scope_a
    JOIN membership scope_m ON scope_m.organisation_id = scope_a.holder_id
    JOIN membership_place scope_p ON scope_p.membership_id = scope_m.id
    WHERE scope_a.id = {a}.aid_id
    AND scope_a.holder_id = {a}.organisation_id
    AND scope_m.active AND scope_m.account_id = :scope_account
    AND scope_m.portal = 'professional' AND scope_m.visibility = 'places'
    AND (scope_p.place_id = scope_a.home_place_id
      OR scope_p.place_id = scope_a.location_id AND scope_p.whole_subtree))
  OR EXISTS (
    SELECT 1 FROM request scope_r
    WHERE scope_r.id = {a}.request_id
    AND scope_r.requester_id = :scope_account))

-- :aid_event supplier
(:scope_branch IS NULL
  OR EXISTS (
    SELECT 1 FROM aid scope_a
    WHERE scope_a.id = {a}.aid_id
    AND scope_a.branch_id = :scope_branch))

-- An inspection is seen as the event of the history that it is.
-- tables: inspection

-- :inspection institution
{a}.organisation_id = :scope_organisation
AND (:scope_all_places
  OR EXISTS (
    SELECT 1 FROM aid scope_a
    JOIN membership_place scope_p
      ON scope_p.place_id = scope_a.home_place_id
      OR scope_p.place_id = scope_a.location_id AND scope_p.whole_subtree
    WHERE scope_a.id = {a}.aid_id
    AND scope_a.holder_id = :scope_organisation
    AND scope_p.membership_id = :scope_membership))

-- :inspection supplier
(:scope_branch IS NULL
  OR EXISTS (
    SELECT 1 FROM aid scope_a
    WHERE scope_a.id = {a}.aid_id
    AND scope_a.branch_id = :scope_branch))

-- A rental has no place of its own: the aid's while it is there, else the
-- client's.
-- tables: rental

-- :rental institution
{a}.organisation_id = :scope_organisation
AND (:scope_all_places
  OR EXISTS (
    SELECT 1 FROM aid scope_a
    JOIN membership_place scope_p
      ON scope_p.place_id = scope_a.home_place_id
      OR scope_p.place_id = scope_a.location_id AND scope_p.whole_subtree
    WHERE scope_a.id = {a}.aid_id
    AND scope_a.holder_id = :scope_organisation
    AND scope_p.membership_id = :scope_membership)
  OR EXISTS (
    SELECT 1 FROM client scope_c
    JOIN membership_place scope_p ON scope_p.place_id = scope_c.location_id
    WHERE scope_c.id = {a}.client_id
    AND scope_p.whole_subtree
    AND scope_p.membership_id = :scope_membership))

-- :rental professional
{a}.organisation_id IN ({organisations})
AND ({a}.organisation_id IN ({whole_organisations})
  OR EXISTS (
    SELECT 1 FROM aid scope_a
    JOIN membership scope_m ON scope_m.organisation_id = scope_a.holder_id
    JOIN membership_place scope_p ON scope_p.membership_id = scope_m.id
    WHERE scope_a.id = {a}.aid_id
    AND scope_a.holder_id = {a}.organisation_id
    AND scope_m.active AND scope_m.account_id = :scope_account
    AND scope_m.portal = 'professional' AND scope_m.visibility = 'places'
    AND (scope_p.place_id = scope_a.home_place_id
      OR scope_p.place_id = scope_a.location_id AND scope_p.whole_subtree))
  OR EXISTS (
    SELECT 1 FROM client scope_c
    JOIN membership scope_m ON scope_m.organisation_id = scope_c.organisation_id
    JOIN membership_place scope_p ON scope_p.membership_id = scope_m.id
    WHERE scope_c.id = {a}.client_id
    AND scope_m.organisation_id = {a}.organisation_id
    AND scope_m.active AND scope_m.account_id = :scope_account
    AND scope_m.portal = 'professional' AND scope_m.visibility = 'places'
    AND scope_p.place_id = scope_c.location_id AND scope_p.whole_subtree)
  OR EXISTS (
    SELECT 1 FROM request_line scope_l
    JOIN request scope_r ON scope_r.id = scope_l.request_id
    WHERE scope_l.organisation_id = {a}.organisation_id
    AND scope_l.aid_id = {a}.aid_id
    AND scope_r.requester_id = :scope_account))

-- :rental supplier
(:scope_branch IS NULL
  OR EXISTS (
    SELECT 1 FROM organisation scope_o
    WHERE scope_o.id = {a}.organisation_id
    AND scope_o.branch_id = :scope_branch))

-- A client's own location; without one, all of the organisation.
-- tables: client

-- :client institution
{a}.organisation_id = :scope_organisation
AND (:scope_all_places
  OR {a}.location_id IS NULL
  OR EXISTS (
    SELECT 1 FROM membership_place scope_p
    JOIN place scope_l ON scope_l.id = scope_p.place_id
    WHERE scope_p.membership_id = :scope_membership
    AND (scope_l.id = {a}.location_id
      OR scope_l.location_id = {a}.location_id)))

-- :client professional
{a}.organisation_id IN ({organisations})
AND ({a}.organisation_id IN ({whole_organisations})
  OR EXISTS (
    SELECT 1 FROM membership scope_m
    LEFT JOIN membership_place scope_p ON scope_p.membership_id = scope_m.id
    LEFT JOIN place scope_l ON scope_l.id = scope_p.place_id
    WHERE scope_m.active AND scope_m.account_id = :scope_account
    AND scope_m.portal = 'professional' AND scope_m.visibility = 'places'
    AND scope_m.organisation_id = {a}.organisation_id
    AND ({a}.location_id IS NULL
      OR {a}.location_id IN (scope_l.id, scope_l.location_id)))
  OR EXISTS (
    SELECT 1 FROM request scope_r
    WHERE scope_r.client_id = {a}.id
    AND scope_r.organisation_id = {a}.organisation_id
    AND scope_r.requester_id = :scope_account))

-- :client supplier
(:scope_branch IS NULL
  OR EXISTS (
    SELECT 1 FROM organisation scope_o
    WHERE scope_o.id = {a}.organisation_id
    AND scope_o.branch_id = :scope_branch))

-- A document is seen with its subject.
-- tables: document signature

-- :document institution
{a}.organisation_id = :scope_organisation
{ticked}AND {a}.subject_kind = 'request' AND EXISTS (
  SELECT 1 FROM request scope_r
  WHERE scope_r.id = {a}.subject_id
  AND {request scope_r}){/ticked}

-- :document professional
{a}.subject_kind = 'request' AND EXISTS (
  SELECT 1 FROM request scope_r
  WHERE scope_r.id = {a}.subject_id
  AND scope_r.organisation_id = {a}.organisation_id
  AND {request scope_r})

-- :document supplier
(:scope_branch IS NULL
  OR {a}.subject_kind = 'request' AND EXISTS (
    SELECT 1 FROM request scope_r
    WHERE scope_r.id = {a}.subject_id
    AND scope_r.branch_id = :scope_branch)
  OR {a}.subject_kind <> 'request' AND EXISTS (
    SELECT 1 FROM organisation scope_o
    WHERE scope_o.id = {a}.organisation_id
    AND scope_o.branch_id = :scope_branch))

-- A step in the life of a request is seen with it; those of accounts,
-- organisations and places by who has the whole organisation.
-- tables: event approval

-- :event institution
{a}.organisation_id = :scope_organisation
{ticked}AND {a}.subject_kind = 'request' AND EXISTS (
  SELECT 1 FROM request scope_r
  WHERE scope_r.id = {a}.subject_id
  AND {request scope_r}){/ticked}

-- :event professional
{a}.subject_kind = 'request' AND EXISTS (
  SELECT 1 FROM request scope_r
  WHERE scope_r.id = {a}.subject_id
  AND scope_r.organisation_id = {a}.organisation_id
  AND {request scope_r})

-- :event supplier
(:scope_branch IS NULL
  OR {a}.subject_kind = 'request' AND EXISTS (
    SELECT 1 FROM request scope_r
    WHERE scope_r.id = {a}.subject_id
    AND scope_r.branch_id = :scope_branch)
  OR {a}.subject_kind <> 'request' AND EXISTS (
    SELECT 1 FROM organisation scope_o
    WHERE scope_o.id = {a}.organisation_id
    AND scope_o.branch_id = :scope_branch))

-- :approval institution
{a}.organisation_id = :scope_organisation
{ticked}AND ({a}.approver_id = :scope_account
  OR {a}.subject_kind = 'request' AND EXISTS (
    SELECT 1 FROM request scope_r
    WHERE scope_r.id = {a}.subject_id
    AND {request scope_r})){/ticked}

-- :approval supplier
(:scope_branch IS NULL
  OR EXISTS (
    SELECT 1 FROM organisation scope_o
    WHERE scope_o.id = {a}.organisation_id
    AND scope_o.branch_id = :scope_branch))

-- :signature institution
{a}.organisation_id = :scope_organisation AND :scope_all_places

-- :signature professional
EXISTS (
  SELECT 1 FROM document scope_d
  JOIN request scope_r ON scope_r.id = scope_d.subject_id
  WHERE scope_d.id = {a}.document_id
  AND scope_d.subject_kind = 'request'
  AND scope_r.organisation_id = {a}.organisation_id
  AND {request scope_r})

-- :signature supplier
(:scope_branch IS NULL
  OR EXISTS (
    SELECT 1 FROM organisation scope_o
    WHERE scope_o.id = {a}.organisation_id
    AND scope_o.branch_id = :scope_branch))

-- place: which places may be named and gone to: the whole organisation's,
-- and the supplier's depots. my_place: which the account sees, orders and
-- requests for; a location stands in it too where a department of it does.
-- tables: place

-- :place institution
({a}.organisation_id = :scope_organisation OR {a}.organisation_id IS NULL)

-- :place professional
({a}.organisation_id IS NULL OR {a}.organisation_id IN ({organisations}))

-- :place supplier
(:scope_branch IS NULL
  OR {a}.branch_id = :scope_branch
  OR EXISTS (
    SELECT 1 FROM organisation scope_o
    WHERE scope_o.id = {a}.organisation_id
    AND scope_o.branch_id = :scope_branch))

-- :my_place institution
{a}.organisation_id = :scope_organisation
{ticked}AND ({a}.id IN ({places})
  OR {a}.location_id IN ({whole_places})
  OR {a}.kind = 'location' AND {a}.id IN ({locations})){/ticked}

-- :my_place professional
{a}.organisation_id IN ({organisations})
AND EXISTS (
  SELECT 1 FROM membership scope_m
  WHERE scope_m.active AND scope_m.account_id = :scope_account
  AND scope_m.portal = 'professional'
  AND scope_m.organisation_id = {a}.organisation_id
  AND (scope_m.visibility <> 'places'
    OR EXISTS (
      SELECT 1 FROM membership_place scope_p
      JOIN place scope_l ON scope_l.id = scope_p.place_id
      WHERE scope_p.membership_id = scope_m.id
      AND (scope_p.place_id = {a}.id
        OR scope_p.place_id = {a}.location_id AND scope_p.whole_subtree
        OR {a}.kind = 'location' AND scope_l.location_id = {a}.id))))

-- :my_place supplier
(:scope_branch IS NULL
  OR {a}.branch_id = :scope_branch
  OR EXISTS (
    SELECT 1 FROM organisation scope_o
    WHERE scope_o.id = {a}.organisation_id
    AND scope_o.branch_id = :scope_branch))

-- tables: organisation contract

-- :organisation institution
{a}.id = :scope_organisation

-- :organisation professional
{a}.id IN ({organisations})

-- :organisation supplier
(:scope_branch IS NULL OR {a}.branch_id = :scope_branch)

-- :contract institution
{a}.organisation_id = :scope_organisation

-- :contract professional
{a}.organisation_id IN ({organisations})

-- :contract supplier
(:scope_branch IS NULL
  OR EXISTS (
    SELECT 1 FROM organisation scope_o
    WHERE scope_o.id = {a}.organisation_id
    AND scope_o.branch_id = :scope_branch))

-- An account: oneself, the people of one's organisations, and their
-- advisor. Who may change what of it is a right, and goes by membership.
-- tables: account

-- :account institution
({a}.id = :scope_account
  OR {a}.id IN (
    SELECT scope_m.account_id FROM membership scope_m
    WHERE scope_m.organisation_id = :scope_organisation)
  OR {a}.id = (
    SELECT scope_o.advisor_id FROM organisation scope_o
    WHERE scope_o.id = :scope_organisation))

-- :account professional
({a}.id = :scope_account
  OR {a}.id IN (
    SELECT scope_o.advisor_id FROM organisation scope_o
    JOIN membership scope_m
      ON scope_m.organisation_id = scope_o.id AND scope_m.active
    WHERE scope_o.active AND scope_m.account_id = :scope_account
    AND scope_m.portal = 'professional'))

-- :account supplier
(:scope_branch IS NULL
  OR {a}.id = :scope_account
  OR {a}.id IN (
    SELECT scope_m.account_id FROM membership scope_m
    LEFT JOIN organisation scope_o ON scope_o.id = scope_m.organisation_id
    WHERE scope_m.branch_id = :scope_branch
    OR scope_o.branch_id = :scope_branch
    OR scope_m.portal = 'supplier'))

-- What hangs on a membership is reached through it.
-- tables: membership_place service_authoriser budget_step
-- tables: membership

-- :membership institution
{a}.organisation_id = :scope_organisation AND {a}.portal = 'institution'

-- :membership professional
{a}.account_id = :scope_account AND {a}.portal = 'professional'

-- :membership supplier
(:scope_branch IS NULL
  OR {a}.branch_id = :scope_branch
  OR {a}.organisation_id IN (
    SELECT scope_o.id FROM organisation scope_o
    WHERE scope_o.branch_id = :scope_branch))

-- Mail and SMS: only the supplier's staff looks into the queue.
-- tables: outbox

-- :outbox supplier
(:scope_branch IS NULL
  OR EXISTS (
    SELECT 1 FROM organisation scope_o
    WHERE scope_o.id = {a}.organisation_id
    AND scope_o.branch_id = :scope_branch))

-- What was asked to be changed of a location: seen by who may ask for it.
-- tables: location_change

-- :location_change institution
{a}.organisation_id = :scope_organisation
AND (:scope_all_places OR {a}.requester_id = :scope_account)

-- :location_change supplier
(:scope_branch IS NULL
  OR EXISTS (
    SELECT 1 FROM organisation scope_o
    WHERE scope_o.id = {a}.organisation_id
    AND scope_o.branch_id = :scope_branch))

-- An export is seen by who asked for it, as what he asked for it.
-- tables: export export_part

-- :export institution
{a}.account_id = :scope_account AND {a}.membership_id = :scope_membership

-- :export supplier
{a}.account_id = :scope_account AND {a}.membership_id = :scope_membership

-- Read only by their own code, each statement with its reason.
-- tables: session login_guard known_device login_help account_link form_key
-- tables: factor recovery_code sms_code draft document_use calendar_feed
-- tables: audit audit_seal stand_in message_unread
