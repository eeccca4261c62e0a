// Prints what the OpenDXL client for Node.js reads in a configuration, and publishes one event with it:
// node read-config.cjs CONFIG_FILE [TOPIC PAYLOAD]
const { Client, Config, Event } = require("@opendxl/dxl-client");

const [configFile, topic, payload] = process.argv.slice(2);
const config = Config.createDxlConfigFromFile(configFile);
const { brokers, useWebSockets, proxy, _clientId: clientId } = config;
console.log(JSON.stringify({ brokers, useWebSockets, proxy, clientId }));
if (topic) {
  const client = new Client(config);
  client.connect(() => {
    const event = new Event(topic);
    event.payload = payload;
    client.sendEvent(event);
    client.destroy();
  });
}
