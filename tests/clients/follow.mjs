// A client in Node: follows every round that is live until none is, and prints what it gets,
// a line a packet: the stream's path, a tab, the packet as it came.
//
//     npm install ws
//     node follow.mjs http://127.0.0.1:8080 any-token

import WebSocket from "ws";

const [rest, token] = process.argv.slice(2);
const opened = new Set();
let open = 0;

function follow(path) {
  const socket = new WebSocket(rest.replace("http", "ws") + path);
  opened.add(path);
  open += 1;
  socket.on("open", () => socket.send(JSON.stringify({ authToken: token })));
  socket.on("message", (data) => {
    const packet = JSON.parse(data);
    if (packet.level) throw new Error(packet.message); // ERROR or WARN
    if (!packet.eventElementType) return; // "Authorisation accepted"
    process.stdout.write(`${path}\t${data}\n`);
    if (packet.state === "RoundOfficial") socket.close(); // nothing follows it
  });
  socket.on("close", (code) => {
    open -= 1;
    // 1005: no code, what our own socket.close() sends and the server sends back.
    if (code !== 1000 && code !== 1005) throw new Error(`${path} was closed with ${code}`);
  });
}

for (;;) {
  const headers = { Authorization: `Bearer ${token}` };
  const answer = await fetch(`${rest}/golf/tournaments/liveevents`, { headers });
  if (!answer.ok) throw new Error(await answer.text());
  const live = await answer.json();
  for (const { tournamentId, roundNo, group } of live) {
    for (const { teamNo } of group.teams) {
      const path = `/golf/tournaments/${tournamentId}/round/${roundNo}/team/${teamNo}`;
      if (!opened.has(path)) follow(path);
    }
  }
  if (live.length === 0 && open === 0) break;
  await new Promise((wake) => setTimeout(wake, 100));
}
