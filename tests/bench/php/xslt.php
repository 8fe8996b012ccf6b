<?php
// The aids overview by DOM and XSLTProcessor: the portal's XML page, made by
// eight queries, and its own stylesheets; what those call is PHP here.
declare(strict_types=1);

require __DIR__ . '/lib.php';
require __DIR__ . '/usual_data.php';

const LIST_COLUMNS = [
	'number' => ['type' => 'code', 'key' => 'yes'],
	'type' => ['type' => 'text', 'card' => 'lead'],
	'category' => ['type' => 'text', 'under' => 'type'],
	'subcategory' => ['type' => 'text', 'under' => 'type'],
	'location' => ['type' => 'text', 'card' => 'half'],
	'department' => ['type' => 'text', 'under' => 'location'],
	'status' => ['type' => 'state', 'set' => 'aid.status', 'card' => 'top'],
	'ownership' => ['type' => 'state', 'set' => 'aid.ownership',
		'card' => 'half'],
	'date' => ['type' => 'date', 'under' => 'ownership'],
	'inspection' => ['type' => 'date', 'card' => 'half'],
	'action' => ['type' => 'link', 'card' => 'end'],
];

// An element with attributes (null: left out) and a text.
function el(DOMNode $parent, string $name, array $attributes = [],
	?string $text = null): DOMElement
{
	$document = $parent instanceof DOMDocument ? $parent
		: $parent->ownerDocument;
	$element = $document->createElement($name);

	foreach ($attributes as $key => $value)
		if ($value !== null)
			$element->setAttribute($key, (string)$value);
	if ($text !== null && $text !== '')
		$element->appendChild($document->createTextNode($text));
	return $parent->appendChild($element);
}

function write_page(array $d): DOMDocument
{
	global $config;
	$document = new DOMDocument('1.0', 'UTF-8');
	$user = $d['user'];
	$page = el($document, 'page', ['id' => 'aids', 'portal' => $user['portal'],
		'lang' => $user['lang'], 'path' => '/aids', 'status' => 200,
		'request' => bin2hex(random_bytes(8)),
		'csrf' => csrf_token(cookie())]);
	$brand = $config['brand'];
	$brand['phone'] = strtr($brand['phone'], [NBSP => '']);

	el($page, 'brand', $brand);
	el($page, 'user', ['idle' => 1800, 'name' => $user['name'],
		'organisation' => $user['organisation_name'], 'role' => $user['role'],
		'email' => $user['email'], 'key' => bin2hex(random_bytes(16))]);
	$menu = el($page, 'menu');
	foreach ($config['menu'] as $id => $items) {
		$group = el($menu, 'group', ['id' => $id]);
		foreach ($items as [$id, $href, $icon])
			el($group, 'item', ['id' => $id, 'href' => $href, 'icon' => $icon,
				'count' => ($d['waiting'][$id] ?? 0) ?: null,
				'current' => $href === '/aids' ? 'yes' : null]);
	}
	el($page, 'search', ['href' => '/search', 'name' => 'number']);
	el(el($page, 'foot'), 'item', ['id' => 'roles', 'href' => '/roles']);
	$body = el($page, 'body');
	el(el($body, 'actions', ['id' => 'labels', 'place' => 'head']), 'action',
		['id' => 'labels', 'look' => 'quiet', 'icon' => 'qr-code',
			'href' => address('/aids/labels', $d['filters'], $d['size'])]);
	write_list($body, $d);
	return $document;
}

function write_list(DOMElement $body, array $d): void
{
	$list = el($body, 'list', ['id' => 'aids', 'href' => '/aids',
		'select' => 'yes']);
	$columns = el($list, 'columns');
	$tail = $d['size'] === 25 ? '' : "&size={$d['size']}";

	foreach (LIST_COLUMNS as $id => $attributes) {
		if (isset(SORTS[$id])) {
			$attributes['sort'] = $id === 'category' ? 'asc' : 'yes';
			$attributes['href'] = address('/aids', $d['filters'], 25,
				$id === 'category' ? '-category' : $id) . $tail;
		}
		el($columns, 'column', ['id' => $id] + $attributes);
	}
	write_filters($list, $d);
	$sorts = el($list, 'sorts');
	foreach (array_keys(SORTS) as $id)
		foreach (['', '-'] as $sign)
			el($sorts, 'sort', ['value' => $sign . $id,
				'type' => LIST_COLUMNS[$id]['type'],
				'selected' => $sign . $id === 'category' ? 'yes' : null]);
	write_select($list, $d);
	$rows = el($list, 'rows', ['total' => $d['total'], 'capped' => 'no',
		'from' => $d['rows'] ? 1 : null,
		'to' => $d['rows'] ? count($d['rows']) : null]);
	foreach ($d['rows'] as $row) {
		$href = "/aids/{$row['number']}";
		$element = el($rows, 'row', ['key' => $row['number'], 'href' => $href]);
		foreach ($row as $value)
			el($element, 'cell', [], $value === null ? null : (string)$value);
		el($element, 'cell', [], "$href#services");
	}
	write_pager($list, $d);
	$exports = el($list, 'exports');
	foreach (['pdf', 'xlsx'] as $format)
		el($exports, 'export', ['format' => $format,
			'href' => address("/aids.$format", $d['filters'], $d['size'])]);
}

