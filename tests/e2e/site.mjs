// Opens the pages of a tree in Chromium; prints "ok …" and "not ok …".
//   site.mjs TREE [FOLDER-FOR-SCREENSHOTS]
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../package.json', import.meta.url));
const { chromium } = require('playwright-core');
const { HtmlValidate, formatterFactory } = require('html-validate');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [tree, shots] = process.argv.slice(2);

const types = { '.html': 'text/html', '.css': 'text/css',
	'.js': 'text/javascript', '.svg': 'image/svg+xml' };
const server = http.createServer((request, response) => {
	let file = decodeURIComponent(new URL(request.url, 'http://x').pathname);

	if (file.endsWith('/'))
		file += 'index.html';
	try {
		const bytes = fs.readFileSync(path.join(tree, file));

		response.writeHead(200, {
			'content-type': types[path.extname(file)] ?? 'text/plain',
			'content-security-policy': "default-src 'none';"
			    + " style-src 'self'; script-src 'self';"
			    + " img-src 'self'",
		});
		response.end(bytes);
	} catch {
		response.writeHead(404).end();
	}
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const base = `http://127.0.0.1:${server.address().port}/`;

const check = (name, problems) => {
	console.log(`${problems.length === 0 ? 'ok' : 'not ok'} ${name}`);
	for (const problem of problems.slice(0, 12))
		console.log(`  ${problem}`);
};
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox'],
});

const found = fs.readdirSync(tree, { recursive: true })
	.filter((name) => name.endsWith('index.html'));
const folders = ['', 'years/', 'years/2026/', 'months/2026-03/',
	'departments/', 'departments/nbs/', 'topics/', 'topics/prices/',
	'series/', 'series/nbs/cpi/', 'releases/nbs/cpi/2026-02/',
	'releases/cq-demo/passengers/2026-01/', 'changes/', 'subscribe/']
	.filter((folder) => fs.existsSync(path.join(tree, folder)));

// Every page, as bytes.
{
	const validator = new HtmlValidate({
		extends: ['html-validate:recommended'],
		// Titles and telephone numbers are the departments' words.
		rules: { 'long-title': 'off', 'tel-non-breaking': 'off' },
	});
	const problems = [];

	for (const name of found) {
		const report = await validator.validateString(
			fs.readFileSync(path.join(tree, name), 'utf8'), name);

		if (!report.valid)
			problems.push(formatterFactory('text')(report.results)
				.split('\n')[0]);
	}
	check(`html-validate: ${found.length > 100 ? 'all' : found.length}`
	    + ' pages without errors', problems);
}
{
	const problems = [];

	for (const name of found) {
		const html = fs.readFileSync(path.join(tree, name), 'utf8');

		for (const [, to] of html.matchAll(/(?:href|src)="([^"]*)"/g)) {
			if (/^[a-z]+:|^#/.test(to))
				continue;
			let file = new URL(to, `http://x/${name}`).pathname;
			if (file.endsWith('/'))
				file += 'index.html';
			if (!fs.existsSync(path.join(tree, file)))
				problems.push(`${name}: ${to}`);
		}
		if (/ style=|<style|javascript:/i.test(html))
			problems.push(`${name}: inline style or script`);
	}
	check('every link leads to a file; no inline style or script', problems);
}

