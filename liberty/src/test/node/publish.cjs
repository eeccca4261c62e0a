// Publishes one event with the OpenDXL client for Node.js: node publish.cjs CONFIG_FILE TOPIC PAYLOAD_FILE
const fs = require("node:fs");
const { Client, Config, Event } = require("@opendxl/dxl-client");

const [configFile, topic, payloadFile] = process.argv.slice(2);
const client = new Client(Config.createDxlConfigFromFile(configFile));
client.connect(() => {
  const event = new Event(topic);
  event.payload = fs.readFileSync(payloadFile, "utf8");
  client.sendEvent(event);
  client.destroy(() => console.log("published"));
});
