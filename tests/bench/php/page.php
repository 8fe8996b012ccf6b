<?php
// The aids overview in plain PHP: the same bytes as the portal's.
declare(strict_types=1);

function icon(string $name): string
{
	return '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="'
		. asset('img/icons.svg') . '#' . $name . '"></use></svg>';
}

function echo_page(array $d): void
{
	global $config;
	$brand = $config['brand'];
	$theme = $brand['theme'];

	echo "<!DOCTYPE html>\n<html lang=\"", h($d['user']['lang']), '"><head>',
		'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
		'<title>', h(t('page.aids.title')), ' – ', h($brand['name']), '</title>',
		'<link rel="preload" href="', asset('font/inter.woff2'),
		'" as="font" type="font/woff2" crossorigin="anonymous">',
		'<link rel="stylesheet" href="', asset('css/portal.css'), '">',
		'<link rel="stylesheet" href="', asset("css/theme-$theme.css"), '">',
		'<link rel="icon" href="', asset("img/icon-$theme.svg"),
		'" type="image/svg+xml"><script src="', asset('js/portal.js'),
		'" defer></script></head><body><a class="skip" href="#content">',
		h(t('nav.skip')), '</a>';
	echo_top($d['user'], $d['waiting']);
	echo '<div class="shell"><nav class="side" aria-label="', h(t('nav.main')), '">';
	echo_menu($d['waiting']);
	echo '</nav><main id="content" tabindex="-1">';
	echo_head($d);
	echo '<div class="stack"><div id="list-aids" data-region="list">';
	echo_filters($d);
	echo '<section id="result-aids" aria-labelledby="count-aids">';
	if ($d['rows']) {
		echo_bar($d);
		echo_picks($d);
		echo_pager($d);
	} else {
		echo_empty();
	}
	echo '</section></div></div></main></div><footer class="foot">',
		'<div class="foot__in"><ul class="links"><li><a href="/roles">',
		h(t('foot.roles')), '</a></li></ul><p>',
		strtr(h(t('foot.service')), [
			'{phone}' => '<a class="nowrap" href="' . h($brand['tel']) . '">'
				. h($brand['phone']) . '</a>',
			'{hours}' => h($brand['hours'])]),
		'</p></div></footer><dialog class="idle" id="idle" data-idle="1800" ',
		'aria-labelledby="idle-title"><h2 id="idle-title">',
		h(t('idle.title')), '</h2><p>', h(t('idle.text')),
		'</p><p hidden="hidden">', h(t('idle.ended')), '</p><div class="actions">',
		'<button class="btn btn--main" type="button">', h(t('idle.stay')),
		'</button><button class="btn btn--main" type="button" hidden="hidden">',
		h(t('idle.close')), "</button></div></dialog></body></html>\n";
}

function echo_top(array $user, array $waiting): void
{
	global $config;
	$brand = $config['brand'];

	echo '<header class="top"><div class="top__in"><a class="brand" href="/">',
		'<img src="', asset("img/logo-{$brand['theme']}.svg"),
		'" alt="" width="36" height="36"><span>', h($brand['name']), '<small>',
		h($user['organisation_name']), '</small></span></a>',
		'<form class="top__search" role="search" method="get" action="/search">',
		'<label class="sr" for="search">', h(t('search.number')), '</label>',
		'<input id="search" name="number" type="search" autocomplete="off" enterkeyhint="search" placeholder="',
		h(t('search.number')), '"><button>', icon('search'),
		'<span class="sr">', h(t('search.submit')), '</span></button></form>',
		'<div class="top__links"><details class="usermenu">',
		'<summary class="top__link">', icon('user'), '<span class="lbl">',
		h($user['name']), '</span>', icon('chevron-down'), '</summary><div><p>',
		'<span class="strong">', h($user['name']), '</span><br>',
		h(t("role.{$user['portal']}.{$user['role']}")),
		'<br><span class="muted">', h($user['email']),
		'</span></p><a href="/account">', icon('user'), h(t('user.account')),
		'</a><form method="post" action="/logout">',
		'<input type="hidden" name="csrf" value="', csrf_token(cookie()), '">',
		'<input type="hidden" name="form_key" value="',
		bin2hex(random_bytes(16)), '"><button>', icon('log-out'),
		h(t('user.logout')), '</button></form></div></details></div></div></header>',
		'<details class="navmobile"><summary>', icon('menu'), h(t('nav.menu')),
		icon('chevron-down'), '</summary><nav class="side" aria-label="',
		h(t('nav.menu')), '">';
	echo_menu($waiting);
	echo '</nav></details>';
}

