package io.github.dxlcdi.client.connection;

import io.github.dxlcdi.client.config.BrokerAddress;
import java.util.List;

/**
 * One host of a broker, name or address, to be tried.
 *
 * @param broker the broker
 * @param host one of its {@link BrokerAddress#hosts()}
 */
record Endpoint(BrokerAddress broker, String host) {

    static List<Endpoint> of(List<BrokerAddress> brokers) {
        return brokers.stream()
                .flatMap(broker -> broker.hosts().stream().map(host -> new Endpoint(broker, host)))
                .distinct()
                .toList();
    }
}
