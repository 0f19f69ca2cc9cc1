// A receiver of webhooks that checks signatures with the library of Standard
// Webhooks, and fakes of the three group robots that check theirs as the
// makers' documents say.  Appends what came to the file that it is given.
//   hooks.mjs PORT-FILE LOG SECRET [SECRET …]
import { createHmac } from "node:crypto";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const require = createRequire(join(root, "tests/package.json"));
const { Webhook } = require("standardwebhooks");
const [portFile, log, ...secrets] = process.argv.slice(2);

// The clock is what the test says in LOG.now, as --now is.
const realNow = Date.now;
Date.now = () => existsSync(`${log}.now`)
	? Date.parse(readFileSync(`${log}.now`, "utf8").trim()) : realNow();

function verified(secret, body, headers) {
	try {
		new Webhook(secret).verify(body, headers);
		return true;
	} catch {
		return false;
	}
}

// What it is told to answer, once for each line of LOG.answers.
function scripted() {
	const path = `${log}.answers`;
	if (!existsSync(path))
		return null;
	const lines = readFileSync(path, "utf8").split("\n").filter((l) => l);
	const line = lines.shift();
	writeFileSync(path, lines.map((l) => `${l}\n`).join(""));
	return line === undefined ? null : line;
}

function hmac(key, text) {
	return createHmac("sha256", key).update(text).digest("base64");
}

const robots = {
	"/wecom": (url, body) => url.searchParams.get("key") === "wecom-key-123456" &&
		body.msgtype === "text" && Buffer.byteLength(body.text.content) <= 2048
		? { errcode: 0, errmsg: "ok" }
		: { errcode: 93000, errmsg: "invalid webhook url" },
	"/dingtalk": (url, body) => {
		const at = url.searchParams.get("timestamp");
		const good = url.searchParams.get("access_token") === "ding-token-123456" &&
			url.searchParams.get("sign") === hmac("SECdingtalk", `${at}\nSECdingtalk`) &&
			/^\d{13}$/.test(at) && body.msgtype === "text";
		return good ? { errcode: 0, errmsg: "ok" }
			: { errcode: 310000, errmsg: "sign not match" };
	},
	"/feishu/hook/feishu-token-123456": (url, body) => {
		const good = body.sign === hmac(`${body.timestamp}\nfeishu-secret`, "") &&
			body.msg_type === "text";
		return good ? { code: 0, msg: "success", data: {} }
			: { code: 19021, msg: "sign match fail or timestamp is not within one hour from current time" };
	},
};

const server = createServer((request, response) => {
	const chunks = [];
	request.on("data", (chunk) => chunks.push(chunk));
	request.on("end", () => {
		const body = Buffer.concat(chunks).toString("utf8");
		const url = new URL(request.url, "http://localhost");
		const robot = robots[url.pathname];
		const told = scripted();
		if (robot !== undefined) {
			const answer = told === null ? robot(url, JSON.parse(body)) : JSON.parse(told);
			appendFileSync(log, JSON.stringify({ path: url.pathname, body: JSON.parse(body), answer }) + "\n");
			response.writeHead(200, { "content-type": "application/json" });
			response.end(JSON.stringify(answer));
			return;
		}
		const each = secrets.map((secret) => verified(secret, body, request.headers));
		appendFileSync(log, JSON.stringify({ method: request.method,
			id: request.headers["webhook-id"],
			key: request.headers["idempotency-key"],
			signatures: request.headers["webhook-signature"].split(" ").length,
			verified: each,
			tampered: secrets.some((secret) => verified(secret,
				body.replace("release.", "releese."), request.headers)),
			body: JSON.parse(body) }) + "\n");
		if (told !== null) {
			const [status, ...rest] = told.split(" ");
			response.writeHead(Number(status), { "content-type": "application/problem+json" });
			response.end(rest.join(" "));
			return;
		}
		response.writeHead(each.some((good) => good) ? 204 : 401);
		response.end();
	});
});
server.listen(0, "127.0.0.1", () => {
	writeFileSync(`${portFile}.new`, `${server.address().port}\n`);
	writeFileSync(portFile, `${server.address().port}\n`);
});
