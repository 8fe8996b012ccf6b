<?php
// What the page shows, by the statements that the portal runs for it, as
// they were overheard. What filters offer is kept, in APCu, as the portal
// keeps it.
declare(strict_types=1);

const KEPT_SECONDS = 60;
const OPTIONS = ['locations', 'departments', 'categories', 'subcategories',
	'types'];
// Columns c0, c1, … of the list, in the order of its descriptor.
const COLUMNS = ['number', 'type', 'category', 'subcategory', 'location',
	'department', 'status', 'ownership', 'day', 'inspected_on'];

function own_data(): array
{
	global $config;
	$asked = asked();
	$hash = hash('sha256', cookie(), true);
	$values = ['id' => $hash, 'idle_minutes' => 30, 'hours' => 12,
		'half_minutes' => 10];
	$data = $asked;

	foreach ($config['own'] as [$sql, $names]) {
		$found = rows($sql, array_map(fn($n) => $values[$n], $names));
		$first = $found[0] ?? [];
		if (isset($first['account_id'])) {
			$data['user'] = $first;
			if ($first['stale'])
				rows('UPDATE session SET seen_at = UTC_TIMESTAMP() '
					. 'WHERE id = ?', [$hash]);
			$values = own_values($first, $asked);
		} elseif (isset($first['total'])) {
			$data['total'] = (int)$first['total'];
		} elseif (isset($first['approvals'])) {
			$data['waiting'] = $first;
		} elseif (str_contains($sql, 'row_key')) {
			$data['rows'] = array_map('own_row',
				array_slice($found, 0, $asked['size']));
		}
	}
	if (!isset($data['user']))
		refuse(303);
	foreach (OPTIONS as $name)
		$data[$name] = own_options($name, $data['user'], $asked['filters']);
	$data['waiting']['inspections'] = own_overdue(
		(int)$data['user']['organisation_id']);
	return $data;
}

function own_overdue(int $organisation): int
{
	return apcu_entry("overdue $organisation", fn() => (int)rows(
		'SELECT COUNT(*) AS overdue FROM (SELECT 1 FROM aid '
		. 'WHERE holder_id = ? AND inspection_due < CURRENT_DATE '
		. "AND status NOT IN ('out_of_service', 'scrapped') LIMIT 1000) o",
		[$organisation])[0]['overdue'], KEPT_SECONDS);
}

// By whom and for what, and another when a place is.
function own_options(string $name, array $user, array $filters): array
{
	$values = ['organisation' => $user['organisation_id'],
		'location' => (int)($filters['location'] ?? 0)];
	$key = "$name $user[lang] $user[places_mark] " . implode(' ', $values);

	return apcu_entry($key, fn() => array_column(usual($name, $values),
		'name', 'id'), KEPT_SECONDS);
}

function own_values(array $user, array $asked): array
{
	return [
		'scope_account' => $user['account_id'],
		'scope_membership' => $user['membership_id'],
		'scope_organisation' => $user['organisation_id'],
		'scope_branch' => $user['branch_id'],
		'scope_all_places' => 1,
		'lang' => $user['lang'],
		'f_location' => $asked['filters']['location'] ?? null,
		'f_status' => $asked['filters']['status'] ?? null,
		'limit' => $asked['size'] + 1,
		'offset' => 0,
	];
}

function own_row(array $row): array
{
	$named = [];
	foreach (COLUMNS as $i => $name)
		$named[$name] = $row["c$i"];
	return $named;
}
