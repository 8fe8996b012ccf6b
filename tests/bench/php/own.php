<?php
// The aids overview with the portal's own statements, plain echo.
declare(strict_types=1);

require __DIR__ . '/lib.php';
require __DIR__ . '/page.php';
require __DIR__ . '/usual_data.php';
require __DIR__ . '/own_data.php';

$data = own_data();
send_headers();
echo_page($data);
