// What ical.js or node-ical read in feeds: a line of JSON an event.
//   read.mjs ical.js|node-ical PATH ...
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../package.json', import.meta.url));
const [reader, ...paths] = process.argv.slice(2);

function* byIcalJs(text) {
  const ICAL = require('ical.js').default ?? require('ical.js');
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const vevent of calendar.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(vevent);
    yield {
      uid: event.uid,
      start: event.startDate.toString(),
      title: event.summary,
      sequence: event.sequence,
      status: vevent.getFirstPropertyValue('status'),
      description: event.description,
      links: [...vevent.getAllProperties('link'),
        ...vevent.getAllProperties('x-yugao-link')].length,
    };
  }
}

function* byNodeIcal(text) {
  const ical = require('node-ical');
  const value = (property) => property?.val ?? property;
  for (const event of Object.values(ical.sync.parseICS(text))) {
    if (event.type !== 'VEVENT') {
      continue;
    }
    const { start } = event;
    const day = [start.getFullYear(), start.getMonth() + 1, start.getDate()]
      .map((n) => String(n).padStart(2, '0')).join('-');
    yield {
      uid: event.uid,
      start: event.datetype === 'date' ? day : start.toISOString().replace('.000Z', 'Z'),
      title: value(event.summary),
      sequence: Number(event.sequence),
      status: event.status,
      description: value(event.description),
      links: [event['X-YUGAO-LINK'] ?? event['YUGAO-LINK'] ?? event.LINK ?? event.link ?? []].flat().length,
    };
  }
}

const read = reader === 'ical.js' ? byIcalJs : byNodeIcal;
for (const path of paths) {
  for (const found of read(readFileSync(path, 'utf8'))) {
    console.log(JSON.stringify({ path, ...found }));
  }
}
