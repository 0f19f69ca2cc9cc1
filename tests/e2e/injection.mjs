// Opens every page of a tree of hostile words without any policy that would
// help, and reads its feeds with ical.js; prints "ok …" and "not ok …".
//   injection.mjs TREE
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../package.json', import.meta.url));
const { chromium } = require('playwright-core');
const { default: ICAL } = await import('ical.js');
const tree = process.argv[2];
const types = { '.html': 'text/html', '.css': 'text/css',
	'.js': 'text/javascript', '.svg': 'image/svg+xml' };
const server = http.createServer((request, response) => {
	let file = decodeURIComponent(new URL(request.url, 'http://x').pathname);

	if (file.endsWith('/'))
		file += 'index.html';
	try {
		const bytes = fs.readFileSync(path.join(tree, file));

		response.writeHead(200, { 'content-type':
			types[path.extname(file)] ?? 'text/plain' });
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
const files = fs.readdirSync(tree, { recursive: true });
{
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
		args: ['--no-sandbox'],
	});
	const page = await browser.newPage();
	const problems = [];
	const pages = files.filter((name) => name.endsWith('.html'));

	page.on('dialog', (dialog) => {
		problems.push(`a dialog: ${dialog.message()}`);
		dialog.dismiss();
	});
	page.on('request', (request) => request.url().startsWith(base) ||
		problems.push(`asks ${request.url()}`));
	page.on('pageerror', (error) => problems.push(`${error}`));
	for (const name of pages) {
		await page.goto(base + name);
		problems.push(...(await page.evaluate(() => [
			...(window.hit ? [`a script ran: ${window.hit}`] : []),
			...[...document.querySelectorAll('a')]
				.filter((link) => !/^(https?|webcal|tel|mailto):$/
					.test(link.protocol))
				.map((link) => `leads to ${link.href}`),
			...[...document.querySelectorAll('main img, main svg')]
				.filter((image) => !image.closest('figure'))
				.map((image) => image.outerHTML)]))
			.map((text) => `${name}: ${text}`));
		if (await page.locator('.filters').count() > 0)
			await page.fill('[name=q]', '<img src=x onerror=hit=5>');
	}
	check(`Chromium: ${pages.length} pages, and no foreign script ran`,
		problems);
	await browser.close();
}
{
	const problems = [];
	let events = 0;

	for (const name of files.filter((file) => file.endsWith('.ics'))) {
		const calendar = new ICAL.Component(ICAL.parse(
			fs.readFileSync(path.join(tree, name), 'utf8')));
		const parts = calendar.getAllSubcomponents();

		if (parts.some((part) => !/^v(event|timezone)$/.test(part.name)))
			problems.push(`${name}: a component out of a text`);
		for (const part of calendar.getAllSubcomponents('vevent')) {
			const known = JSON.parse(fs.readFileSync(path.join(tree,
				name.startsWith('en/') ? 'en/releases.json'
				    : 'releases.json'), 'utf8')).releases
				.find((it) => it.id === part
					.getFirstPropertyValue('uid'));

			events++;
			if (part.getFirstPropertyValue('summary') !== known?.title)
				problems.push(`${name}: `
				    + part.getFirstPropertyValue('summary'));
			if (!part.getFirstPropertyValue('description')
				.includes(known?.note))
				problems.push(`${name}: the note is another`);
			if (part.getAllSubcomponents().length > 0)
				problems.push(`${name}: a part out of a text`);
		}
	}
	check(`ical.js: ${events} events say the very words`,
		events > 0 ? problems : ['no event']);
}
server.close();
