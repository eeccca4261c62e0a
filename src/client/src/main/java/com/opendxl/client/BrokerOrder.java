package com.opendxl.client;

import com.opendxl.client.exception.DxlException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** In which order brokers are tried, for programs that ask a configuration; the threads for it end before it returns. */
final class BrokerOrder {
    private static final int MOST_THREADS = 20;

    private BrokerOrder() {}

    static Map<String, Broker> sorted(DxlClientConfig config) throws DxlException {
        Map<String, Broker> distinct = new LinkedHashMap<>();
        config.getInUseBrokerList().forEach(broker -> distinct.putIfAbsent(broker.getUniqueId(), broker));
        if (distinct.isEmpty()) {
            throw new DxlException("No broker is configured");
        }
        List<Broker> others = DxlClientConfig.cloneBrokers(distinct.values());
        List<Broker> responders = respondersOrFailure(config, others);
        others.removeAll(responders);
        LinkedHashMap<String, Broker> byUrl = new LinkedHashMap<>();
        DxlClientConfig.addSortedBrokersToMap(responders, byUrl);
        DxlClientConfig.addUnsortedBrokersToMap(others, byUrl);
        return byUrl;
    }

    private static List<Broker> respondersOrFailure(DxlClientConfig config, Collection<Broker> brokers)
            throws DxlException {
        try {
            return config.getSortedBrokerList(brokers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DxlException("Interrupted while brokers were compared", e);
        } catch (ExecutionException e) {
            throw new DxlException("A broker could not be tried", e);
        }
    }

    static List<Broker> responders(DxlClientConfig config, Collection<Broker> brokers)
            throws InterruptedException, ExecutionException {
        if (brokers.isEmpty()) {
            return new ArrayList<>();
        }
        ExecutorService executor = Executors.createDaemonExecutor(
                Math.min(MOST_THREADS, brokers.size()), brokers.size(), "dxl-broker-order");
        try {
            List<Future<Broker>> asked = brokers.stream()
                    .map(broker -> DxlClientConfig.connectToBroker(executor, broker, config.brokerConnectTimeout()))
                    .toList();
            List<Broker> responders = new ArrayList<>();
            for (Future<Broker> answer : asked) {
                Broker broker = answer.get();
                if (broker.getResponseTime() != null) {
                    responders.add(broker);
                }
            }
            responders.sort(null);
            return responders;
        } finally {
            executor.shutdownNow();
        }
    }

    static void addResponders(Collection<Broker> brokers, Map<String, Broker> byUrl) {
        brokers.forEach(broker -> byUrl.putIfAbsent(
                broker.isResponseFromIpAddress() ? urlOf(broker, broker.getIpAddress()) : broker.toString(), broker));
    }

    static void addOthers(Collection<Broker> brokers, Map<String, Broker> byUrl) {
        for (Broker broker : brokers) {
            byUrl.putIfAbsent(broker.toString(), broker);
            if (isGiven(broker.getIpAddress())) {
                byUrl.putIfAbsent(urlOf(broker, broker.getIpAddress()), broker);
            }
        }
    }

    static Broker probe(Broker broker, int timeoutMillis) {
        if (!answers(broker, broker.getHostName(), timeoutMillis) && isGiven(broker.getIpAddress())) {
            answers(broker, broker.getIpAddress(), timeoutMillis);
        }
        return broker;
    }

    private static boolean answers(Broker broker, String host, int timeoutMillis) {
        long start = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, broker.getPort()), timeoutMillis);
            broker.answered(System.nanoTime() - start, !host.equals(broker.getHostName()));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            // It does not answer, and that is all that is asked here.
            return false;
        }
    }

    private static boolean isGiven(String host) {
        return host != null && !host.isEmpty();
    }

    private static String urlOf(Broker broker, String host) {
        Broker there = broker.copy();
        there.setHostName(host);
        return there.toString();
    }
}
