package io.github.dxlcdi.benchmarks.contender;

import com.opendxl.client.DxlClient;
import com.opendxl.client.DxlClientConfig;
import io.github.dxlcdi.benchmarks.measure.Tally;

/** Our client, to an {@code EventCallback}; as it comes. */
public final class DxlClientCallback implements Subscriber {
    @Override
    public void start(Endpoint endpoint, Tally tally) throws Exception {
        DxlClientConfig config =
                DxlClientConfig.createDxlConfigFromFile(endpoint.config().toString());
        config.setKeepAliveInterval(Endpoint.KEEP_ALIVE_SECONDS);
        DxlClient client = new DxlClient(config);
        client.addEventCallback(
                Endpoint.TOPIC, event -> tally.arrived(event.getMessageId().length() + event.getPayload().length));
        client.connect();
    }
}
