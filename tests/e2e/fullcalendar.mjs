// FullCalendar 6 shows a tree's releases.json and releases.ics in Chromium;
// what it shows is compared with the public log; prints "ok …", "not ok …".
//   fullcalendar.mjs TREE LOG [FOLDER-FOR-SCREENSHOTS]
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../package.json', import.meta.url));
const { chromium } = require('playwright-core');
const [tree, log, shots] = process.argv.slice(2);
const modules = new URL('../node_modules/', import.meta.url).pathname;

const page = `<!doctype html><meta charset="utf-8"><title>calendar</title>
<style>body { font: 14px sans-serif } .fc-event-title { white-space: normal }
</style><div id="calendar"></div>
<script type="module">
import ICAL from '/modules/ical.js/dist/ical.min.js';
window.ICAL = ICAL;
for (const name of ['core', 'daygrid', 'icalendar'])
	await new Promise((done, fail) => {
		const script = document.createElement('script');
		script.src = '/modules/@fullcalendar/' + name
		    + '/index.global.min.js';
		script.onload = done;
		script.onerror = fail;
		document.head.append(script);
	});
const json = async () => (await (await fetch('/tree/releases.json')).json())
	.releases;
window.show = (source) => new Promise((done) => {
	const calendar = new FullCalendar.Calendar(
		document.getElementById('calendar'), {
			initialView: 'dayGridMonth', timeZone: 'local',
			height: 'auto', firstDay: 1, fixedWeekCount: false,
			showNonCurrentDates: false, displayEventEnd: false,
			eventTimeFormat: { hour: '2-digit',
				minute: '2-digit', hourCycle: 'h23' },
			events: source === 'json' ? json
			    : { url: '/tree/releases.ics', format: 'ics' },
			initialDate: '2026-03-01',
			loading: (busy) => busy || setTimeout(() =>
				done(window.calendar = calendar)),
			eventSourceFailure: (error) => { throw error; },
		});
	calendar.render();
});
window.ready = true;
</script>`;
const types = { '.js': 'text/javascript', '.json': 'application/json',
	'.ics': 'text/calendar; charset=utf-8' };
const server = http.createServer((request, response) => {
	const { pathname } = new URL(request.url, 'http://x');
	const file = pathname.startsWith('/tree/')
		? path.join(tree, pathname.slice(6))
		: path.join(modules, pathname.slice(9));

	if (pathname === '/') {
		response.writeHead(200, { 'content-type': 'text/html' });
		return response.end(page);
	}
	if (!fs.existsSync(file))
		return response.writeHead(404).end();
	response.writeHead(200, { 'content-type': types[path.extname(file)] });
	response.end(fs.readFileSync(file));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const base = `http://127.0.0.1:${server.address().port}/`;

// The newest entry of each release, as the log tells it.
const said = new Map(fs.readFileSync(log, 'utf8').trim().split('\n')
	.map((line) => JSON.parse(line)).filter((entry) => entry.when)
	.map((entry) => [entry.release, entry.when.precision === 'instant'
		? { start: entry.said.start } : entry.when]));
const dayIn = (instant, timeZone) => new Intl.DateTimeFormat('en-CA',
	{ timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
	.format(new Date(instant));
const clockIn = (instant, timeZone) => new Intl.DateTimeFormat('en-GB',
	{ timeZone, hour: '2-digit', minute: '2-digit' })
	.format(new Date(instant));
// "day clock title", of the releases that stand on one day of a month.
const expected = (month, zone, titles) => [...said].map(([release, it]) => {
	const timed = it.start.includes('T');
	const day = timed ? dayIn(it.start, zone) : it.start;
	const clock = timed ? `${clockIn(it.start, zone)} ` : '';

	return it.last && it.last !== it.start ? ''
		: `${day} ${clock}${titles.get(release)}`;
}).filter((line) => line.startsWith(month)).sort();

const check = (name, problems) => {
	console.log(`${problems.length === 0 ? 'ok' : 'not ok'} ${name}`);
	for (const problem of problems.slice(0, 12))
		console.log(`  ${problem}`);
};
const differences = (got, wanted) => [
	...wanted.filter((line) => !got.includes(line))
		.map((line) => `missing: ${line}`),
	...got.filter((line) => !wanted.includes(line))
		.map((line) => `not said: ${line}`),
	...(got.length === wanted.length ? []
		: [`${got.length} events, ${wanted.length} said`])];
// The words of a title are the catalogue's; its day and clock are the log's.
const titles = new Map(JSON.parse(fs.readFileSync(
	path.join(tree, 'releases.json'), 'utf8')).releases
	.map((release) => [release.release, release.title]));
const spans = [...said].filter(([, it]) => it.last && it.last !== it.start);

const shownOn = (tab) => tab.evaluate(() => [...new Set(
	[...document.querySelectorAll('.fc-daygrid-day[data-date]')].flatMap(
		(day) => [...day.querySelectorAll(
			'.fc-daygrid-event:not(.fc-h-event),'
			+ ' .fc-event-start.fc-event-end')]
			.map((event) => [day.dataset.date,
				event.querySelector('.fc-event-time')?.textContent,
				event.querySelector('.fc-event-title').textContent]
				.filter(Boolean).join(' '))))].sort());

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox'],
});
for (const zone of ['Asia/Shanghai', 'America/Los_Angeles'])
	for (const source of ['json', 'ics']) {
		const context = await browser.newContext({ timezoneId: zone,
			viewport: { width: 1280, height: 900 } });
		const tab = await context.newPage();
		const problems = [];

		tab.on('pageerror', (error) => problems.push(`${error}`));
		await tab.goto(base);
		await tab.waitForFunction('window.ready');
		await tab.evaluate(async (from) => { await window.show(from); },
			source);
		for (const month of ['2026-03', '2026-05', '2026-10']) {
			await tab.evaluate((day) =>
				window.calendar.gotoDate(day), `${month}-01`);
			const wanted = expected(month, zone, titles);
			let wrong;

			for (let i = 0; i < 100; i++) {
				wrong = differences(await shownOn(tab), wanted);
				if (wrong.length === 0)
					break;
				await tab.waitForTimeout(200);
			}
			problems.push(...wrong.map((text) => `${month}: ${text}`));
			if (shots && month === '2026-03')
				await tab.screenshot({ path: path.join(shots,
					`fullcalendar-${source}-`
					+ `${zone.replace('/', '-')}.png`) });
		}
		// Of an .ics FullCalendar keeps what the month needs, a moment
		// after it was turned to.
		for (const [release, it] of spans) {
			const end = new Date(Date.parse(it.last) + 864e5)
				.toISOString().slice(0, 10);

			await tab.evaluate((day) =>
				window.calendar.gotoDate(day), it.start);
			await tab.waitForFunction((line) => window.calendar
				.getEvents().some((event) => event.allDay &&
				    `${event.startStr} ${event.endStr} `
				    + event.title === line),
				`${it.start} ${end} ${titles.get(release)}`,
				{ timeout: 20000 })
				.catch(() => problems.push(
					`no span of ${release}`));
		}
		check(`FullCalendar shows releases.${source} in ${zone}`
		    + ` as it was said, ${spans.length} spans too`, problems);
		await context.close();
	}
await browser.close();
server.close();
