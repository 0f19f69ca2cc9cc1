// Holds every JSON document that a golden run prints (tests/golden/*/stdout)
// to the schema that it names: "yugao-diff/1" is described by
// config/schema/output-diff.json, "yugao-releases/1" by releases.json.
// Prints TAP.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const golden = join(root, "tests/golden");
const schemas = join(root, "config/schema");
const require = createRequire(join(root, "tests/package.json"));
const Ajv7 = require("ajv");
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

// A schema may allow members that it does not name (they may be added within
// a version); what is printed today must all be described.  A schema that
// another one widens with allOf is closed there.
function close(schema, keyword, widened = new Set()) {
	if (schema === null || typeof schema !== "object")
		return schema;
	if (Array.isArray(schema))
		return schema.map((part) => close(part, keyword, widened));
	const closed = {};
	for (const [key, value] of Object.entries(schema))
		closed[key] = close(value, keyword, widened);
	if (schema.type === "object" && schema.properties !== undefined &&
	    schema.additionalProperties === undefined && !widened.has(schema))
		closed[keyword] = false;
	return closed;
}

function widenedOf(schema) {
	const names = [...JSON.stringify(schema).matchAll(
		/"allOf":\[\{"\$ref":"#\/\$defs\/(\w+)"/g)].map((m) => m[1]);
	return new Set(names.map((name) => schema.$defs[name]));
}

const validators = new Map();
function validator(id) {
	if (!validators.has(id)) {
		const name = id.replace(/^yugao-/, "").replace(/\/\d+$/, "");
		const path = [`output-${name}.json`, `${name}.json`]
			.map((file) => join(schemas, file)).find(existsSync);
		if (path === undefined)
			return null;
		const schema = JSON.parse(readFileSync(path, "utf8"));
		const old = schema.$schema.includes("draft-07");
		const ajv = new (old ? Ajv7 : Ajv)({ strict: true,
			strictRequired: false, strictTypes: false,
			allErrors: true });
		formats(ajv);
		validators.set(id, ajv.compile(close(schema, old ?
			"additionalProperties" : "unevaluatedProperties",
			widenedOf(schema))));
	}
	return validators.get(id);
}

// Each document begins a line; so does each command's heading.
function check(name, text) {
	let document;
	try {
		document = JSON.parse(text);
	} catch (error) {
		result(false, name, `${error.message}\n${text.slice(0, 200)}`);
		return;
	}
	const validate = validator(document.schema);
	if (validate === null)
		result(false, name, `no schema describes ${document.schema}`);
	else
		result(validate(document), `${name}: ${document.schema}`,
			JSON.stringify(validate.errors, null, 1));
}

for (const name of readdirSync(golden).sort()) {
	const path = join(golden, name, "stdout");
	if (!existsSync(path))
		continue;
	for (const block of readFileSync(path, "utf8").split(/^\$ /m)) {
		const [heading, ...rest] = block.split("\n");
		const documents = rest.join("\n").split(/^(?=\{"schema":)/m)
			.filter((text) => text.startsWith("{\"schema\":"));
		for (const text of documents)
			check(`${name}: ${heading}`, text);
		if (/^yugao\b.*--json/.test(heading) && documents.length > 1 &&
		    !/\blog\b/.test(heading))
			result(false, `${name}: ${heading}`,
				"more than one document");
	}
}

// A schema that nothing is held to would go stale unseen.
for (const file of readdirSync(schemas).sort()) {
	const id = `yugao-${file.replace(/^output-|\.json$/g, "")}/1`;
	if (file.startsWith("output-") || file === "releases.json")
		result(validators.has(id), `${file} is used`, "by no golden run");
}

console.log(`1..${count}`);
process.exit(failed > 0 ? 1 : 0);
