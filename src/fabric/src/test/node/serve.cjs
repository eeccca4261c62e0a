// Serves a topic with the OpenDXL client for Node.js until its input ends: node serve.cjs CONFIG_FILE TOPIC
const { Client, Config, Response, ServiceRegistrationInfo } = require("@opendxl/dxl-client");

const [configFile, topic] = process.argv.slice(2);
const client = new Client(Config.createDxlConfigFromFile(configFile));
const info = new ServiceRegistrationInfo(client, "/node/echo");
info.metadata = { language: "JavaScript" };
info.addTopic(topic, (request) => {
  const response = new Response(request);
  response.payload = `Node.js heard ${request.payload}`;
  client.sendResponse(response);
});
client.connect(() => {
  client.registerServiceAsync(info, (error) => console.log(error ? `failed ${error}` : "registered"));
});
process.stdin.resume();
process.stdin.on("end", () => {
  client.unregisterServiceAsync(info, (error) => {
    console.log(error ? `failed ${error}` : "unregistered");
    client.destroy(() => process.exit(0));
  });
});