function echo_menu(array $waiting): void
{
	global $config;

	foreach ($config['menu'] as $group => $items) {
		echo '<div class="side__group">';
		if (isset($config['words']["menu.group.$group"]))
			echo '<h2 class="side__title">', h(t("menu.group.$group")),
				'</h2>';
		echo '<ul class="plain">';
		foreach ($items as [$id, $href, $icon])
			echo '<li><a href="', $href, '"',
				$href === '/aids' ? ' aria-current="page"' : '', '>',
				icon($icon), h(t("menu.$id")), count_badge($waiting[$id] ?? 0),
				'</a></li>';
		echo '</ul></div>';
	}
}

function count_badge(int $n): string
{
	return $n === 0 ? '' : "<span class=\"count\">$n<span class=\"sr\"> "
		. h(t('menu.count')) . '</span></span>';
}

function echo_head(array $d): void
{
	echo '<div class="head"><div><div class="head__title"><h1>',
		h(t('page.aids.title')), '</h1></div><p class="muted">',
		h(t('page.aids.intro')), '</p></div>';
	if ($d['rows']) {
		echo '<div class="row actions">';
		foreach (['pdf' => 'file-text', 'xlsx' => 'sheet'] as $format => $icon)
			echo '<a class="btn btn--quiet" href="',
				h(address("/aids.$format", $d['filters'], $d['size'])), '">',
				icon($icon), h(t("export.$format")), '<span class="sr"> ',
				h(t('export.of')), '</span></a>';
		echo '<a href="', h(address('/aids/labels', $d['filters'], $d['size'])),
			'" class="btn btn--quiet">', icon('qr-code'),
			h(t('action.labels')), '</a></div>';
	}
	echo '</div>';
}

function echo_select(array $d, string $id, array $options, bool $refresh): void
{
	$chosen = $d['filters'][$id] ?? '';

	echo '<div class="field"><label for="filter-aids-', $id, '">',
		h(t("list.aids.filter.$id")), '</label><select class="select" id="filter-aids-',
		$id, '" name="', $id, '"', $refresh ? ' data-refresh="yes"' : '',
		'><option value="">', h(t("list.aids.filter.$id.all")), '</option>';
	foreach ($options as $value => $label)
		echo '<option value="', h((string)$value), '"',
			(string)$value === $chosen ? ' selected' : '', '>', h($label),
			'</option>';
	echo '</select></div>';
}

function echo_input(string $id, string $rest): void
{
	echo '<div class="field"><label for="filter-aids-', $id, '">',
		h(t("list.aids.filter.$id")), '</label><input class="input" id="filter-aids-',
		$id, '" name="', $id, '" ', $rest, '></div>';
}

function echo_filters(array $d): void
{
	$statuses = [];
	foreach (STATUSES as $status)
		$statuses[$status] = t("aid.status.$status");
	$active = count($d['filters']);

	echo '<a class="btn btn--quiet btn--block filter-open" href="#filter-aids">',
		icon('sliders-horizontal'),
		h($active ? t('filter.open', (string)$active) : t('filter.title')),
		'</a><section class="filter" id="filter-aids" aria-labelledby="filter-aids-title">',
		'<div class="filter__head"><h2 id="filter-aids-title">',
		h(t('filter.title')), '</h2><a class="filter-close" href="#list-aids">',
		h(t('filter.close')), '</a></div>',
		'<form id="filter-aids-form" method="get" action="/aids">';
	if ($d['size'] !== 25)
		echo '<input type="hidden" name="size" value="', $d['size'], '">';
	echo '<div class="filter__grid">';
	echo_select($d, 'location', $d['locations'], true);
	echo_select($d, 'department', $d['departments'], false);
	echo_select($d, 'status', $statuses, false);
	echo_input('number', 'type="text" value="" autocomplete="off" inputmode="numeric"');
	echo_select($d, 'category', $d['categories'], true);
	echo_select($d, 'subcategory', $d['subcategories'], true);
	echo_select($d, 'type', $d['types'], false);
	echo_input('rented', 'type="date" value="" autocomplete="off"');
	echo '</div><div class="filter__foot"><button class="btn btn--main">',
		icon('search'), h(t('filter.submit')),
		'</button><a class="btn btn--text" href="/aids">', h(t('filter.clear')),
		'</a>';
	if ($d['filters'])
		echo_chips($d);
	echo '</div></form></section>';
}

function echo_chips(array $d): void
{
	echo '<ul class="chips" aria-label="', h(t('filter.chips')), '">';
	foreach ($d['filters'] as $id => $value) {
		$rest = $d['filters'];
		unset($rest[$id]);
		if ($id === 'location')
			unset($rest['department']);
		echo '<li><a class="chip" href="',
			h(address('/aids', $rest, $d['size'])),
			'"><span><span class="sr">', h(t('filter.remove')), ' </span>',
			h(t("list.aids.filter.$id")), ': ', h($id === 'status'
				? t("aid.status.$value") : $d['locations'][$value]),
			'</span>', icon('x'), '</a></li>';
	}
	echo '</ul>';
}

