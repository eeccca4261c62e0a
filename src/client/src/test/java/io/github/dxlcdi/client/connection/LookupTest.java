package io.github.dxlcdi.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dxlcdi.client.transport.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookupTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String THREAD = "dxl-resolve-lookup-test";

    private final EventLoop loop = new EventLoop("lookup-test");
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Lookup lookup = new Lookup("lookup-test", this::addresses);

    @AfterEach
    void close() {
        release.countDown();
        lookup.close();
        loop.close();
        await().until(() -> threads().isEmpty());
    }

    @Test
    void names_that_hang_take_a_few_threads_and_no_more() {
        List<CompletableFuture<List<InetSocketAddress>>> all = IntStream.range(0, 100)
                .mapToObj(i -> lookup.start(loop, "hangs" + i, 1))
                .toList();

        await().during(Duration.ofMillis(100)).until(() -> asked.size() == Lookup.THREADS);
        assertThat(threads()).hasSize(Lookup.THREADS).allMatch(Thread::isDaemon);

        release.countDown();
        assertThat(all).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
    }

    @Test
    void an_address_waits_for_no_name_that_hangs() {
        IntStream.range(0, Lookup.THREADS).forEach(i -> lookup.start(loop, "hangs", 1));

        assertThat(lookup.start(loop, "127.0.0.1", 7)).succeedsWithin(SOON);
        assertThat(lookup.start(loop, "::1", 7)).succeedsWithin(SOON);
        assertThat(lookup.start(loop, "fe80::1%1", 7)).succeedsWithin(SOON);
    }

    @Test
    void an_error_while_a_name_is_looked_up_is_its_result() {
        OutOfMemoryError shortage = new OutOfMemoryError("injected");
        Lookup failing = new Lookup("lookup-test", host -> {
            throw shortage;
        });

        assertThat(failing.start(loop, "broker.example", 1))
                .failsWithin(SOON)
                .withThrowableThat()
                .withCause(shortage);
        failing.close();
    }

    @Test
    void what_nobody_wants_to_know_any_more_is_not_looked_up() {
        IntStream.range(0, Lookup.THREADS).forEach(i -> lookup.start(loop, "hangs", 1));
        lookup.start(loop, "unwanted", 1).cancel(false);
        CompletableFuture<List<InetSocketAddress>> wanted = lookup.start(loop, "wanted", 1);

        release.countDown();

        assertThat(wanted).succeedsWithin(SOON);
        assertThat(asked).doesNotContain("unwanted");
    }

    @Test
    void a_name_that_is_unknown_fails_on_the_event_loop() {
        release.countDown();
        CompletableFuture<Boolean> toldOnLoop = new CompletableFuture<>();

        lookup.start(loop, "unknown", 1)
                .whenComplete((addresses, failure) ->
                        toldOnLoop.complete(failure instanceof UnknownHostException && loop.inLoop()));

        assertThat(toldOnLoop).succeedsWithin(SOON).isEqualTo(true);
    }

    private InetAddress[] addresses(String host) throws UnknownHostException {
        asked.add(host);
        if (host.startsWith("hangs")) {
            boolean released = false;
            while (!released) {
                try {
                    release.await();
                    released = true;
                } catch (InterruptedException e) {
                    // A look-up heeds no interrupt.
                }
            }
        } else if (host.equals("unknown")) {
            throw new UnknownHostException(host);
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(THREAD))
                .toList();
    }
}
