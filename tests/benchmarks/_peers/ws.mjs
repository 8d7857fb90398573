// Node's `ws`: the frame is built by it for each client, as its users do.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { WebSocketServer } = createRequire(`${process.env.MOCKDDE_NODE_MODULES}/`)("ws");
const [file, mode] = process.argv.slice(2);
const messages = readFileSync(file, "utf8").split("\n").filter(Boolean);
const readers = [];

const server = new WebSocketServer({ port: 0, host: "127.0.0.1", backlog: 1024, perMessageDeflate: false }, () =>
  console.log(JSON.stringify({ port: server.address().port })),
);
server.on("connection", (socket) =>
  socket.once("message", () => {
    socket.send('{"message":"Authorisation accepted"}');
    if (mode === "catchup") for (const each of messages) socket.send(each);
    else readers.push(socket);
  }),
);

async function send() {
  for (const each of messages) {
    for (const socket of readers) socket.send(each);
    await new Promise(setImmediate);
  }
}
process.stdin.on("data", () => send());