function count_words(array $d): string
{
	$shown = count($d['rows']);

	if ($d['total'] === 1)
		return t('list.count.all', '1', t('list.aids.row'));
	if ($shown === $d['total'])
		return t('list.count.all', number($shown), t('list.aids.rows'));
	return t('list.count', '1', number($shown), number($d['total']),
		t('list.aids.rows'));
}

function echo_bar(array $d): void
{
	echo '<form class="tablebar" method="get" action="/aids"><h2 id="count-aids">',
		h(count_words($d)), '</h2>';
	foreach ($d['filters'] as $id => $value)
		echo '<input type="hidden" name="', $id, '" value="', h($value), '">';
	if ($d['size'] !== 25)
		echo '<input type="hidden" name="size" value="', $d['size'], '">';
	echo '<div class="field"><label for="sort-aids">', h(t('list.sort')),
		'</label><select class="select" id="sort-aids" name="sort" data-direct="yes">';
	foreach (SORTS as $id => $kind)
		foreach (['' => '', '-' => '-down'] as $sign => $down)
			echo '<option value="', $sign, $id, '"',
				$sign . $id === 'category' ? ' selected' : '', '>',
				h(t("sort.$kind$down", t("list.aids.column.$id"))),
				'</option>';
	echo '</select><button class="btn btn--quiet btn--small">',
		h(t('list.sort.submit')), '</button></div></form>';
}

function echo_picks(array $d): void
{
	$shown = count($d['rows']);

	echo '<form class="picks" id="pick-aids" method="get" action="/aids">';
	foreach ($d['filters'] as $id => $value)
		echo '<input type="hidden" name="', $id, '" value="', h($value), '">';
	echo '<button hidden="hidden"></button><p class="picks__which">',
		'<span class="muted">', h(t('list.pick.which')), '</span><a href="',
		h(pick_page($d)), '" data-pick="page">',
		h(t('list.pick.page', number($shown))), '</a>';
	if ($d['total'] > PICKS_MAX)
		echo '<span class="muted">',
			h(t('list.pick.most', number(PICKS_MAX))), '</span>';
	else if ($d['total'] > $shown)
		echo '<a href="', h(address_with($d, 'all=yes')),
			'" data-pick="all">', h(t('list.pick.all', number($d['total']))),
			'</a>';
	echo '</p>';
	echo_table($d);
	echo '<div class="bulk"><p class="bulk__n"><span class="bulk__count"></span> ',
		h(t('list.pick.count')), '</p><details class="bulk__menu">',
		'<summary class="btn btn--go">', h(t('list.aids.pick.actions')),
		icon('chevron-down'), '</summary><div>';
	foreach (DEEDS as $id => $icon)
		echo '<button formaction="', deed_address($id), '" class="btn">',
			icon($icon), h(t("action.$id")), '</button>';
	echo '</div></details><button formaction="/aids/labels" class="btn btn--ghost">',
		icon('qr-code'), h(t('action.labels')),
		'</button><button class="btn btn--ghost bulk__keep">',
		h(t('list.pick.keep')), '</button><a class="bulk__none" href="',
		h(address('/aids', $d['filters'], $d['size'])),
		'" data-pick="none">', h(t('list.pick.none')), '</a></div></form>';
}

function echo_table(array $d): void
{
	echo '<div class="tablewrap"><table class="data cards" role="table">',
		'<caption class="sr">', h(t('page.aids.title')),
		'</caption><thead role="rowgroup"><tr role="row">',
		'<th role="columnheader" scope="col" class="pick"><span class="sr">',
		h(t('list.pick.column')), '</span><label><input type="checkbox" ',
		'data-pick="page"><span class="sr">', h(t('list.pick.these')),
		'</span></label></th>';
	foreach (['number', 'type', 'location', 'status', 'ownership',
		'inspection'] as $id) {
		$words = h(t("list.aids.column.$id"));
		echo '<th role="columnheader" scope="col">';
		if (isset(SORTS[$id]))
			echo '<a href="',
				h(address('/aids', $d['filters'], 25, $id)
					. ($d['size'] !== 25 ? "&size={$d['size']}" : '')),
				'">', $words, icon('arrow-up-down'), '</a>';
		else
			echo $words;
		echo '</th>';
	}
	echo '<th role="columnheader" scope="col"><span class="sr">',
		h(t('list.aids.column.action')), '</span></th></tr></thead>',
		'<tbody role="rowgroup">';
	foreach ($d['rows'] as $row)
		echo_row($row);
	echo '</tbody></table></div>';
}

