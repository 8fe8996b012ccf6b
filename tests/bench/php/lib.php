<?php
// What the pages that the portal is measured against have in common: the
// database, the words, who is signed in. One worker of PHP-FPM answers many
// requests: connections stay open, and opcache keeps the arrays of config.php.
declare(strict_types=1);

$config = require $_SERVER['BENCH'] . '/config.php';
const NBSP = "\u{a0}";

function database(): PDO
{
	static $db = null;

	if ($db === null) {
		global $config;
		$d = $config['database'];
		$db = new PDO("mysql:unix_socket={$d['socket']};"
			. "dbname={$d['name']};charset=utf8mb4", $d['user'],
			$d['password'], [
				PDO::ATTR_PERSISTENT => true,
				PDO::ATTR_ERRMODE => PDO::ERRMODE_EXCEPTION,
				PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
			]);
	}
	return $db;
}

function rows(string $sql, array $values): array
{
	$statement = database()->prepare($sql);
	$i = 0;
	foreach ($values as $value)
		$statement->bindValue(++$i, $value,
			is_int($value) ? PDO::PARAM_INT : PDO::PARAM_STR);
	$statement->execute();
	return $statement->fetchAll();
}

function h(?string $text): string
{
	return htmlspecialchars($text ?? '', ENT_COMPAT);
}

function t(string $id, string ...$args): string
{
	global $config;
	$text = $config['words'][$id];

	foreach ($args as $i => $value)
		$text = str_replace('{' . ($i + 1) . '}', $value, $text);
	return $text;
}

function asset(string $path): string
{
	global $config;
	return $config['static'][$path];
}

// 204817: 204 817
function code(string $number): string
{
	return strlen($number) > 4
		? number_format((float)$number, 0, '', NBSP) : $number;
}

function day(string $iso, string $hyphen = '-'): string
{
	return substr($iso, 8, 2) . $hyphen . substr($iso, 5, 2) . $hyphen
		. substr($iso, 0, 4);
}

function number(int $n): string
{
	return number_format($n, 0, ',', '.');
}

// A mask, and the cookie's HMAC under it.
function csrf_token(string $cookie): string
{
	global $config;
	$mask = random_bytes(32);
	$mac = hash_hmac('sha256', $cookie, base64_decode($config['csrf']), true);

	return rtrim(strtr(base64_encode($mask . ($mac ^ $mask)), '+/', '-_'),
		'=');
}

function cookie(): string
{
	return $_COOKIE['__Host-hulpbalie'] ?? '';
}

function refuse(int $status): never
{
	http_response_code($status);
	exit;
}

function send_headers(): void
{
	header('Content-Type: text/html; charset=utf-8');
	header("Content-Security-Policy: default-src 'none'; script-src 'self'; "
		. "style-src 'self'; img-src 'self'; font-src 'self'; "
		. "connect-src 'self'; form-action 'self'; base-uri 'none'; "
		. "frame-ancestors 'none'");
	header('X-Content-Type-Options: nosniff');
	header('Referrer-Policy: same-origin');
	header('Cross-Origin-Opener-Policy: same-origin');
	header('Cross-Origin-Resource-Policy: same-origin');
	header('Permissions-Policy: camera=(), geolocation=(), microphone=(), '
		. 'payment=(), usb=()');
	header('Cache-Control: no-store');
	header('X-Request-Id: ' . bin2hex(random_bytes(8)));
}

// What the address asks: the filters, in the page's order, and the size.
function asked(): array
{
	$location = (string)(int)($_GET['location'] ?? 0);
	$status = $_GET['status'] ?? '';
	$size = (int)($_GET['size'] ?? 25);

	return [
		'filters' => array_filter([
			'location' => $location === '0' ? '' : $location,
			'status' => in_array($status, STATUSES, true) ? $status : '',
		]),
		'size' => in_array($size, SIZES, true) ? $size : 25,
	];
}

const STATUSES = ['in_use', 'in_depot', 'in_transport', 'in_cleaning',
	'in_repair', 'out_of_service'];
const SIZES = [25, 50, 100];
const BADGES = ['in_use' => ['ok', 'check'], 'in_transport' => ['info', 'truck'],
	'in_cleaning' => ['warn', 'rotate-ccw'], 'in_repair' => ['warn', 'wrench'],
	'out_of_service' => ['bad', 'triangle-alert'],
	'in_depot' => ['rest', 'warehouse']];
const SORTS = ['number' => 'text', 'type' => 'text', 'category' => 'text',
	'subcategory' => 'text', 'location' => 'text', 'department' => 'text',
	'status' => 'text', 'date' => 'date', 'inspection' => 'date'];

// The address with other filters, sort or size.
function address(string $path, array $filters, int $size, string $sort = '',
	int $page = 1): string
{
	$query = $filters;

	if ($sort !== '' && $sort !== 'category')
		$query['sort'] = $sort;
	if ($size !== 25)
		$query['size'] = $size;
	if ($page > 1)
		$query['page'] = $page;
	return $path . ($query ? '?' . http_build_query($query) : '');
}

// Rows that can be ticked: so many at once, and what can be done with them.
const PICKS_MAX = 500;
const DEEDS = ['repair' => 'wrench', 'move' => 'repeat',
	'from_depot' => 'package', 'to_depot' => 'warehouse',
	'pick_up' => 'truck'];

function deed_address(string $id): string
{
	return '/aids/' . strtr($id, '_', '-');
}

// The list's own address, and more.
function address_with(array $d, string $more): string
{
	$own = address('/aids', $d['filters'], $d['size']);
	return $own . (str_contains($own, '?') ? '&' : '?') . $more;
}

function pick_page(array $d): string
{
	return address_with($d,
		'pick=' . implode('.', array_column($d['rows'], 'number')));
}

// First, last and those around the current one; 0 is a gap.
function page_numbers(int $page, int $pages): array
{
	$shown = [];

	for ($n = 1; $n <= $pages; $n++) {
		if ($pages <= 7 || $n === 1 || $n === $pages
			|| ($page <= 3 ? $n <= 4 : ($page >= $pages - 2
				? $n >= $pages - 3 : abs($n - $page) <= 1)))
			$shown[] = $n;
		elseif (end($shown) !== 0)
			$shown[] = 0;
	}
	return $shown;
}
