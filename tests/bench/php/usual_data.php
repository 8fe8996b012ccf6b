<?php
// What the page shows, by eight queries.
declare(strict_types=1);

// A statement of usual.sql, with values by name.
function usual(string $name, array $values): array
{
	global $config;
	[$sql, $names] = $config['usual'][$name];

	return rows($sql, array_map(fn($n) => $values[$n], $names));
}

function usual_data(): array
{
	$asked = asked();
	$user = usual('session', ['session' => hash('sha256', cookie())])[0]
		?? refuse(303);
	if (strtotime($user['seen_at'] . ' UTC') < time() - 60)
		rows('UPDATE session SET seen_at = UTC_TIMESTAMP() WHERE id = ?',
			[hash('sha256', cookie(), true)]);
	$values = ['account' => $user['account_id'], 
		'organisation' => $user['organisation_id'],
		'location' => (int)($asked['filters']['location'] ?? 0),
		'status' => $asked['filters']['status'] ?? ''];
	$pairs = fn($name) => array_column(usual($name, $values), 'name', 'id');

	return $asked + [
		'user' => $user,
		'locations' => $pairs('locations'),
		'departments' => $pairs('departments'),
		'categories' => $pairs('categories'),
		'subcategories' => $pairs('subcategories'),
		'types' => $pairs('types'),
		'total' => (int)current(usual('count', $values)[0]),
		'rows' => usual('rows', $values),
		'waiting' => usual('waiting', $values)[0],
	];
}
