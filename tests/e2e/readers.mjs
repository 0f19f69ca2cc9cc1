// Reads a feed with ical.js and prints TAP: it agrees with releases.json on
// every UID, start and summary.
// The document fits its JSON Schema.
//   node readers.mjs releases.ics releases.json schema.json
import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import ICAL from 'ical.js';

const [feed, document, schema] = process.argv.slice(2)
  .map((path) => readFileSync(path, 'utf8'));
const calendar = new ICAL.Component(ICAL.parse(feed));
const events = new Map(calendar.getAllSubcomponents('vevent').map((vevent) => {
  const event = new ICAL.Event(vevent);
  return [event.uid, { start: event.startDate.toString(), title: event.summary }];
}));
const releases = JSON.parse(document).releases;
const wrong = releases.filter(({ id, start, title }) => {
  const event = events.get(id);
  return !event || event.start !== start || event.title !== title;
});
const alike = wrong.length === 0 && events.size === releases.length;
console.log(`${alike ? 'ok' : 'not ok'} 1 - ical.js agrees on every UID, start and summary`);
for (const { id, start, title } of wrong.slice(0, 5)) {
  console.log(`# ${id}: ${start} ${title} != ${JSON.stringify(events.get(id))}`);
}
const ajv = new Ajv.default({ allErrors: true });
formats.default(ajv);
const fits = ajv.validate(JSON.parse(schema), JSON.parse(document));
console.log(`${fits ? 'ok' : 'not ok'} 2 - releases.json fits its schema`);
if (!fits) {
  console.log(`# ${ajv.errorsText()}`);
}
console.log('1..2');
process.exit(alike && fits ? 0 : 1);
