<?php
// What the page shows, by the statements that the portal runs for it, as
// they were overheard.
declare(strict_types=1);

// Places of the filters with options, in the order of the list's descriptor.
const FILTERS = ['locations' => 0, 'departments' => 1, 'categories' => 4,
	'subcategories' => 5, 'types' => 6];
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
	$options = [];

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
		} else {
			foreach ($found as $row)
				$options[$row['filter']][$row['value']] = $row['label'];
		}
	}
	if (!isset($data['user']))
		refuse(303);
	foreach (FILTERS as $name => $i)
		$data[$name] = $options[$i] ?? [];
	return $data;
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
		'parent_1' => (int)($asked['filters']['location'] ?? 0),
		'parent_5' => 0,
		'parent_6' => 0,
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
