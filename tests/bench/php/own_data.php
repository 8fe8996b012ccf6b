<?php
// What the page shows, by the statements that the portal runs for it, as
// they were overheard. What the portal keeps between requests stands in APCu.
declare(strict_types=1);

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
		if ($options && in_array('parent', $names, true))
			$values['parent'] = count($options) === 1
				? (int)($asked['filters']['location'] ?? 0) : 0;
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
			$options[] = array_column($found, 'label', 'value');
		}
	}
	if (!isset($data['user']))
		refuse(303);
	[$data['locations'], $data['departments'], $data['categories'],
		$data['subcategories'], $data['types']] = $options;
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
