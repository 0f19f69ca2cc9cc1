// Holds the JSON Schemas of config/schema/ and the C readers to the same
// verdict on every file of tests/data/schema/, except where its list says
// what a schema cannot see.  Prints TAP.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const data = join(root, "tests/data/schema");
const reader = join(root, process.env.BUILD || "build", "tests/test_plan");
const require = createRequire(join(root, "tests/package.json"));
const Ajv = require("ajv/dist/2020");
const formats = require("ajv-formats");

let count = 0;
let failed = 0;

function result(good, name, why) {
	count++;
	console.log(`${good ? "ok" : "not ok"} ${count} - ${name}`);
	if (good)
		return;
	failed++;
	for (const line of String(why).split("\n"))
		console.log(`# ${line}`);
}

function compile(kind) {
	const ajv = new Ajv({ strict: true, strictRequired: false,
		strictTypes: false, allErrors: true });
	formats(ajv);
	return ajv.compile(JSON.parse(
		readFileSync(join(root, `config/schema/${kind}.json`), "utf8")));
}

// A file that is no JSON in UTF-8 is refused before its schema is asked.
function schemaSays(validate, path) {
	let value;
	try {
		value = JSON.parse(readFileSync(path, "utf8"));
	} catch (error) {
		return { good: false, why: error.message };
	}
	return { good: validate(value),
		why: JSON.stringify(validate.errors, null, 1) };
}

function readerSays(kind, path) {
	const run = spawnSync(reader, ["--read", kind, path],
		{ encoding: "utf8" });
	if (run.status !== 0 && run.status !== 2)
		throw new Error(`${reader}: ${run.error || run.stdout}`);
	return { good: run.status === 0, why: run.stdout };
}

function check(validate, kind, path, name, blind) {
	const schema = schemaSays(validate, path);
	const ours = readerSays(kind, path);
	const wanted = !/\/bad-/.test(name);

	result(ours.good === wanted, `${name}: the reader's verdict`, ours.why);
	if (blind === "-")
		result(schema.good === wanted, `${name}: the schema's verdict`,
			schema.why);
	else
		result(schema.good, `${name}: a schema cannot see this (${blind})`,
			schema.why);
}

const validators = new Map();
const listed = new Set();
for (const line of readFileSync(join(data, "expected"), "utf8").split("\n")) {
	if (line === "" || line.startsWith("#"))
		continue;
	const [name, , blind] = line.split("\t");
	const kind = name.split("/")[0];
	if (!validators.has(kind))
		validators.set(kind, compile(kind));
	listed.add(name);
	check(validators.get(kind), kind, join(data, name), name, blind);
}

for (const kind of validators.keys())
	for (const file of readdirSync(join(data, kind)))
		if (!listed.has(`${kind}/${file}`))
			result(false, `${kind}/${file}`, "is not in the list");

const shipped = [["policy", "config/policy/cq-2020-91.json"]];
for (const [kind, folder] of [["plan", "config/demo/plans"],
	["acts", "config/demo/acts"], ["department", "config/demo/departments"],
	["portal", "config/demo/portals"], ["plan", "tests/data/plans"],
	["plan", "tests/data/suppose"], ["workdays", "tests/data/workdays"]]) {
	let files = [];
	try {
		files = readdirSync(join(root, folder));
	} catch {
		continue;
	}
	for (const file of files.filter((f) => f.endsWith(".json")))
		shipped.push([kind, `${folder}/${file}`]);
}
for (const [kind, name] of shipped)
	check(validators.get(kind), kind, join(root, name), name, "-");

console.log(`1..${count}`);
process.exit(failed > 0 ? 1 : 0);
