<?php
// index.php - the page of bench/ in plain PHP with PDO, behind nginx. One persistent connection a
// worker; OPcache on. Parameters come by nginx: BENCH_DB, BENCH_FILLER_DASHBOARD, BENCH_FILLER_REPORT.
// SPDX-License-Identifier: EUPL-1.2
declare(strict_types=1);

const TEXT = 'Skoleeier lager hver sommer en rapport om tilstanden i skolene sine. ';

function h(string|int|float $text): string
{
    return htmlspecialchars((string) $text, ENT_QUOTES, 'UTF-8');
}

function query(string $sql, array $in): array
{
    static $db = null;
    static $prepared = [];
    $db ??= new PDO('sqlite:' . $_SERVER['BENCH_DB'], null, null, [
        PDO::ATTR_PERSISTENT => true, PDO::ATTR_DEFAULT_FETCH_MODE => PDO::FETCH_ASSOC,
    ]);
    $prepared[$sql] ??= $db->prepare($sql);
    $prepared[$sql]->execute($in);
    return $prepared[$sql]->fetchAll();
}

function chart(int $unit, int $indicator): array
{
    $points = query('SELECT v.period, v.value FROM value v WHERE v.unit = ? AND v.indicator = ?
        ORDER BY v.period', [$unit, $indicator]);
    foreach ($points as $i => &$point) {
        $point['x'] = 40 + $i * 45;
        $point['y'] = number_format(200 - ($point['value'] - 30) * 5, 1, '.', '');
    }
    $line = implode(' ', array_map(fn($p) => "{$p['x']},{$p['y']}", $points));
    return ['title' => "Indikator $indicator", 'points' => $points, 'line' => $line];
}

$dashboard = $_SERVER['REQUEST_URI'] === '/dashboard';
$user = null;
if ($dashboard) {
    $user = query('SELECT p.name, p.role, p.unit FROM session s JOIN person p ON p.id = s.person
        WHERE s.token_hash = ? AND s.expires > ?', [hash('sha256', $_COOKIE['session'] ?? ''), time()])[0] ?? null;
    if ($user === null) {
        header('Location: /logg-inn', true, 303);
        exit;
    }
}
$id = (int) ($user['unit'] ?? 1);
$title = $dashboard ? 'Hjem' : 'Tilstandsrapport';
$unit = query('SELECT name FROM unit WHERE id = ?', [$id])[0]['name'];
$rows = query("SELECT i.code, i.name, v.period, v.value, v.uncertainty, v.n
    FROM value v JOIN indicator i ON i.id = v.indicator
    WHERE v.unit = ? AND v.period = '2025/26' ORDER BY i.name LIMIT 50", [$id]);
$charts = array_map(fn($indicator) => chart($id, $indicator), $dashboard ? [1] : [1, 2, 3]);
$size = (int) $_SERVER[$dashboard ? 'BENCH_FILLER_DASHBOARD' : 'BENCH_FILLER_REPORT'];
$text = substr(str_repeat(TEXT, intdiv($size, strlen(TEXT)) + 1), 0, $size);
header('Content-Type: text/html; charset=utf-8');
?>
<!doctype html>
<html lang="nb"><head><meta charset="utf-8"><title><?= h($title) ?></title><link rel="stylesheet" href="/static/app.css"></head>
<body><header><a href="/">Oppvekst</a><?php if ($user): ?><span><?= h($user['name']) ?> (<?= h($user['role']) ?>)</span><?php endif ?></header>
<main><h1><?= h($title) ?>: <?= h($unit) ?></h1>
<?php foreach ($charts as $chart): ?><svg role="img" viewBox="0 0 640 240"><title><?= h($chart['title']) ?></title><polyline class="line" points="<?= h($chart['line']) ?>"/>
<?php foreach ($chart['points'] as $point): ?><circle cx="<?= h($point['x']) ?>" cy="<?= h($point['y']) ?>" r="3"><title><?= h($point['period']) ?>: <?= h($point['value']) ?></title></circle><text x="<?= h($point['x']) ?>" y="220"><?= h($point['period']) ?></text>
<?php endforeach ?></svg>
<?php endforeach ?><table><caption>Indikatorer</caption><thead><tr><th scope="col">Kode<th scope="col">Navn<th scope="col">Periode<th scope="col">Verdi<th scope="col">Usikkerhet<th scope="col">Antall</thead><tbody>
<?php foreach ($rows as $row): ?><tr><td><?= h($row['code']) ?><td><a href="/indikatorer/<?= h($row['code']) ?>"><?= h($row['name']) ?></a><td><?= h($row['period']) ?><td><?= h($row['value']) ?><td>±<?= h($row['uncertainty']) ?><td><?= h($row['n']) ?>

<?php endforeach ?></tbody></table>
<p><?= h($text) ?></p></main></body></html>
