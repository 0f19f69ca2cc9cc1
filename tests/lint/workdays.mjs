// Holds every day of calendars/cn-*.ics, as `yugao calendar YEAR --json` tells
// it, to the npm package chinese-days.  Prints TAP.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(join(root, "tests/package.json"));
const yugao = join(process.env.BUILD?.startsWith("/") ? "" : root,
	process.env.BUILD || "build", "yugao");
const { isWorkday } = require("chinese-days");

const years = Array.from({ length: 12 }, (_, i) => 2015 + i);
let count = 0;
let days = 0;
let failed = 0;
for (const year of years) {
	const run = spawnSync(yugao, ["--json", "calendar", `${year}`],
		{ cwd: root, encoding: "utf8" });
	const calendar = run.status === 0 ? JSON.parse(run.stdout) : { days: [] };
	const wrong = calendar.days.filter((day) =>
		isWorkday(day.date) !== day.working);

	days += calendar.days.length;
	const good = run.status === 0 && wrong.length === 0;
	failed += !good;
	console.log(`${good ? "ok" : "not ok"} ${++count} - ${year} agrees on ` +
		"every day");
	for (const day of wrong)
		console.log(`# ${day.date} ${day.kind}`);
	if (run.status !== 0)
		console.log(`# ${run.error || run.stderr}`);
}
const whole = days === 4383;
failed += !whole;
console.log(`${whole ? "ok" : "not ok"} ${++count} - 4383 days were compared, ` +
	`here ${days}`);
console.log(`1..${count}`);
process.exit(failed > 0 ? 1 : 0);
