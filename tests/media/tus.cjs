// The same upload by tus-js-client against two servers: ours and @tus/server, the oracle. Prints
// what each did: bytes by the time it was broken off, the offset it went on from, answers to what
// the protocol refuses.
const { createHash, randomUUID } = require("node:crypto");
const http = require("node:http");
const fs = require("node:fs");
const tus = require("tus-js-client");

const [, , base, token, file, folder] = process.argv;
const data = fs.readFileSync(file);
const PIECE = Math.ceil(data.length / 5);

function upload(options) {
  return new Promise((done, fail) => {
    let broken = false;
    const made = new tus.Upload(data, {
      chunkSize: PIECE,
      retryDelays: null,
      ...options,
      onError: (error) => (broken ? null : fail(error)),
      onSuccess: () => done({ url: made.url, whole: true }),
      onChunkComplete: (_size, so_far) => {
        if (options.stopAt && so_far >= options.stopAt) {
          broken = true;
          made.abort().then(() => done({ url: made.url, so_far }));
        }
      },
    });
    made.start();
  });
}

async function refused(url, headers) {
  const tried = async (more) => {
    const all = { ...headers, "Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream", ...more };
    return (await fetch(url, { method: "PATCH", headers: all, body: "x" })).status;
  };
  return { wrong_offset: await tried({ "Upload-Offset": "1" }) };
}

async function run(name, begin, headers) {
  const first = await upload({ ...begin, headers, stopAt: PIECE * 2 });
  const refusals = await refused(first.url, headers);
  const head = await fetch(first.url, { method: "HEAD", headers: { ...headers, "Tus-Resumable": "1.0.0" } });
  const offset = Number(head.headers.get("upload-offset"));
  const second = await upload({ uploadUrl: first.url, headers });
  return { name, so_far: first.so_far, offset, ...refusals, whole: second.whole };
}

async function oracle() {
  const { Server } = require("@tus/server");
  const { FileStore } = require("@tus/file-store");
  const server = new Server({ path: "/files", datastore: new FileStore({ directory: folder }) });
  const listening = http.createServer((request, answer) => server.handle(request, answer));
  await new Promise((ready) => listening.listen(0, "127.0.0.1", ready));
  const endpoint = `http://127.0.0.1:${listening.address().port}/files`;
  const found = await run("oracle", { endpoint }, {});
  listening.closeAllConnections();
  listening.close();
  return found;
}

async function ours() {
  const id = randomUUID();
  const headers = { Authorization: `Bearer ${token}` };
  const body = {
    exercise_id: "ht_barbell",
    content_type: "video/mp4",
    size_bytes: data.length,
    sha256: createHash("sha256").update(data).digest("hex"),
  };
  const announced = await fetch(`${base}/v1/media/${id}`, {
    method: "PUT",
    headers: { ...headers, "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (announced.status !== 201) throw new Error(`announced: ${announced.status}`);
  const found = await run("ours", { endpoint: `${base}/v1/uploads`, metadata: { media_id: id } }, headers);
  return { ...found, id };
}

ours().then(async (mine) => console.log(JSON.stringify({ ours: mine, oracle: await oracle() })));
