// Sends each event of one topic back on another: node echo.cjs CONFIG_FILE TOPIC BACK_TOPIC. Ends with its input.
const { Client, Config, Event } = require("@opendxl/dxl-client");

const [configFile, topic, backTopic] = process.argv.slice(2);
const client = new Client(Config.createDxlConfigFromFile(configFile));
client.addEventCallback(topic, (event) => {
  const back = new Event(backTopic);
  back.payload = event.payload;
  client.sendEvent(back);
});
client.connect(() => console.log("connected to port " + client.currentBroker.port));
process.stdin.resume();
process.stdin.on("end", () => client.destroy(() => process.exit()));