function echo_row(array $row): void
{
	$number = (string)$row['number'];
	$code = code($number);
	[$look, $icon] = BADGES[$row['status']];

	echo '<tr role="row"><td role="cell" class="pick"><label>',
		'<input type="checkbox" name="pick" value="', $number,
		'"><span class="sr">', h(t('list.pick.row', $code)),
		'</span></label></td>',
		'<th role="rowheader" scope="row"><a href="/aids/',
		$number, '"><span class="code">', $code, '</span></a></th>',
		'<td role="cell" class="m-lead" data-label="',
		h(t('list.aids.column.type')), '"><div><span class="lead">',
		h($row['type']), '</span><span class="sub"><span>', h($row['category']),
		'</span><span>', h($row['subcategory']), '</span></span></div></td>',
		'<td role="cell" class="m-half" data-label="',
		h(t('list.aids.column.location')), '"><div>', h($row['location']);
	if ($row['department'] !== null)
		echo '<span class="sub"><span>', h($row['department']),
			'</span></span>';
	echo '</div></td><td role="cell" class="m-top" data-label="',
		h(t('list.aids.column.status')), '"><div><span class="badge badge--',
		$look, '">', icon($icon), h(t("aid.status.{$row['status']}")),
		'</span></div></td><td role="cell" class="m-half" data-label="',
		h(t('list.aids.column.ownership')), '"><div>',
		h(t("aid.ownership.{$row['ownership']}"));
	if ($row['day'] !== null)
		echo '<span class="sub"><span>',
			h(t('list.aids.under.date', day($row['day'], "\u{2011}"))),
			'</span></span>';
	echo '</div></td><td role="cell" class="m-half" data-label="',
		h(t('list.aids.column.inspection')), '"><div>';
	if ($row['inspected_on'] === null)
		echo '<span class="muted">', h(t('list.aids.none.inspection')),
			'</span>';
	else
		echo '<time datetime="', $row['inspected_on'], '">',
			day($row['inspected_on']), '</time>';
	echo '</div></td><td role="cell" class="m-end" data-label="',
		h(t('list.aids.column.action')), '"><div><a class="nowrap" href="/aids/',
		$number, '#services">', h(t('list.aids.column.action')),
		'<span class="sr"> ', $code, '</span></a></div></td></tr>';
}

function echo_pager(array $d): void
{
	$pages = intdiv($d['total'] + $d['size'] - 1, $d['size']);

	if ($pages < 2 && $d['total'] <= 25)
		return;
	echo '<nav class="pager" aria-label="', h(t('nav.pages')),
		'"><ul class="sizes"><li class="muted">', h(t('pager.size')), '</li>';
	foreach (SIZES as $n)
		echo_turn(address('/aids', $d['filters'], $n), 'size', $n,
			$n === $d['size'] ? ' aria-current="true"' : '',
			$n . '<span class="sr"> ' . h(t('pager.size.rows')) . '</span>');
	echo '</ul><ul class="pages">';
	foreach (page_numbers(1, $pages) as $n) {
		if ($n === 0) {
			echo '<li><span class="gap">…</span></li>';
			continue;
		}
		echo_turn(address('/aids', $d['filters'], $d['size'], '', $n), 'page',
			$n, $n === 1 ? ' aria-current="page"' : '',
			'<span class="sr">' . h(t('pager.page')) . ' </span>' . $n,
			$n > 2 && $n !== $pages ? ' class="far"' : '');
	}
	if ($pages > 1)
		echo_turn(address('/aids', $d['filters'], $d['size'], '', 2), 'page', 2,
			'', h(t('pager.next')) . icon('chevron-right'), '', ' rel="next"');
	echo '</ul>';
	if ($d['size'] !== 25)
		echo '<input type="hidden" form="pick-aids" name="size" value="',
			$d['size'], '">';
	echo '</nav>';
}

// A link, and the button that takes its place where there is no script.
function echo_turn(string $href, string $name, int $value, string $current,
	string $words, string $class = '', string $rel = ''): void
{
	echo '<li', $class, '><a href="', h($href), '"', $current, $rel, '>', $words,
		'</a><button form="pick-aids" name="', $name, '" value="', $value, '"',
		$current, '>', $words, '</button></li>';
}

function echo_empty(): void
{
	echo '<div class="empty">', icon('search'), '<h2 id="count-aids">',
		h(t('list.aids.empty')), '</h2><p>', h(t('list.empty.filtered')),
		'</p><a class="btn" href="/aids">', h(t('filter.clear')), '</a></div>';
}