function write_select(DOMElement $list, array $d): void
{
	$shown = count($d['rows']);
	$select = el($list, 'select', ['most' => PICKS_MAX, 'here' => $shown,
		'elsewhere' => 0, 'page' => pick_page($d),
		'none' => address('/aids', $d['filters'], $d['size']),
		'all' => $d['total'] > $shown && $d['total'] <= PICKS_MAX
			? address_with($d, 'all=yes') : null]);

	foreach ($d['filters'] as $id => $value)
		el($select, 'hidden', ['name' => $id, 'value' => $value]);
	foreach (DEEDS as $id => $icon)
		el($select, 'action', ['id' => $id, 'href' => deed_address($id),
			'icon' => $icon]);
	el($select, 'action', ['id' => 'labels', 'href' => '/aids/labels',
		'icon' => 'qr-code', 'look' => 'quiet']);
}

function write_filters(DOMElement $list, array $d): void
{
	$filters = el($list, 'filters', ['active' => count($d['filters'])]);
	$selects = ['location' => ['locations', null],
		'department' => ['departments', 'location'], 'status' => null,
		'number' => 'code', 'category' => ['categories', null],
		'subcategory' => ['subcategories', 'category'],
		'type' => ['types', 'subcategory'], 'rented' => 'date'];

	foreach ($selects as $id => $kind) {
		$filter = el($filters, 'filter', ['id' => $id,
			'type' => is_string($kind) ? $kind : 'select',
			'set' => $id === 'status' ? 'aid.status' : null,
			'depends' => $kind[1] ?? null]);
		if (is_string($kind)) {
			$filter->removeAttribute('depends');
			continue;
		}
		$value = $d['filters'][$id] ?? '';
		if ($value !== '')
			el($filter, 'value', [], $value);
		$options = $kind === null ? array_fill_keys(STATUSES, '')
			: $d[$kind[0]];
		foreach ($options as $option => $label)
			el($filter, 'option', ['value' => $option,
				'selected' => (string)$option === $value ? 'yes' : null],
				$label);
	}
	if ($d['size'] !== 25)
		el($filters, 'hidden', ['name' => 'size', 'value' => $d['size']]);
	$chips = $d['filters'] ? el($list, 'chips') : null;
	foreach ($d['filters'] as $id => $value) {
		$state = $id === 'status';
		el($chips, 'chip', ['filter' => $id,
			'href' => address('/aids', array_diff_key($d['filters'],
				[$id => 1]), $d['size']),
			'type' => $state ? 'state' : null,
			'set' => $state ? 'aid.status' : null],
			$state ? $value : $d['locations'][$value]);
	}
}

function write_pager(DOMElement $list, array $d): void
{
	$pages = intdiv($d['total'] + $d['size'] - 1, $d['size']);
	$pager = el($list, 'pager', ['size' => $d['size'], 'page' => 1,
		'pages' => $pages]);

	foreach (SIZES as $n)
		el($pager, 'size', ['n' => $n,
			'href' => address('/aids', $d['filters'], $n),
			'current' => $n === $d['size'] ? 'yes' : null]);
	foreach (page_numbers(1, $pages) as $n)
		if ($n === 0)
			el($pager, 'gap');
		else
			el($pager, 'page', ['n' => $n, 'href' => address('/aids',
				$d['filters'], $d['size'], '', $n),
				'current' => $n === 1 ? 'yes' : null]);
	if ($pages > 1)
		el($pager, 'next', ['href' => address('/aids', $d['filters'],
			$d['size'], '', 2)]);
}

// What the stylesheets call.

function t_raw(string $id, string ...$args): string
{
	global $config;
	$text = $config['words'][$id] ?? "[[$id]]";

	foreach ($args as $i => $value)
		$text = str_replace('{' . ($i + 1) . '}', preg_replace(
			'/^(\d\d)-(\d\d)-(\d{4})$/', "$1\u{2011}$2\u{2011}$3", $value),
			$text);
	return str_replace('{hours}', $config['brand']['hours'], $text);
}

function t_text(string $id, string ...$args): string
{
	return t_raw($id, ...$args);
}

function t_has(string $id): bool
{
	global $config;
	return isset($config['words'][$id]);
}

function t_static(string $path): string
{
	return asset($path);
}

function t_code(string $value): string
{
	return code($value);
}

function t_number(string $value): string
{
	return number((int)$value);
}

function t_date(string $value): string
{
	return preg_match('/^\d{4}-\d\d-\d\d$/', $value) ? day($value) : $value;
}

function t_phone(string $value): string
{
	return preg_replace('/^(...)(...)(..)(..)$/',
		'$1' . NBSP . '$2' . NBSP . '$3' . NBSP . '$4', $value);
}

function t_tel(string $value): string
{
	return 'tel:+31' . substr($value, 1);
}

function t_value(string $type, string $value, string $set = ''): string
{
	if ($set !== '' && $value !== '')
		return t_raw("$set.$value");
	return match ($type) {
		'date' => t_date($value),
		'code' => code($value),
		default => $value,
	};
}

function t_unknown(string $name): string
{
	return $name;
}

$page = write_page(usual_data());
$sheet = new DOMDocument();
$sheet->load($_SERVER['BENCH'] . '/xslt/page.xsl');
$processor = new XSLTProcessor();
$processor->registerPHPFunctions();
$processor->importStylesheet($sheet);
$html = $processor->transformToDoc($page);
send_headers();
echo "<!DOCTYPE html>\n", $html->saveHTML($html->documentElement), "\n";