{
	const problems = [];
	const sitemap = fs.readFileSync(path.join(tree, 'sitemap.xml'), 'utf8');
	const listed = [...sitemap.matchAll(/<loc>([^<]*)</g)].map((m) => m[1]);
	const root = listed[0];

	for (const name of found) {
		const html = fs.readFileSync(path.join(tree, name), 'utf8');
		const folder = name.slice(0, -'index.html'.length);
		const zh = folder.replace(/^en\//, '');

		for (const [lang, to] of [['zh-CN', zh], ['en', `en/${zh}`]])
			if (!html.includes(`href="${root}${to}" hreflang="${lang}"`))
				problems.push(`${name}: no hreflang ${lang}`);
		if (!html.includes(`<html lang="${
			folder.startsWith('en/') ? 'en' : 'zh-CN'}"`))
			problems.push(`${name}: another language`);
		if (listed.filter((url) => url === root + folder).length !== 1)
			problems.push(`${name}: not once in the sitemap`);
	}
	check('every page names itself in both languages and is in the sitemap',
		problems);
}
{
	const entries = fs.readdirSync(path.join(tree, 'log'))
		.filter((name) => name.endsWith('.jsonl'))
		.flatMap((name) => fs.readFileSync(path.join(tree, 'log', name),
			'utf8').trim().split('\n').map((line) => JSON.parse(line)));
	const newest = new Map(entries.map((entry) => [entry.release, entry.hash]));
	const problems = found.map((name) => [name,
		/^(?:en\/)?releases\/(.*)\/index\.html$/.exec(name)?.[1]])
		.filter(([, release]) => release !== undefined)
		.filter(([name, release]) => !fs.readFileSync(
			path.join(tree, name), 'utf8').includes(newest.get(release)))
		.map(([name]) => name);

	check('every release tells its place in the public log', problems);
}

const open = async (folder, options, ready) => {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	const problems = [];

	page.on('console', (message) => message.type() === 'error' &&
		problems.push(`${folder}: ${message.text()}`));
	page.on('pageerror', (error) => problems.push(`${folder}: ${error}`));
	page.on('request', (request) => request.url().startsWith(base) ||
		problems.push(`${folder}: asks ${request.url()}`));
	if (ready)
		await ready(page);
	await page.goto(base + folder);
	return { page, context, problems };
};

// The words change with the language, the colours with the scheme, and the
// places of things with the width: each meets each other once.
for (const [lang, width, colorScheme] of [['', 360, 'light'],
	['', 1280, 'dark'], ['en/', 360, 'dark'], ['en/', 1280, 'light']]) {
	const viewport = { width, height: 800 };
	const o = await open(lang, { colorScheme, viewport });
	const { page, problems } = o;

	for (const folder of folders) {
		await page.goto(base + lang + folder);
		await page.evaluate(axe);
		const { violations } = await page.evaluate(() =>
			window.axe.run({ runOnly: ['wcag2a', 'wcag2aa',
				'wcag21a', 'wcag21aa', 'wcag22aa',
				'best-practice'] }));

		for (const v of violations)
			problems.push(`${lang}${folder}: ${v.id} `
			    + v.nodes[0].html.slice(0, 120) + ' '
			    + (v.nodes[0].any[0]?.message ?? ''));
		const wide = await page.evaluate(() =>
			document.documentElement.scrollWidth);
		if (wide > width)
			problems.push(`${folder}: ${wide} px wide`);
		if (shots)
			await page.screenshot({ path: path.join(shots,
				`${lang}${folder}${width}-${colorScheme}.png`
				    .replaceAll('/', '_')) });
	}
	check(`axe-core: ${lang || 'zh/'} ${width} px ${colorScheme}:`
	    + ' nothing, and nothing too wide', problems);
	await o.context.close();
}

{
	const problems = [];
	const o = await open('', { javaScriptEnabled: false,
		viewport: { width: 360, height: 800 } });

	if (await o.page.locator('.release').count() < 100)
		problems.push('releases are missing');
	if (await o.page.locator('.filters').isVisible())
		problems.push('filters show though they cannot work');
	await o.page.locator('.months a').nth(2).click();
	if (!o.page.url().includes('#m'))
		problems.push('the months lead nowhere');
	await o.page.locator('.release a').nth(40).press('Enter');
	if (await o.page.locator('.history li').count() < 1)
		problems.push('a release has no history');
	check('without a script everything is there', problems);
	await o.context.close();
}

const at = (time) => (page) => page.clock.setFixedTime(new Date(time));
{
	const problems = [];
	const o = await open('', { timezoneId: 'Europe/Berlin' },
	    at('2026-03-09T08:00:00+01:00'));
	const shown = () => o.page.locator('.release:visible').count();

	if (await o.page.locator('.today').count() !== 1)
		problems.push('today is not marked');
	if (!await o.page.isChecked('[name=past]'))
		problems.push('what is past stands before what comes next');
	if ((await o.page.locator('.day:visible').first()
		.getAttribute('class')) !== 'day today')
		problems.push('the first day is not today');
	await o.page.uncheck('[name=past]');
	const all = await shown();
	await o.page.fill('[name=q]', 'PMI');
	const some = await shown();
	if (some >= all)
		problems.push(`search: ${some} of ${all}`);
	await o.page.fill('[name=q]', '居民消费价格');
	if (await shown() !== 12)
		problems.push(`consumer prices: ${await shown()} of 12`);
	await o.page.check('[name=past]');
	if (await shown() !== 10)
		problems.push(`after 8 March: ${await shown()} of 10`);
	await o.page.fill('[name=q]', 'no such thing');
	if (await shown() !== 0)
		problems.push('a search for nothing finds something');
	await o.page.fill('[name=q]', '');
	await o.page.selectOption('[name=department]', 'cq-demo');
	if (await o.page.locator('.release:visible').filter(
		{ hasText: '国家统计局' }).count() > 0)
		problems.push('the department is not kept');
	await o.page.check('[name=zone]');
	if (!(await o.page.locator('.own').first().textContent())
		.includes('02:30'))
		problems.push('no time of the reader\'s own');
	problems.push(...o.problems);
	check('the script marks today, searches, filters, turns zones', problems);
	await o.context.close();
}
{
	const problems = [];
	const o = await open('releases/nbs/cpi/2026-02/', {});

	await o.page.keyboard.press('Tab');
	if (await o.page.evaluate(() =>
		document.activeElement.className) !== 'skip')
		problems.push('the first stop is not the skip link');
	await o.page.keyboard.press('Enter');
	if (await o.page.evaluate(() => document.activeElement.id) !== 'main')
		problems.push('the skip link does not lead to the content');
	// Every stop can be seen, and none is a trap.
	const stops = new Set();
	for (let i = 0; i < 60; i++) {
		await o.page.keyboard.press('Tab');
		const stop = await o.page.evaluate(() => {
			const { outlineStyle } = getComputedStyle(
				document.activeElement);

			return { outlineStyle, at: [...document.querySelectorAll(
				'body *')].indexOf(document.activeElement) };
		});

		if (stop.at === -1)
			break;
		if (stops.has(stop.at))
			problems.push('the focus comes back too early');
		if (stop.outlineStyle === 'none')
			problems.push('a focus that nobody sees');
		stops.add(stop.at);
	}
	if (stops.size < 5)
		problems.push(`${stops.size} stops`);
	const event = JSON.parse(await o.page.locator(
		'script[type="application/ld+json"]').textContent());
	if (event['@type'] !== 'Event' ||
	    event.startDate !== '2026-03-09T01:30:00Z')
		problems.push(`the event is ${JSON.stringify(event)}`);
	check('by keyboard; and the event is for machines too', problems);
	await o.context.close();
}
{
	const problems = [];
	const o = await open('subscribe/', { userAgent: 'MicroMessenger/8.0' });

	if (await o.page.locator('.hint').count() !== 1)
		problems.push('no hint inside WeChat');
	if (!(await o.page.locator('a[href^="webcal:"]').count()))
		problems.push('no webcal address');
	check('inside WeChat the way out is told', problems);
	await o.context.close();
}
{
	const problems = [];
	const o = await open('years/2026/', {});

	await o.page.emulateMedia({ media: 'print' });
	for (const part of ['.places', '.language', 'footer.site'])
		if (await o.page.locator(part).isVisible())
			problems.push(`${part} is printed`);
	if (!await o.page.locator('table.matrix').first().isVisible())
		problems.push('the table is not printed');
	const pdf = await o.page.pdf({ preferCSSPageSize: true });
	const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g).length;
	if (pages > 8)
		problems.push(`a year takes ${pages} sheets`);
	check('a year is printed on a few sheets, without what only a screen needs',
		problems);
	await o.context.close();
}
await browser.close();
server.close();
