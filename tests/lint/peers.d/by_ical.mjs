// A line for each file that ical.js finds fault with: it throws while it
// parses, or while the values of the events are asked for.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(`${process.cwd()}/tests/package.json`);
const ICAL = require('ical.js').default ?? require('ical.js');

ICAL.design.strict = true;
for (const path of process.argv.slice(2)) {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
    const parsed = ICAL.parse(text);
    const calendars = typeof parsed[0] === 'string' ? [parsed] : parsed;
    if (calendars.length === 0) {
      throw new Error('no calendar');
    }
    for (const calendar of calendars) {
      for (const vevent of new ICAL.Component(calendar).getAllSubcomponents('vevent')) {
        for (const property of vevent.getAllProperties()) {
          property.getValues().forEach(String);
        }
      }
    }
  } catch {
    console.log(path);
  }
}
