<?php
// The aids overview as it is usually written: eight queries, plain echo.
declare(strict_types=1);

require __DIR__ . '/lib.php';
require __DIR__ . '/page.php';

require __DIR__ . '/usual_data.php';

$data = usual_data();
send_headers();
echo_page($data);
