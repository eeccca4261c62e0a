package com.opendxl.client;

import io.github.dxlcdi.fabric.ChildJvm;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client in a JVM of its own whose callback stalls at the first of the numbered events. Answers {@code received},
 * {@code misplaced}, {@code losses}, {@code queued} and {@code heap} (megabytes that a collection leaves) with a number.
 */
final class StallingReceiver {
    private static final AtomicLong RECEIVED = new AtomicLong();
    private static final AtomicLong MISPLACED = new AtomicLong();
    private static final Outages OUTAGES = new Outages();

    private StallingReceiver() {}

    /** Arguments: folder of the configuration, keep alive in seconds, seconds to stall. */
    public static void main(String[] arguments) throws Exception {
        DxlClientConfig config = DxlClientConfig.createDxlConfigFromFile(
                Path.of(arguments[0], "dxlclient.config").toString());
        config.setKeepAliveInterval(Integer.parseInt(arguments[1]));
        long stallSeconds = Long.parseLong(arguments[2]);
        DxlClient client = new DxlClient(config);
        client.fabricConnection().listen(OUTAGES);
        client.addEventCallback("/numbered", event -> {
            int number = ByteBuffer.wrap(event.getPayload()).getInt();
            if (RECEIVED.get() == 0) {
                stall(stallSeconds);
            }
            if (number != RECEIVED.getAndIncrement()) {
                MISPLACED.incrementAndGet();
            }
        });
        client.connect();
        ChildJvm.onCommands(command -> say(
                command,
                switch (command) {
                    case "received" -> RECEIVED.get();
                    case "misplaced" -> MISPLACED.get();
                    case "losses" -> OUTAGES.losses.size();
                    case "queued" -> client.fabricConnection().state().queueDepth();
                    default -> heapMegabytes();
                }));
    }

    private static void stall(long seconds) {
        say("stalls", seconds);
        try {
            new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        say("resumes", seconds);
    }

    private static long heapMegabytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1024 / 1024;
    }

    private static void say(String word, long number) {
        System.out.println(word + " " + number);
    }
}
